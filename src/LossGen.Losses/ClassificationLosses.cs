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
    /// <remarks>A logarithm that is held has the gradient 0. Where there are scores, <c>BinaryCrossEntropyWithLogits</c> is more accurate.
    /// Source: PyTorch's <c>binary_cross_entropy</c>, whose floor of -100 this is.</remarks>
    [Loss(BinaryCrossEntropyFormula)]
    public static partial float BinaryCrossEntropy([Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target);

    /// <inheritdoc cref="BinaryCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(BinaryCrossEntropyFormula, Program = "BinaryCrossEntropyDoubleProgram")]
    public static partial double BinaryCrossEntropy([Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<double> target);

    private const string BinaryCrossEntropyWithLogitsFormula =
        "mean((1 - target) * logits + (1 + (posWeight - 1) * target) * softplus(-logits))";

    /// <summary>Cross-entropy of <c>sigmoid(logits)</c>: <c>mean((1 - y) z + (1 + (posWeight - 1) y) softplus(-z))</c>, finite for every
    /// finite score.</summary>
    /// <param name="logits">Scores before the sigmoid, of any shape, flat.</param>
    /// <param name="target">Targets in 0 … 1, as many as there are logits; soft labels are allowed.</param>
    /// <param name="posWeight">How many times a positive example counts; 1 counts both classes alike.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>At a weight of 1 the gradient is <c>(sigmoid(z) - y) / n</c>. Source: PyTorch's <c>binary_cross_entropy_with_logits</c>
    /// with <c>pos_weight</c>.</remarks>
    [Loss(BinaryCrossEntropyWithLogitsFormula)]
    public static partial float BinaryCrossEntropyWithLogits(
        [Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<float> target, float posWeight = 1f);

    /// <inheritdoc cref="BinaryCrossEntropyWithLogits(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(BinaryCrossEntropyWithLogitsFormula, Program = "BinaryCrossEntropyWithLogitsDoubleProgram")]
    public static partial double BinaryCrossEntropyWithLogits(
        [Differentiate] ReadOnlySpan<double> logits, ReadOnlySpan<double> target, double posWeight = 1);

    private const string SparseCategoricalCrossEntropyFormula = "-mean(log_softmax[c](logits)[c: labels])";

    /// <summary>Cross-entropy of <c>softmax(logits)</c> against one class a sample:
    /// <c>-mean(log_softmax[c](logits)[c: labels])</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws
    /// <see cref="ArgumentOutOfRangeException" />.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>Gradient <c>(softmax(z) - onehot(label)) / n</c>. Source: PyTorch's <c>cross_entropy</c>.</remarks>
    [Loss(SparseCategoricalCrossEntropyFormula)]
    public static partial float SparseCategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels);

    /// <inheritdoc cref="SparseCategoricalCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{int})" />
    [Loss(SparseCategoricalCrossEntropyFormula, Program = "SparseCategoricalCrossEntropyDoubleProgram")]
    public static partial double SparseCategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels);

    private const string WeightedSparseCategoricalCrossEntropyFormula = """
        w = labels == ignoreIndex ? 0 : classWeight[c: labels];
        sum(labels == ignoreIndex ? 0 : -w * log_softmax[c](logits)[c: labels]) / sum(w)
        """;

    /// <summary>Cross-entropy of <c>softmax(logits)</c>, averaged with a weight for each class, leaving out the samples labelled
    /// <paramref name="ignoreIndex" />:
    /// <c>sum(-w log_softmax[c](logits)[c: labels]) / sum(w)</c> with <c>w = classWeight[labels]</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1, or <paramref name="ignoreIndex" />; another value throws
    /// <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="classWeight">How much a sample of each class counts, <c>[c]</c>.</param>
    /// <param name="ignoreIndex">The label that leaves a sample out of value and gradient, whatever its scores are.</param>
    /// <returns>The loss in nats; NaN where every sample is left out.</returns>
    /// <remarks>Source: PyTorch's <c>cross_entropy</c> with <c>weight</c> and <c>ignore_index</c>.</remarks>
    [Loss(WeightedSparseCategoricalCrossEntropyFormula, Program = "WeightedSparseCategoricalCrossEntropyProgram")]
    public static partial float SparseCategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<float> classWeight, int ignoreIndex = -100);

    /// <inheritdoc cref="SparseCategoricalCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, int)" />
    [Loss(WeightedSparseCategoricalCrossEntropyFormula, Program = "WeightedSparseCategoricalCrossEntropyDoubleProgram")]
    public static partial double SparseCategoricalCrossEntropy(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<double> classWeight, int ignoreIndex = -100);

    private const string HingeFormula = "mean(max(0, 1 - target * prediction))";

    /// <summary>Margin loss of a two-class score: <c>mean(max(0, 1 - target prediction))</c>.</summary>
    /// <param name="prediction">Scores, of any shape, flat; the sign is the class.</param>
    /// <param name="target">Targets, each -1 or +1, as many as there are scores.</param>
    /// <returns>The loss; 0 where every score is on its side by at least 1.</returns>
    /// <remarks>The gradient at the kink, <c>target prediction = 1</c>, is 0. Source: Cortes and Vapnik, "Support-Vector Networks",
    /// 1995.</remarks>
    [Loss(HingeFormula)]
    public static partial float Hinge([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    /// <inheritdoc cref="Hinge(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(HingeFormula, Program = "HingeDoubleProgram")]
    public static partial double Hinge([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target);

    private const string BinaryFocalFormula = """
        ce = softplus(logits) - target * logits;
        pt = exp(-ce);
        mean((alpha * target + (1 - alpha) * (1 - target)) * (1 - pt)^gamma * ce)
        """;

    /// <summary>Cross-entropy that plays down the examples already classified well: <c>mean(a (1 - pt)^gamma ce)</c> with <c>ce</c> the
    /// cross-entropy of the logit,
    /// <c>pt = exp(-ce)</c> and <c>a = alpha target + (1 - alpha)(1 - target)</c>.</summary>
    /// <param name="logits">Scores before the sigmoid, of any shape, flat.</param>
    /// <param name="target">Targets in 0 … 1, as many as there are logits; soft labels are allowed.</param>
    /// <param name="alpha">Share of the positive class, in 0 … 1; the negative class has the rest.</param>
    /// <param name="gamma">Focusing exponent, 0 or more; 0 gives the weighted cross-entropy.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>Source: Lin et al., "Focal Loss for Dense Object Detection", 2017; torchvision's <c>sigmoid_focal_loss</c> with the
    /// mean.</remarks>
    [Loss(BinaryFocalFormula)]
    public static partial float BinaryFocal(
        [Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<float> target, float alpha = 0.25f, float gamma = 2f);

    /// <inheritdoc cref="BinaryFocal(ReadOnlySpan{float}, ReadOnlySpan{float}, float, float)" />
    [Loss(BinaryFocalFormula, Program = "BinaryFocalDoubleProgram")]
    public static partial double BinaryFocal(
        [Differentiate] ReadOnlySpan<double> logits, ReadOnlySpan<double> target, double alpha = 0.25, double gamma = 2);
}
