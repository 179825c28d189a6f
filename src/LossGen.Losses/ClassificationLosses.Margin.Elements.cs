namespace LossGen.Losses;

/// <content>Margin losses of each sample, instead of their mean.</content>
public static partial class ClassificationLosses
{
    private const string MultiMarginElementsFormula = """
        h = c == labels ? 0 : max(0, margin - logits[c: labels] + logits);
        sum[c](h) / size(c)
        """;

    /// <summary>Margin loss of several classes, of each sample: <c>sum over wrong classes of max(0, margin - z[label] + z[c]) /
    /// size(c)</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in units of the scores.</param>
    /// <param name="margin">By how much the label's score shall exceed every other one.</param>
    /// <remarks>
    /// <para>When to use: to see which samples violate the margin, or to weight them.</para>
    /// <para>Conventions: the gradient at each kink is 0.</para>
    /// <para>Source: PyTorch's <c>multi_margin_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(MultiMarginElementsFormula)]
    public static partial void MultiMarginElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels, [Axes("n")] Span<float> losses,
        float margin = 1f);

    /// <inheritdoc cref="MultiMarginElements(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, float)" />
    [Loss(MultiMarginElementsFormula, Program = "MultiMarginElementsDoubleProgram")]
    public static partial void MultiMarginElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels, [Axes("n")] Span<double> losses,
        double margin = 1);

    private const string WeightedMultiMarginElementsFormula = """
        h = c == labels ? 0 : max(0, margin - logits[c: labels] + logits);
        classWeight[c: labels] * sum[c](h) / size(c)
        """;

    /// <summary>Margin loss of several classes, of each sample, times the weight of its class.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="classWeight">How much a sample of each class counts, <c>[c]</c>.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in units of the scores.</param>
    /// <param name="margin">By how much the label's score shall exceed every other one.</param>
    /// <remarks>
    /// <para>When to use: as the form without weights, for classes of unequal frequency.</para>
    /// <para>Conventions: the gradient at each kink is 0.</para>
    /// <para>Source: PyTorch's <c>multi_margin_loss</c> with <c>weight</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(WeightedMultiMarginElementsFormula, Program = "WeightedMultiMarginElementsProgram")]
    public static partial void MultiMarginElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<float> classWeight, [Axes("n")] Span<float> losses, float margin);

    /// <inheritdoc cref="MultiMarginElements(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float}, float)" />
    [Loss(WeightedMultiMarginElementsFormula, Program = "WeightedMultiMarginElementsDoubleProgram")]
    public static partial void MultiMarginElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<double> classWeight, [Axes("n")] Span<double> losses, double margin);

    private const string SquaredMultiMarginElementsFormula = """
        h = c == labels ? 0 : max(0, margin - logits[c: labels] + logits);
        sum[c](h^2) / size(c)
        """;

    /// <summary>Squared margin loss of several classes, of each sample: <c>sum over wrong classes of max(0, margin - z[label] + z[c])^2 /
    /// size(c)</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in squared units of the scores.</param>
    /// <param name="margin">By how much the label's score shall exceed every other one.</param>
    /// <remarks>
    /// <para>When to use: as MultiMarginElements, with a gradient that fades toward the margin.</para>
    /// <para>Source: PyTorch's <c>multi_margin_loss</c> with <c>p=2</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(SquaredMultiMarginElementsFormula)]
    public static partial void SquaredMultiMarginElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels, [Axes("n")] Span<float> losses,
        float margin = 1f);

    /// <inheritdoc cref="SquaredMultiMarginElements(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, float)" />
    [Loss(SquaredMultiMarginElementsFormula, Program = "SquaredMultiMarginElementsDoubleProgram")]
    public static partial void SquaredMultiMarginElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels, [Axes("n")] Span<double> losses,
        double margin = 1);
}
