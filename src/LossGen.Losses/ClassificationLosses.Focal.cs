namespace LossGen.Losses;

/// <content>Cross-entropies that play down what is already classified well.</content>
public static partial class ClassificationLosses
{
    private const string BinaryFocalFormula = """
        ce = target * softplus(-logits) + (1 - target) * softplus(logits);
        pt = exp(-ce);
        mean((alpha * target + (1 - alpha) * (1 - target)) * (1 - pt)^gamma * ce)
        """;

    /// <summary>Cross-entropy that plays down the examples already classified well: <c>mean(a (1 - pt)^gamma ce)</c> with <c>ce</c> the
    /// cross-entropy of the logit, <c>pt = exp(-ce)</c> and <c>a = alpha target + (1 - alpha)(1 - target)</c>.</summary>
    /// <param name="logits">Scores before the sigmoid, of any shape, flat.</param>
    /// <param name="target">Targets in 0 … 1, as many as there are logits; soft labels are allowed.</param>
    /// <param name="alpha">Share of the positive class, in 0 … 1; the negative class has the rest.</param>
    /// <param name="gamma">Focusing exponent, 0 or more; 0 gives the weighted cross-entropy.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: when easy negatives outnumber everything else, as in detection.</para>
    /// <para>Conventions: where <c>ce</c> is 0, so is the gradient, for every exponent above 0.</para>
    /// <para>Source: Lin et al., "Focal Loss for Dense Object Detection", 2017; torchvision's <c>sigmoid_focal_loss</c> with the
    /// mean.</para>
    /// </remarks>
    [Loss(BinaryFocalFormula)]
    public static partial float BinaryFocal(
        [Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<float> target, float alpha = 0.25f, float gamma = 2f);

    /// <inheritdoc cref="BinaryFocal(ReadOnlySpan{float}, ReadOnlySpan{float}, float, float)" />
    [Loss(BinaryFocalFormula, Program = "BinaryFocalDoubleProgram")]
    public static partial double BinaryFocal(
        [Differentiate] ReadOnlySpan<double> logits, ReadOnlySpan<double> target, double alpha = 0.25, double gamma = 2);

    private const string FocalFormula = """
        lp = log_softmax[c](logits)[c: labels];
        mean(-alpha * (1 - exp(lp))^gamma * lp)
        """;

    /// <summary>Cross-entropy of <c>softmax(logits)</c> that plays down the samples already classified well: <c>mean(-alpha (1 - p)^gamma
    /// log(p))</c> with <c>p</c> the probability of the label.</summary>
    /// <param name="logits">Scores, <c>[n, c]</c>: a row of class scores for each sample.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="alpha">Factor of the whole loss.</param>
    /// <param name="gamma">Focusing exponent, 0 or more; 0 gives the cross-entropy.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: when easy samples of several classes drown the hard ones.</para>
    /// <para>Conventions: where <c>p</c> is 1 the gradient is 0, for every exponent above 0.</para>
    /// <para>Source: Lin et al., "Focal Loss for Dense Object Detection", 2017, with softmax.</para>
    /// </remarks>
    [Loss(FocalFormula)]
    public static partial float Focal(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n")] ReadOnlySpan<int> labels, float alpha = 1f, float gamma = 2f);

    /// <inheritdoc cref="Focal(ReadOnlySpan{float}, ReadOnlySpan{int}, float, float)" />
    [Loss(FocalFormula, Program = "FocalDoubleProgram")]
    public static partial double Focal(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n")] ReadOnlySpan<int> labels, double alpha = 1,
        double gamma = 2);
}
