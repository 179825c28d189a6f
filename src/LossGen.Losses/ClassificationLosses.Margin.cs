namespace LossGen.Losses;

/// <content>Losses that ask for a margin and are 0 beyond it.</content>
public static partial class ClassificationLosses
{
    private const string HingeFormula = "mean(max(0, 1 - target * prediction))";

    /// <summary>Margin loss of a two-class score: <c>mean(max(0, 1 - target prediction))</c>.</summary>
    /// <param name="prediction">Scores, of any shape, flat; the sign is the class.</param>
    /// <param name="target">Targets, each -1 or +1, as many as there are scores.</param>
    /// <returns>The loss; 0 where every score is on its side by at least 1.</returns>
    /// <remarks>
    /// <para>When to use: for support vector machines: only samples near or across the border count.</para>
    /// <para>Conventions: the gradient at the kink, <c>target prediction = 1</c>, is 0.</para>
    /// <para>Source: Cortes and Vapnik, "Support-Vector Networks", 1995.</para>
    /// </remarks>
    [Loss(HingeFormula)]
    public static partial float Hinge([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    /// <inheritdoc cref="Hinge(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(HingeFormula, Program = "HingeDoubleProgram")]
    public static partial double Hinge([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target);

    private const string SquaredHingeFormula = "mean(max(0, 1 - target * prediction)^2)";

    /// <summary>Squared margin loss of a two-class score: <c>mean(max(0, 1 - target prediction)^2)</c>.</summary>
    /// <param name="prediction">Scores, of any shape, flat; the sign is the class.</param>
    /// <param name="target">Targets, each -1 or +1, as many as there are scores.</param>
    /// <returns>The loss; 0 where every score is on its side by at least 1.</returns>
    /// <remarks>
    /// <para>When to use: as Hinge, with a gradient that fades toward the margin and counts violations by their size.</para>
    /// <para>Source: Tang, "Deep Learning using Linear Support Vector Machines", 2013.</para>
    /// </remarks>
    [Loss(SquaredHingeFormula)]
    public static partial float SquaredHinge([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    /// <inheritdoc cref="SquaredHinge(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(SquaredHingeFormula, Program = "SquaredHingeDoubleProgram")]
    public static partial double SquaredHinge([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target);

    private const string MultiMarginFormula = """
        h = c == labels ? 0 : max(0, margin - logits[c: labels] + logits);
        mean(sum[c](h) / size(c))
        """;

    /// <summary>Margin loss of several classes: the mean over samples of <c>sum over wrong classes of max(0, margin - z[label] + z[c]) /
    /// size(c)</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="margin">By how much the label's score shall exceed every other one.</param>
    /// <returns>The loss, in units of the scores.</returns>
    /// <remarks>
    /// <para>When to use: for multi-class support vector machines.</para>
    /// <para>Conventions: the gradient at each kink is 0.</para>
    /// <para>Source: Weston and Watkins, "Support Vector Machines for Multi-Class Pattern Recognition", 1999; PyTorch's
    /// <c>multi_margin_loss</c>.</para>
    /// </remarks>
    [Loss(MultiMarginFormula)]
    public static partial float MultiMargin(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels, float margin = 1f);

    /// <inheritdoc cref="MultiMargin(ReadOnlySpan{float}, ReadOnlySpan{int}, float)" />
    [Loss(MultiMarginFormula, Program = "MultiMarginDoubleProgram")]
    public static partial double MultiMargin(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels, double margin = 1);

    private const string WeightedMultiMarginFormula = """
        h = c == labels ? 0 : max(0, margin - logits[c: labels] + logits);
        mean(classWeight[c: labels] * sum[c](h) / size(c))
        """;

    /// <summary>Margin loss of several classes, each sample counted with the weight of its class.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="classWeight">How much a sample of each class counts, <c>[c]</c>.</param>
    /// <param name="margin">By how much the label's score shall exceed every other one.</param>
    /// <returns>The loss, in units of the scores; averaged over the samples, not over the weights.</returns>
    /// <remarks>
    /// <para>When to use: for multi-class support vector machines on classes of unequal frequency.</para>
    /// <para>Conventions: the gradient at each kink is 0.</para>
    /// <para>Source: PyTorch's <c>multi_margin_loss</c> with <c>weight</c>.</para>
    /// </remarks>
    [Loss(WeightedMultiMarginFormula, Program = "WeightedMultiMarginProgram")]
    public static partial float MultiMargin(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<float> classWeight, float margin);

    /// <inheritdoc cref="MultiMargin(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, float)" />
    [Loss(WeightedMultiMarginFormula, Program = "WeightedMultiMarginDoubleProgram")]
    public static partial double MultiMargin(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<double> classWeight, double margin);

    private const string SquaredMultiMarginFormula = """
        h = c == labels ? 0 : max(0, margin - logits[c: labels] + logits);
        mean(sum[c](h^2) / size(c))
        """;

    /// <summary>Squared margin loss of several classes: the mean over samples of <c>sum over wrong classes of max(0, margin - z[label] +
    /// z[c])^2 / size(c)</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="margin">By how much the label's score shall exceed every other one.</param>
    /// <returns>The loss, in squared units of the scores.</returns>
    /// <remarks>
    /// <para>When to use: as MultiMargin, with a gradient that fades toward the margin.</para>
    /// <para>Source: PyTorch's <c>multi_margin_loss</c> with <c>p=2</c>.</para>
    /// </remarks>
    [Loss(SquaredMultiMarginFormula)]
    public static partial float SquaredMultiMargin(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels, float margin = 1f);

    /// <inheritdoc cref="SquaredMultiMargin(ReadOnlySpan{float}, ReadOnlySpan{int}, float)" />
    [Loss(SquaredMultiMarginFormula, Program = "SquaredMultiMarginDoubleProgram")]
    public static partial double SquaredMultiMargin(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels, double margin = 1);
}
