namespace LossGen.Losses;

/// <content>Cross-entropies of each yes/no answer, instead of their mean.</content>
public static partial class ClassificationLosses
{
    private const string BinaryCrossEntropyElementsFormula =
        "-(target * max(log(probabilities), -100) + (1 - target) * max(log(1 - probabilities), -100))";

    /// <summary>Cross-entropy of each probability: <c>-(target log(p) + (1 - target) log(1 - p))</c>, each logarithm held at -100 or
    /// above.</summary>
    /// <param name="probabilities">Predicted probabilities in 0 … 1, of any shape, flat.</param>
    /// <param name="target">Targets in 0 … 1, as many as there are probabilities; soft labels are allowed.</param>
    /// <param name="losses">Receives the loss of each element, as many as there are probabilities, in nats; finite also at probabilities of
    /// exactly 0 and 1.</param>
    /// <remarks>
    /// <para>When to use: where only probabilities are at hand; from scores, <c>BinaryCrossEntropyWithLogitsElements</c> is more
    /// accurate.</para>
    /// <para>Conventions: a logarithm that is held has the gradient 0.</para>
    /// <para>Source: PyTorch's <c>binary_cross_entropy</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(BinaryCrossEntropyElementsFormula)]
    public static partial void BinaryCrossEntropyElements(
        [Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, Span<float> losses);

    /// <inheritdoc cref="BinaryCrossEntropyElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})" />
    [Loss(BinaryCrossEntropyElementsFormula, Program = "BinaryCrossEntropyElementsDoubleProgram")]
    public static partial void BinaryCrossEntropyElements(
        [Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<double> target, Span<double> losses);

    private const string BinaryCrossEntropyWithLogitsElementsFormula =
        "posWeight * target * softplus(-logits) + (1 - target) * softplus(logits)";

    /// <summary>Cross-entropy of the sigmoid of each score: <c>posWeight y softplus(-z) + (1 - y) softplus(z)</c>, finite for every finite
    /// score.</summary>
    /// <param name="logits">Scores before the sigmoid, of any shape, flat.</param>
    /// <param name="target">Targets in 0 … 1, as many as there are logits; soft labels are allowed.</param>
    /// <param name="losses">Receives the loss of each element, as many as there are logits, in nats.</param>
    /// <param name="posWeight">How many times a positive example counts; 1 counts both classes alike.</param>
    /// <remarks>
    /// <para>When to use: to weight or mask answers one by one, or to pick the hardest of them.</para>
    /// <para>Gradient: at a <c>posWeight</c> of 1, <c>sigmoid(z) - y</c>.</para>
    /// <para>Source: PyTorch's <c>binary_cross_entropy_with_logits</c> with <c>pos_weight</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(BinaryCrossEntropyWithLogitsElementsFormula)]
    public static partial void BinaryCrossEntropyWithLogitsElements(
        [Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<float> target, Span<float> losses, float posWeight = 1f);

    /// <inheritdoc cref="BinaryCrossEntropyWithLogitsElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, float)" />
    [Loss(BinaryCrossEntropyWithLogitsElementsFormula, Program = "BinaryCrossEntropyWithLogitsElementsDoubleProgram")]
    public static partial void BinaryCrossEntropyWithLogitsElements(
        [Differentiate] ReadOnlySpan<double> logits, ReadOnlySpan<double> target, Span<double> losses, double posWeight = 1);
}
