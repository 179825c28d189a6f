namespace LossGen.Losses;

/// <content>Several labels a sample: the loss of each sample.</content>
public static partial class ClassificationLosses
{
    private const string MultiLabelElementsFormula = "mean[c](target * softplus(-logits) + (1 - target) * softplus(logits))";

    /// <summary>Independent cross-entropies for each label, averaged over the labels of each sample: <c>mean[c](y softplus(-z) + (1 - y)
    /// softplus(z))</c>.</summary>
    /// <param name="logits">Scores before the sigmoid, <c>[n, c]</c>: one for each sample and label.</param>
    /// <param name="target">Whether each label is present, <c>[n, c]</c>, in 0 … 1.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in nats: the mean over its labels.</param>
    /// <param name="c">Number of labels: the length of a row.</param>
    /// <remarks>
    /// <para>When to use: when a sample may have any number of labels, and each sample's own loss is needed.</para>
    /// <para>Gradient: <c>(sigmoid(z) - y) / c</c>.</para>
    /// <para>Source: PyTorch's <c>multilabel_soft_margin_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(MultiLabelElementsFormula)]
    public static partial void MultiLabelElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, c")] ReadOnlySpan<float> target,
        [Axes("n")] Span<float> losses, int c);

    /// <inheritdoc cref="MultiLabelElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, int)" />
    [Loss(MultiLabelElementsFormula, Program = "MultiLabelElementsDoubleProgram")]
    public static partial void MultiLabelElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, c")] ReadOnlySpan<double> target,
        [Axes("n")] Span<double> losses, int c);

    private const string WeightedMultiLabelElementsFormula =
        "mean[c](classWeight * (target * softplus(-logits) + (1 - target) * softplus(logits)))";

    /// <summary>Independent cross-entropies for each label, with a weight for each, averaged over the labels of each sample.</summary>
    /// <param name="logits">Scores before the sigmoid, <c>[n, c]</c>: one for each sample and label.</param>
    /// <param name="target">Whether each label is present, <c>[n, c]</c>, in 0 … 1.</param>
    /// <param name="classWeight">How much each label counts, <c>[c]</c>.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in nats: the mean over its labels.</param>
    /// <remarks>
    /// <para>When to use: as the form without weights, for labels of unequal importance.</para>
    /// <para>Source: PyTorch's <c>multilabel_soft_margin_loss</c> with <c>weight</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(WeightedMultiLabelElementsFormula, Program = "WeightedMultiLabelElementsProgram")]
    public static partial void MultiLabelElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, c")] ReadOnlySpan<float> target,
        [Axes("c")] ReadOnlySpan<float> classWeight, [Axes("n")] Span<float> losses);

    /// <inheritdoc cref="MultiLabelElements(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})" />
    [Loss(WeightedMultiLabelElementsFormula, Program = "WeightedMultiLabelElementsDoubleProgram")]
    public static partial void MultiLabelElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, c")] ReadOnlySpan<double> target,
        [Axes("c")] ReadOnlySpan<double> classWeight, [Axes("n")] Span<double> losses);
}
