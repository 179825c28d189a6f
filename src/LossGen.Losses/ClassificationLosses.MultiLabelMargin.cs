namespace LossGen.Losses;

/// <content>Several labels a sample, given as a list, by a margin.</content>
public static partial class ClassificationLosses
{
    private const string MultiLabelMarginFormula = """
        listed = cumsum[k](labels < 0 ? 1 : 0) == 0;
        right = any[k](listed && labels == c);
        mean(sum[k, c](listed && !right ? max(0, 1 - logits[c: labels] + logits) : 0) / size(c))
        """;

    /// <summary>Margin loss of several labels a sample: the mean over samples of <c>sum over its labels j and all other classes i of max(0,
    /// 1 - z[j] + z[i]) / size(c)</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The labels of each sample, <c>[n, k]</c>, each in 0 … c - 1; a row ends at its first negative number, and what
    /// stands behind it is not read. Another value throws <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="n">Number of samples.</param>
    /// <returns>The loss, in units of the scores.</returns>
    /// <remarks>
    /// <para>When to use: when every label of a sample shall score above all other classes.</para>
    /// <para>Conventions: the gradient at each kink is 0; a label that is listed twice counts twice; a sample without labels has the loss
    /// 0.</para>
    /// <para>Source: PyTorch's <c>multilabel_margin_loss</c>, whose lists of labels are as long as a row of scores; here they may have any
    /// length.</para>
    /// </remarks>
    [Loss(MultiLabelMarginFormula)]
    public static partial float MultiLabelMargin(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, k")] ReadOnlySpan<int> labels, int n);

    /// <inheritdoc cref="MultiLabelMargin(ReadOnlySpan{float}, ReadOnlySpan{int}, int)" />
    [Loss(MultiLabelMarginFormula, Program = "MultiLabelMarginDoubleProgram")]
    public static partial double MultiLabelMargin(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, k")] ReadOnlySpan<int> labels, int n);

    private const string MultiLabelMarginElementsFormula = """
        listed = cumsum[k](labels < 0 ? 1 : 0) == 0;
        right = any[k](listed && labels == c);
        sum[k, c](listed && !right ? max(0, 1 - logits[c: labels] + logits) : 0) / size(c)
        """;

    /// <summary>Margin loss of several labels, of each sample: <c>sum over its labels j and all other classes i of max(0, 1 - z[j] + z[i])
    /// / size(c)</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The labels of each sample, <c>[n, k]</c>, each in 0 … c - 1; a row ends at its first negative number, and what
    /// stands behind it is not read. Another value throws <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in units of the scores.</param>
    /// <remarks>
    /// <para>When to use: as MultiLabelMargin, where each sample's own loss is needed.</para>
    /// <para>Conventions: as <c>MultiLabelMargin</c>.</para>
    /// <para>Source: PyTorch's <c>multilabel_margin_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(MultiLabelMarginElementsFormula)]
    public static partial void MultiLabelMarginElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, k")] ReadOnlySpan<int> labels, [Axes("n")] Span<float> losses);

    /// <inheritdoc cref="MultiLabelMarginElements(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float})" />
    [Loss(MultiLabelMarginElementsFormula, Program = "MultiLabelMarginElementsDoubleProgram")]
    public static partial void MultiLabelMarginElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, k")] ReadOnlySpan<int> labels,
        [Axes("n")] Span<double> losses);
}
