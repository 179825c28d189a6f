namespace LossGen.Losses;

/// <content>Cross-entropies of each sample against a target distribution over the classes.</content>
public static partial class ClassificationLosses
{
    private const string CategoricalCrossEntropyElementsFormula = "-sum[c](target * log_softmax[c](logits))";

    /// <summary>Cross-entropy of <c>softmax(logits)</c> against soft labels, of each sample: <c>-sum[c](target
    /// log_softmax(logits))</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="target">Target distributions, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in nats.</param>
    /// <param name="c">Number of classes: the length of a row.</param>
    /// <remarks>
    /// <para>When to use: to weight samples, or to find those that the model gets wrong.</para>
    /// <para>Gradient: <c>softmax(z) - target</c> where the targets sum to 1.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> with class probabilities and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(CategoricalCrossEntropyElementsFormula)]
    public static partial void CategoricalCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, c")] ReadOnlySpan<float> target,
        [Axes("n")] Span<float> losses, int c);

    /// <inheritdoc cref="CategoricalCrossEntropyElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, int)" />
    [Loss(CategoricalCrossEntropyElementsFormula, Program = "CategoricalCrossEntropyElementsDoubleProgram")]
    public static partial void CategoricalCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, c")] ReadOnlySpan<double> target,
        [Axes("n")] Span<double> losses, int c);

    private const string WeightedCategoricalCrossEntropyElementsFormula = "-sum[c](classWeight * target * log_softmax[c](logits))";

    /// <summary>Cross-entropy of <c>softmax(logits)</c> against soft labels, of each sample, with a weight for each class:
    /// <c>-sum[c](classWeight target log_softmax(logits))</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="target">Target distributions, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="classWeight">How much each class counts, <c>[c]</c>.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in nats.</param>
    /// <remarks>
    /// <para>When to use: as the form without weights, for classes of unequal frequency or importance.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> with class probabilities, <c>weight</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(WeightedCategoricalCrossEntropyElementsFormula, Program = "WeightedCategoricalCrossEntropyElementsProgram")]
    public static partial void CategoricalCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, c")] ReadOnlySpan<float> target,
        [Axes("c")] ReadOnlySpan<float> classWeight, [Axes("n")] Span<float> losses);

    /// <inheritdoc cref="CategoricalCrossEntropyElements(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})" />
    [Loss(WeightedCategoricalCrossEntropyElementsFormula, Program = "WeightedCategoricalCrossEntropyElementsDoubleProgram")]
    public static partial void CategoricalCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, c")] ReadOnlySpan<double> target,
        [Axes("c")] ReadOnlySpan<double> classWeight, [Axes("n")] Span<double> losses);
}
