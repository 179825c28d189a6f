namespace LossGen.Losses;

/// <content>Cross-entropies against a target distribution over the classes.</content>
public static partial class ClassificationLosses
{
    private const string CategoricalCrossEntropyFormula = "-mean[n](sum[c](target * log_softmax[c](logits)))";

    /// <summary>Cross-entropy of <c>softmax(logits)</c> against soft labels: <c>-mean[n](sum[c](target log_softmax(logits)))</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="target">Target distributions, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="c">Number of classes: the length of a row.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: for labels that are distributions: from annotators who disagree, from mixed images, from a teacher.</para>
    /// <para>Gradient: <c>(softmax(z) - target) / n</c> where the targets sum to 1.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> with class probabilities.</para>
    /// </remarks>
    [Loss(CategoricalCrossEntropyFormula)]
    public static partial float CategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, c")] ReadOnlySpan<float> target, int c);

    /// <inheritdoc cref="CategoricalCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{float}, int)" />
    [Loss(CategoricalCrossEntropyFormula, Program = "CategoricalCrossEntropyDoubleProgram")]
    public static partial double CategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, c")] ReadOnlySpan<double> target, int c);

    private const string WeightedCategoricalCrossEntropyFormula = "-mean[n](sum[c](classWeight * target * log_softmax[c](logits)))";

    /// <summary>Cross-entropy of <c>softmax(logits)</c> against soft labels, with a weight for each class: <c>-mean[n](sum[c](classWeight
    /// target log_softmax(logits)))</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="target">Target distributions, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="classWeight">How much each class counts, <c>[c]</c>.</param>
    /// <returns>The loss in nats, averaged over the samples, not over the weights.</returns>
    /// <remarks>
    /// <para>When to use: for soft labels whose classes are of unequal frequency or importance.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> with class probabilities and <c>weight</c>.</para>
    /// </remarks>
    [Loss(WeightedCategoricalCrossEntropyFormula, Program = "WeightedCategoricalCrossEntropyProgram")]
    public static partial float CategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, c")] ReadOnlySpan<float> target,
        [Axes("c")] ReadOnlySpan<float> classWeight);

    /// <inheritdoc cref="CategoricalCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(WeightedCategoricalCrossEntropyFormula, Program = "WeightedCategoricalCrossEntropyDoubleProgram")]
    public static partial double CategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, c")] ReadOnlySpan<double> target,
        [Axes("c")] ReadOnlySpan<double> classWeight);

    private const string CategoricalCrossEntropyFromProbabilitiesFormula = "-mean[n](sum[c](xlogy(target, probabilities)))";

    /// <summary>Cross-entropy of a predicted distribution against a target distribution: <c>-mean[n](sum[c](target log(p)))</c>, with <c>0
    /// log 0 = 0</c>.</summary>
    /// <param name="probabilities">Predicted distributions, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="target">Target distributions, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="c">Number of classes: the length of a row.</param>
    /// <returns>The loss in nats; infinite where a probability is 0 and its target is not.</returns>
    /// <remarks>
    /// <para>When to use: where only probabilities are at hand; from scores, <c>CategoricalCrossEntropy</c> is more accurate.</para>
    /// <para>Conventions: where the target is 0 the gradient is 0, also at a probability of 0.</para>
    /// <para>Source: Shannon, "A Mathematical Theory of Communication", 1948.</para>
    /// </remarks>
    [Loss(CategoricalCrossEntropyFromProbabilitiesFormula)]
    public static partial float CategoricalCrossEntropyFromProbabilities(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> probabilities, [Axes("n, c")] ReadOnlySpan<float> target, int c);

    /// <inheritdoc cref="CategoricalCrossEntropyFromProbabilities(ReadOnlySpan{float}, ReadOnlySpan{float}, int)" />
    [Loss(CategoricalCrossEntropyFromProbabilitiesFormula, Program = "CategoricalCrossEntropyFromProbabilitiesDoubleProgram")]
    public static partial double CategoricalCrossEntropyFromProbabilities(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> probabilities, [Axes("n, c")] ReadOnlySpan<double> target, int c);
}
