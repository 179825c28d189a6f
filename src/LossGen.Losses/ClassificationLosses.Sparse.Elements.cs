namespace LossGen.Losses;

/// <content>Cross-entropies of each sample against its class.</content>
public static partial class ClassificationLosses
{
    private const string SparseCategoricalCrossEntropyElementsFormula = "-log_softmax[c](logits)[c: labels]";

    /// <summary>Cross-entropy of <c>softmax(logits)</c> against its class, of each sample: <c>-log_softmax[c](logits)[c:
    /// labels]</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in nats.</param>
    /// <remarks>
    /// <para>When to use: to weight samples, to learn from the hardest, or to score a language model token by token.</para>
    /// <para>Gradient: <c>softmax(z) - onehot(label)</c>.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(SparseCategoricalCrossEntropyElementsFormula)]
    public static partial void SparseCategoricalCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels, [Axes("n")] Span<float> losses);

    /// <inheritdoc cref="SparseCategoricalCrossEntropyElements(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float})" />
    [Loss(SparseCategoricalCrossEntropyElementsFormula, Program = "SparseCategoricalCrossEntropyElementsDoubleProgram")]
    public static partial void SparseCategoricalCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels, [Axes("n")] Span<double> losses);

    private const string WeightedSparseCategoricalCrossEntropyElementsFormula =
        "labels == ignoreIndex ? 0 : -classWeight[c: labels] * log_softmax[c](logits)[c: labels]";

    /// <summary>Cross-entropy of <c>softmax(logits)</c> against its class, of each sample, times the weight of the class.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1, or <paramref name="ignoreIndex" />; another value throws
    /// <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="classWeight">How much a sample of each class counts, <c>[c]</c>.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in nats; 0 where it is labelled <paramref name="ignoreIndex"
    /// />.</param>
    /// <param name="ignoreIndex">The label that leaves a sample out of value and gradient, whatever its scores are.</param>
    /// <remarks>
    /// <para>When to use: for classes of unequal frequency, and for samples without a label.</para>
    /// <para>Conventions: nothing is divided by the weights; their sum is the caller's to take.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> with <c>weight</c>, <c>ignore_index</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(WeightedSparseCategoricalCrossEntropyElementsFormula, Program = "WeightedSparseCategoricalCrossEntropyElementsProgram")]
    public static partial void SparseCategoricalCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<float> classWeight, [Axes("n")] Span<float> losses, int ignoreIndex);

    /// <inheritdoc cref="SparseCategoricalCrossEntropyElements(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float},
    /// int)" />
    [Loss(WeightedSparseCategoricalCrossEntropyElementsFormula, Program = "WeightedSparseCategoricalCrossEntropyElementsDoubleProgram")]
    public static partial void SparseCategoricalCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<double> classWeight, [Axes("n")] Span<double> losses, int ignoreIndex);

    private const string LabelSmoothingCrossEntropyElementsFormula = """
        lp = log_softmax[c](logits);
        -(1 - epsilon) * lp[c: labels] - epsilon * mean[c](lp)
        """;

    /// <summary>Cross-entropy against smoothed labels, of each sample: <c>-(1 - epsilon) lp[labels] - epsilon mean[c](lp)</c> with <c>lp =
    /// log_softmax(logits)</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in nats.</param>
    /// <param name="epsilon">Share of the target that is spread evenly over all classes, in 0 … 1.</param>
    /// <remarks>
    /// <para>When to use: label smoothing with samples that are weighted or masked one by one.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> with <c>label_smoothing</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(LabelSmoothingCrossEntropyElementsFormula)]
    public static partial void LabelSmoothingCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels, [Axes("n")] Span<float> losses,
        float epsilon = 0.1f);

    /// <inheritdoc cref="LabelSmoothingCrossEntropyElements(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, float)" />
    [Loss(LabelSmoothingCrossEntropyElementsFormula, Program = "LabelSmoothingCrossEntropyElementsDoubleProgram")]
    public static partial void LabelSmoothingCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels, [Axes("n")] Span<double> losses,
        double epsilon = 0.1);

    private const string WeightedLabelSmoothingCrossEntropyElementsFormula = """
        lp = log_softmax[c](logits);
        nll = labels == ignoreIndex ? 0 : -classWeight[c: labels] * lp[c: labels];
        spread = labels == ignoreIndex ? 0 : -mean[c](classWeight * lp);
        (1 - epsilon) * nll + epsilon * spread
        """;

    /// <summary>Cross-entropy against smoothed labels, of each sample, with a weight for each class.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1, or <paramref name="ignoreIndex" />; another value throws
    /// <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="classWeight">How much a sample of each class counts, <c>[c]</c>.</param>
    /// <param name="losses">Receives the loss of each sample, <c>[n]</c>, in nats; 0 where it is labelled <paramref name="ignoreIndex"
    /// />.</param>
    /// <param name="epsilon">Share of the target that is spread evenly over all classes, in 0 … 1.</param>
    /// <param name="ignoreIndex">The label that leaves a sample out of value and gradient, whatever its scores are.</param>
    /// <remarks>
    /// <para>When to use: label smoothing for classes of unequal frequency, or with padded samples.</para>
    /// <para>Conventions: the share that is spread takes each class with its own weight; nothing is divided by the weights.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> with <c>weight</c>, <c>ignore_index</c>, <c>label_smoothing</c> and
    /// <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(WeightedLabelSmoothingCrossEntropyElementsFormula, Program = "WeightedLabelSmoothingCrossEntropyElementsProgram")]
    public static partial void LabelSmoothingCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<float> classWeight, [Axes("n")] Span<float> losses, float epsilon, int ignoreIndex = -100);

    /// <inheritdoc cref="LabelSmoothingCrossEntropyElements(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float},
    /// float, int)" />
    [Loss(WeightedLabelSmoothingCrossEntropyElementsFormula, Program = "WeightedLabelSmoothingCrossEntropyElementsDoubleProgram")]
    public static partial void LabelSmoothingCrossEntropyElements(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<double> classWeight, [Axes("n")] Span<double> losses, double epsilon, int ignoreIndex = -100);
}
