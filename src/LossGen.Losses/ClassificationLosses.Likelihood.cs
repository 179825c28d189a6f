namespace LossGen.Losses;

/// <content>Negative log-likelihoods, from log-probabilities.</content>
public static partial class ClassificationLosses
{
    private const string NegativeLogLikelihoodFormula = "-mean(logProbabilities[c: labels])";

    /// <summary>Minus the log-probability of each sample's class, in the mean: <c>-mean(logProbabilities[c: labels])</c>.</summary>
    /// <param name="logProbabilities">Logarithms of the predicted probabilities, <c>[n, c]</c>, as of a log_softmax.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: where a network ends in a log_softmax of its own; from scores, <c>SparseCategoricalCrossEntropy</c> does both at
    /// once.</para>
    /// <para>Gradient: <c>-1 / n</c> at the label.</para>
    /// <para>Source: PyTorch's <c>nll_loss</c>.</para>
    /// </remarks>
    [Loss(NegativeLogLikelihoodFormula)]
    public static partial float NegativeLogLikelihood(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logProbabilities, [Axes("n")] ReadOnlySpan<int> labels);

    /// <inheritdoc cref="NegativeLogLikelihood(ReadOnlySpan{float}, ReadOnlySpan{int})" />
    [Loss(NegativeLogLikelihoodFormula, Program = "NegativeLogLikelihoodDoubleProgram")]
    public static partial double NegativeLogLikelihood(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logProbabilities, [Axes("n")] ReadOnlySpan<int> labels);

    private const string WeightedNegativeLogLikelihoodFormula = """
        w = labels == ignoreIndex ? 0 : classWeight[c: labels];
        sum(labels == ignoreIndex ? 0 : -w * logProbabilities[c: labels]) / sum(w)
        """;

    /// <summary>Minus the log-probability of each sample's class, averaged with a weight for each class, leaving out the samples labelled
    /// <paramref name="ignoreIndex" />.</summary>
    /// <param name="logProbabilities">Logarithms of the predicted probabilities, <c>[n, c]</c>, as of a log_softmax.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1, or <paramref name="ignoreIndex" />; another value throws
    /// <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="classWeight">How much a sample of each class counts, <c>[c]</c>.</param>
    /// <param name="ignoreIndex">The label that leaves a sample out of value and gradient, whatever its scores are.</param>
    /// <returns>The loss in nats; NaN where every sample is left out.</returns>
    /// <remarks>
    /// <para>When to use: for classes of unequal frequency, and for samples without a label.</para>
    /// <para>Source: PyTorch's <c>nll_loss</c> with <c>weight</c> and <c>ignore_index</c>.</para>
    /// </remarks>
    [Loss(WeightedNegativeLogLikelihoodFormula, Program = "WeightedNegativeLogLikelihoodProgram")]
    public static partial float NegativeLogLikelihood(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logProbabilities, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<float> classWeight, int ignoreIndex = -100);

    /// <inheritdoc cref="NegativeLogLikelihood(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, int)" />
    [Loss(WeightedNegativeLogLikelihoodFormula, Program = "WeightedNegativeLogLikelihoodDoubleProgram")]
    public static partial double NegativeLogLikelihood(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logProbabilities, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<double> classWeight, int ignoreIndex = -100);

    private const string NegativeLogLikelihoodElementsFormula = "-logProbabilities[c: labels]";

    /// <summary>Minus the log-probability of each sample's class: <c>-logProbabilities[c: labels]</c>.</summary>
    /// <param name="logProbabilities">Logarithms of the predicted probabilities, <c>[n, c]</c>, as of a log_softmax.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in nats.</param>
    /// <remarks>
    /// <para>When to use: where each sample's own loss is needed.</para>
    /// <para>Source: PyTorch's <c>nll_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(NegativeLogLikelihoodElementsFormula)]
    public static partial void NegativeLogLikelihoodElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logProbabilities, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("n")] Span<float> losses);

    /// <inheritdoc cref="NegativeLogLikelihoodElements(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float})" />
    [Loss(NegativeLogLikelihoodElementsFormula, Program = "NegativeLogLikelihoodElementsDoubleProgram")]
    public static partial void NegativeLogLikelihoodElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logProbabilities, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("n")] Span<double> losses);

    private const string WeightedNegativeLogLikelihoodElementsFormula =
        "labels == ignoreIndex ? 0 : -classWeight[c: labels] * logProbabilities[c: labels]";

    /// <summary>Minus the log-probability of each sample's class, times the weight of the class.</summary>
    /// <param name="logProbabilities">Logarithms of the predicted probabilities, <c>[n, c]</c>, as of a log_softmax.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1, or <paramref name="ignoreIndex" />; another value throws
    /// <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="classWeight">How much a sample of each class counts, <c>[c]</c>.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in nats; 0 where it is labelled <paramref name="ignoreIndex"
    /// />.</param>
    /// <param name="ignoreIndex">The label that leaves a sample out of value and gradient, whatever its scores are.</param>
    /// <remarks>
    /// <para>When to use: for classes of unequal frequency, and for samples without a label.</para>
    /// <para>Conventions: nothing is divided by the weights; their sum is the caller's to take.</para>
    /// <para>Source: PyTorch's <c>nll_loss</c> with <c>weight</c>, <c>ignore_index</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(WeightedNegativeLogLikelihoodElementsFormula, Program = "WeightedNegativeLogLikelihoodElementsProgram")]
    public static partial void NegativeLogLikelihoodElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logProbabilities, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<float> classWeight, [Axes("n")] Span<float> losses, int ignoreIndex);

    /// <inheritdoc cref="NegativeLogLikelihoodElements(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float}, int)" />
    [Loss(WeightedNegativeLogLikelihoodElementsFormula, Program = "WeightedNegativeLogLikelihoodElementsDoubleProgram")]
    public static partial void NegativeLogLikelihoodElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logProbabilities, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<double> classWeight, [Axes("n")] Span<double> losses, int ignoreIndex);
}
