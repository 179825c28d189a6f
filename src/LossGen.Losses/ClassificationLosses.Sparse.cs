namespace LossGen.Losses;

/// <content>Cross-entropies against one class a sample, given by its number.</content>
public static partial class ClassificationLosses
{
    private const string SparseCategoricalCrossEntropyFormula = "-mean(log_softmax[c](logits)[c: labels])";

    /// <summary>Cross-entropy of <c>softmax(logits)</c> against one class a sample: <c>-mean(log_softmax[c](logits)[c:
    /// labels])</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: the first choice for one class out of several.</para>
    /// <para>Gradient: <c>(softmax(z) - onehot(label)) / n</c>.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c>.</para>
    /// </remarks>
    [Loss(SparseCategoricalCrossEntropyFormula)]
    public static partial float SparseCategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels);

    /// <inheritdoc cref="SparseCategoricalCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{int})" />
    [Loss(SparseCategoricalCrossEntropyFormula, Program = "SparseCategoricalCrossEntropyDoubleProgram")]
    public static partial double SparseCategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels);

    private const string IgnoringSparseCategoricalCrossEntropyFormula =
        "sum(labels == ignoreIndex ? 0 : -log_softmax[c](logits)[c: labels]) / count(labels != ignoreIndex)";

    /// <summary>Cross-entropy of <c>softmax(logits)</c>, averaged over the samples that are not labelled <paramref name="ignoreIndex"
    /// />.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1, or <paramref name="ignoreIndex" />; another value throws
    /// <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="ignoreIndex">The label that leaves a sample out of value and gradient, whatever its scores are.</param>
    /// <returns>The loss in nats; NaN where every sample is left out.</returns>
    /// <remarks>
    /// <para>When to use: for sequences padded to one length, or data of which a part has no label.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> with <c>ignore_index</c>.</para>
    /// </remarks>
    [Loss(IgnoringSparseCategoricalCrossEntropyFormula, Program = "IgnoringSparseCategoricalCrossEntropyProgram")]
    public static partial float SparseCategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels, int ignoreIndex);

    /// <inheritdoc cref="SparseCategoricalCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{int}, int)" />
    [Loss(IgnoringSparseCategoricalCrossEntropyFormula, Program = "IgnoringSparseCategoricalCrossEntropyDoubleProgram")]
    public static partial double SparseCategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels, int ignoreIndex);

    private const string WeightedSparseCategoricalCrossEntropyFormula = """
        w = labels == ignoreIndex ? 0 : classWeight[c: labels];
        sum(labels == ignoreIndex ? 0 : -w * log_softmax[c](logits)[c: labels]) / sum(w)
        """;

    /// <summary>Cross-entropy of <c>softmax(logits)</c>, averaged with a weight for each class, leaving out the samples labelled <paramref
    /// name="ignoreIndex" />: <c>sum(-w log_softmax[c](logits)[c: labels]) / sum(w)</c> with <c>w = classWeight[labels]</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1, or <paramref name="ignoreIndex" />; another value throws
    /// <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="classWeight">How much a sample of each class counts, <c>[c]</c>.</param>
    /// <param name="ignoreIndex">The label that leaves a sample out of value and gradient, whatever its scores are.</param>
    /// <returns>The loss in nats; NaN where every sample is left out.</returns>
    /// <remarks>
    /// <para>When to use: for classes of unequal frequency or importance.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> with <c>weight</c> and <c>ignore_index</c>.</para>
    /// </remarks>
    [Loss(WeightedSparseCategoricalCrossEntropyFormula, Program = "WeightedSparseCategoricalCrossEntropyProgram")]
    public static partial float SparseCategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<float> classWeight, int ignoreIndex = -100);

    /// <inheritdoc cref="SparseCategoricalCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, int)" />
    [Loss(WeightedSparseCategoricalCrossEntropyFormula, Program = "WeightedSparseCategoricalCrossEntropyDoubleProgram")]
    public static partial double SparseCategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<double> classWeight, int ignoreIndex = -100);

    private const string LabelSmoothingCrossEntropyFormula = """
        lp = log_softmax[c](logits);
        mean(-(1 - epsilon) * lp[c: labels] - epsilon * mean[c](lp))
        """;

    /// <summary>Cross-entropy against labels of which a share is given to all classes alike: <c>mean(-(1 - epsilon) lp[labels] - epsilon
    /// mean[c](lp))</c> with <c>lp = log_softmax(logits)</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="epsilon">Share of the target that is spread evenly over all classes, in 0 … 1.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: to keep a classifier from growing overconfident.</para>
    /// <para>Source: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2016; PyTorch's <c>cross_entropy</c> with
    /// <c>label_smoothing</c>.</para>
    /// </remarks>
    [Loss(LabelSmoothingCrossEntropyFormula)]
    public static partial float LabelSmoothingCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels, float epsilon = 0.1f);

    /// <inheritdoc cref="LabelSmoothingCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{int}, float)" />
    [Loss(LabelSmoothingCrossEntropyFormula, Program = "LabelSmoothingCrossEntropyDoubleProgram")]
    public static partial double LabelSmoothingCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels, double epsilon = 0.1);

    private const string WeightedLabelSmoothingCrossEntropyFormula = """
        lp = log_softmax[c](logits);
        w = labels == ignoreIndex ? 0 : classWeight[c: labels];
        nll = labels == ignoreIndex ? 0 : -w * lp[c: labels];
        spread = labels == ignoreIndex ? 0 : -mean[c](classWeight * lp);
        sum((1 - epsilon) * nll + epsilon * spread) / sum(w)
        """;

    /// <summary>Cross-entropy against smoothed labels with a weight for each class, leaving out the samples labelled <paramref
    /// name="ignoreIndex" />; divided by the sum of the labels' weights.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1, or <paramref name="ignoreIndex" />; another value throws
    /// <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="classWeight">How much a sample of each class counts, <c>[c]</c>.</param>
    /// <param name="epsilon">Share of the target that is spread evenly over all classes, in 0 … 1.</param>
    /// <param name="ignoreIndex">The label that leaves a sample out of value and gradient, whatever its scores are.</param>
    /// <returns>The loss in nats; NaN where every sample is left out.</returns>
    /// <remarks>
    /// <para>When to use: label smoothing for classes of unequal frequency, or with padded samples.</para>
    /// <para>Conventions: the share that is spread takes each class with its own weight.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> with <c>weight</c>, <c>ignore_index</c> and <c>label_smoothing</c>.</para>
    /// </remarks>
    [Loss(WeightedLabelSmoothingCrossEntropyFormula, Program = "WeightedLabelSmoothingCrossEntropyProgram")]
    public static partial float LabelSmoothingCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<float> classWeight, float epsilon, int ignoreIndex = -100);

    /// <inheritdoc cref="LabelSmoothingCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, float, int)" />
    [Loss(WeightedLabelSmoothingCrossEntropyFormula, Program = "WeightedLabelSmoothingCrossEntropyDoubleProgram")]
    public static partial double LabelSmoothingCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<double> classWeight, double epsilon, int ignoreIndex = -100);
}
