namespace LossGen.Losses;

/// <content>Several labels a sample, each present or not.</content>
public static partial class ClassificationLosses
{
    private const string MultiLabelFormula = "mean(target * softplus(-logits) + (1 - target) * softplus(logits))";

    /// <summary>Independent cross-entropies for each label: <c>mean(y softplus(-z) + (1 - y) softplus(z))</c> over samples and
    /// labels.</summary>
    /// <param name="logits">Scores before the sigmoid, <c>[n, c]</c>: one for each sample and label.</param>
    /// <param name="target">Whether each label is present, <c>[n, c]</c>, in 0 … 1.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: when a sample may have any number of labels.</para>
    /// <para>Gradient: <c>(sigmoid(z) - y) / (n c)</c>.</para>
    /// <para>Source: PyTorch's <c>multilabel_soft_margin_loss</c>.</para>
    /// </remarks>
    [Loss(MultiLabelFormula)]
    public static partial float MultiLabel(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, c")] ReadOnlySpan<float> target);

    /// <inheritdoc cref="MultiLabel(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(MultiLabelFormula, Program = "MultiLabelDoubleProgram")]
    public static partial double MultiLabel(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, c")] ReadOnlySpan<double> target);

    private const string WeightedMultiLabelFormula = "mean(classWeight * (target * softplus(-logits) + (1 - target) * softplus(logits)))";

    /// <summary>Independent cross-entropies for each label, with a weight for each: <c>mean(classWeight (y softplus(-z) + (1 - y)
    /// softplus(z)))</c>.</summary>
    /// <param name="logits">Scores before the sigmoid, <c>[n, c]</c>: one for each sample and label.</param>
    /// <param name="target">Whether each label is present, <c>[n, c]</c>, in 0 … 1.</param>
    /// <param name="classWeight">How much each label counts, <c>[c]</c>.</param>
    /// <returns>The loss in nats, averaged over samples and labels, not over the weights.</returns>
    /// <remarks>
    /// <para>When to use: for labels of unequal importance.</para>
    /// <para>Source: PyTorch's <c>multilabel_soft_margin_loss</c> with <c>weight</c>.</para>
    /// </remarks>
    [Loss(WeightedMultiLabelFormula, Program = "WeightedMultiLabelProgram")]
    public static partial float MultiLabel(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, c")] ReadOnlySpan<float> target,
        [Axes("c")] ReadOnlySpan<float> classWeight);

    /// <inheritdoc cref="MultiLabel(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(WeightedMultiLabelFormula, Program = "WeightedMultiLabelDoubleProgram")]
    public static partial double MultiLabel(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, c")] ReadOnlySpan<double> target,
        [Axes("c")] ReadOnlySpan<double> classWeight);

    private const string PosWeightedMultiLabelFormula =
        "mean(classWeight * (posWeight * target * softplus(-logits) + (1 - target) * softplus(logits)))";

    /// <summary>Independent cross-entropies for each label, with one weight for each label and one for its presence: <c>mean(classWeight
    /// (posWeight y softplus(-z) + (1 - y) softplus(z)))</c>.</summary>
    /// <param name="logits">Scores before the sigmoid, <c>[n, c]</c>: one for each sample and label.</param>
    /// <param name="target">Whether each label is present, <c>[n, c]</c>, in 0 … 1.</param>
    /// <param name="classWeight">How much each label counts, <c>[c]</c>.</param>
    /// <param name="posWeight">How many times the presence of each label counts, <c>[c]</c>; the number of samples without it over the
    /// number with it balances the two.</param>
    /// <returns>The loss in nats, averaged over samples and labels, not over the weights.</returns>
    /// <remarks>
    /// <para>When to use: for labels that are rare.</para>
    /// <para>Source: PyTorch's <c>binary_cross_entropy_with_logits</c> with <c>weight</c> and <c>pos_weight</c> along the labels.</para>
    /// </remarks>
    [Loss(PosWeightedMultiLabelFormula, Program = "PosWeightedMultiLabelProgram")]
    public static partial float MultiLabel(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, c")] ReadOnlySpan<float> target,
        [Axes("c")] ReadOnlySpan<float> classWeight, [Axes("c")] ReadOnlySpan<float> posWeight);

    /// <inheritdoc cref="MultiLabel(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(PosWeightedMultiLabelFormula, Program = "PosWeightedMultiLabelDoubleProgram")]
    public static partial double MultiLabel(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, c")] ReadOnlySpan<double> target,
        [Axes("c")] ReadOnlySpan<double> classWeight, [Axes("c")] ReadOnlySpan<double> posWeight);
}
