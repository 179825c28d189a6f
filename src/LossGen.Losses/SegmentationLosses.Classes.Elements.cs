namespace LossGen.Losses;

/// <content>Cross-entropies of each pixel, from scores of the layout <c>[n, c, h, w]</c>.</content>
public static partial class SegmentationLosses
{
    private const string PixelCrossEntropyElementsFormula = "-log_softmax[c](logits)[c: labels]";

    /// <summary>Cross-entropy of <c>softmax(logits)</c> along the classes, of each pixel: <c>-log_softmax[c](logits)[c:
    /// labels]</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c, h, w]</c>: images of class scores.</param>
    /// <param name="labels">The class of each pixel, <c>[n, h, w]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="losses">Receives the loss of each pixel, <c>[n, h, w]</c>, in nats.</param>
    /// <param name="n">Number of images.</param>
    /// <remarks>
    /// <para>When to use: to weight pixels by a map, or to learn from the hardest of them.</para>
    /// <para>Gradient: <c>softmax(z) - onehot(label)</c>.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> on images with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(PixelCrossEntropyElementsFormula)]
    public static partial void PixelCrossEntropyElements(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels,
        [Axes("n, h, w")] Span<float> losses, int n);

    /// <inheritdoc cref="PixelCrossEntropyElements(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, int)" />
    [Loss(PixelCrossEntropyElementsFormula, Program = "PixelCrossEntropyElementsDoubleProgram")]
    public static partial void PixelCrossEntropyElements(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels,
        [Axes("n, h, w")] Span<double> losses, int n);

    private const string WeightedPixelCrossEntropyElementsFormula =
        "labels == ignoreIndex ? 0 : -classWeight[c: labels] * log_softmax[c](logits)[c: labels]";

    /// <summary>Cross-entropy of <c>softmax(logits)</c> along the classes, of each pixel, times the weight of its class.</summary>
    /// <param name="logits">Scores, <c>[n, c, h, w]</c>: images of class scores.</param>
    /// <param name="labels">The class of each pixel, <c>[n, h, w]</c>, in 0 … c - 1, or <paramref name="ignoreIndex" />; another value
    /// throws <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="classWeight">How much a pixel of each class counts, <c>[c]</c>.</param>
    /// <param name="losses">Receives the loss of each pixel, <c>[n, h, w]</c>, in nats; 0 where it is labelled <paramref name="ignoreIndex"
    /// />.</param>
    /// <param name="n">Number of images.</param>
    /// <param name="ignoreIndex">The label that leaves a pixel out of value and gradient, whatever its scores are.</param>
    /// <remarks>
    /// <para>When to use: for rare classes, and for pixels without a label, such as borders.</para>
    /// <para>Conventions: nothing is divided by the weights; their sum is the caller's to take.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> on images with <c>weight</c>, <c>ignore_index</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(WeightedPixelCrossEntropyElementsFormula, Program = "WeightedPixelCrossEntropyElementsProgram")]
    public static partial void PixelCrossEntropyElements(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<float> classWeight, [Axes("n, h, w")] Span<float> losses, int n, int ignoreIndex = -100);

    /// <inheritdoc cref="PixelCrossEntropyElements(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float}, int, int)" />
    [Loss(WeightedPixelCrossEntropyElementsFormula, Program = "WeightedPixelCrossEntropyElementsDoubleProgram")]
    public static partial void PixelCrossEntropyElements(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<double> classWeight, [Axes("n, h, w")] Span<double> losses, int n, int ignoreIndex = -100);
}
