namespace LossGen.Losses;

/// <summary>Losses of class scores or probabilities against labels.</summary>
public static partial class ClassificationLosses
{
    private const string BinaryCrossEntropyFormula =
        "mean(-(target * max(log(probabilities), -100) + (1 - target) * max(log(1 - probabilities), -100)))";

    /// <summary>Cross-entropy of probabilities: <c>-mean(target log(p) + (1 - target) log(1 - p))</c>, each logarithm held at -100 or
    /// above.</summary>
    /// <param name="probabilities">Predicted probabilities in 0 … 1, of any shape, flat.</param>
    /// <param name="target">Targets in 0 … 1, as many as there are probabilities; soft labels are allowed.</param>
    /// <returns>The loss in nats; finite also at probabilities of exactly 0 and 1.</returns>
    /// <remarks>
    /// <para>When to use: where only probabilities are at hand; from scores, <c>BinaryCrossEntropyWithLogits</c> is more accurate.</para>
    /// <para>Conventions: a logarithm that is held has the gradient 0.</para>
    /// <para>Source: PyTorch's <c>binary_cross_entropy</c>, whose floor of -100 this is.</para>
    /// </remarks>
    [Loss(BinaryCrossEntropyFormula)]
    public static partial float BinaryCrossEntropy([Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target);

    /// <inheritdoc cref="BinaryCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(BinaryCrossEntropyFormula, Program = "BinaryCrossEntropyDoubleProgram")]
    public static partial double BinaryCrossEntropy([Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<double> target);

    private const string WeightedBinaryCrossEntropyFormula =
        "mean(-weight * (target * max(log(probabilities), -100) + (1 - target) * max(log(1 - probabilities), -100)))";

    /// <summary>Cross-entropy of probabilities with a weight for each: <c>-mean(weight (target log(p) + (1 - target) log(1 - p)))</c>, each
    /// logarithm held at -100 or above.</summary>
    /// <param name="probabilities">Predicted probabilities in 0 … 1, of any shape, flat.</param>
    /// <param name="target">Targets in 0 … 1, as many as there are probabilities; soft labels are allowed.</param>
    /// <param name="weight">How much each element counts, as many as there are probabilities.</param>
    /// <returns>The loss in nats, divided by the number of elements, not by the sum of the weights.</returns>
    /// <remarks>
    /// <para>When to use: to count examples differently, or to leave some out with a weight of 0.</para>
    /// <para>Conventions: a logarithm that is held has the gradient 0.</para>
    /// <para>Source: PyTorch's <c>binary_cross_entropy</c> with <c>weight</c>.</para>
    /// </remarks>
    [Loss(WeightedBinaryCrossEntropyFormula, Program = "WeightedBinaryCrossEntropyProgram")]
    public static partial float BinaryCrossEntropy(
        [Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, ReadOnlySpan<float> weight);

    /// <inheritdoc cref="BinaryCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(WeightedBinaryCrossEntropyFormula, Program = "WeightedBinaryCrossEntropyDoubleProgram")]
    public static partial double BinaryCrossEntropy(
        [Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<double> target, ReadOnlySpan<double> weight);

    private const string BinaryCrossEntropyWithLogitsFormula =
        "mean(posWeight * target * softplus(-logits) + (1 - target) * softplus(logits))";

    /// <summary>Cross-entropy of <c>sigmoid(logits)</c>: <c>mean(posWeight y softplus(-z) + (1 - y) softplus(z))</c>, finite for every
    /// finite score.</summary>
    /// <param name="logits">Scores before the sigmoid, of any shape, flat.</param>
    /// <param name="target">Targets in 0 … 1, as many as there are logits; soft labels are allowed.</param>
    /// <param name="posWeight">How many times a positive example counts; 1 counts both classes alike.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: two classes, or independent yes/no answers, from scores.</para>
    /// <para>Conventions: a score far on the right side keeps its digits: the loss of one at 40 is <c>exp(-40)</c>, not 0.</para>
    /// <para>Gradient: at a <c>posWeight</c> of 1, <c>(sigmoid(z) - y) / n</c>.</para>
    /// <para>Source: PyTorch's <c>binary_cross_entropy_with_logits</c> with <c>pos_weight</c>.</para>
    /// </remarks>
    [Loss(BinaryCrossEntropyWithLogitsFormula)]
    public static partial float BinaryCrossEntropyWithLogits(
        [Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<float> target, float posWeight = 1f);

    /// <inheritdoc cref="BinaryCrossEntropyWithLogits(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(BinaryCrossEntropyWithLogitsFormula, Program = "BinaryCrossEntropyWithLogitsDoubleProgram")]
    public static partial double BinaryCrossEntropyWithLogits(
        [Differentiate] ReadOnlySpan<double> logits, ReadOnlySpan<double> target, double posWeight = 1);

    private const string WeightedBinaryCrossEntropyWithLogitsFormula =
        "mean(weight * (posWeight * target * softplus(-logits) + (1 - target) * softplus(logits)))";

    /// <summary>Cross-entropy of <c>sigmoid(logits)</c> with a weight for each: <c>mean(weight (posWeight y softplus(-z) + (1 - y)
    /// softplus(z)))</c>.</summary>
    /// <param name="logits">Scores before the sigmoid, of any shape, flat.</param>
    /// <param name="target">Targets in 0 … 1, as many as there are logits; soft labels are allowed.</param>
    /// <param name="weight">How much each element counts, as many as there are logits.</param>
    /// <param name="posWeight">How many times a positive example counts; 1 counts both classes alike.</param>
    /// <returns>The loss in nats, divided by the number of elements, not by the sum of the weights.</returns>
    /// <remarks>
    /// <para>When to use: to count examples differently, or to leave some out with a weight of 0.</para>
    /// <para>Source: PyTorch's <c>binary_cross_entropy_with_logits</c> with <c>weight</c> and <c>pos_weight</c>.</para>
    /// </remarks>
    [Loss(WeightedBinaryCrossEntropyWithLogitsFormula, Program = "WeightedBinaryCrossEntropyWithLogitsProgram")]
    public static partial float BinaryCrossEntropyWithLogits(
        [Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<float> target, ReadOnlySpan<float> weight, float posWeight);

    /// <inheritdoc cref="BinaryCrossEntropyWithLogits(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(WeightedBinaryCrossEntropyWithLogitsFormula, Program = "WeightedBinaryCrossEntropyWithLogitsDoubleProgram")]
    public static partial double BinaryCrossEntropyWithLogits(
        [Differentiate] ReadOnlySpan<double> logits, ReadOnlySpan<double> target, ReadOnlySpan<double> weight, double posWeight);
}
