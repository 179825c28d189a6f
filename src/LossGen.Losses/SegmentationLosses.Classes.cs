namespace LossGen.Losses;

/// <content>Several classes of pixels, from scores of the layout <c>[n, c, h, w]</c>.</content>
public static partial class SegmentationLosses
{
    private const string PixelCrossEntropyFormula = "-mean(log_softmax[c](logits)[c: labels])";

    /// <summary>Cross-entropy of <c>softmax(logits)</c> along the classes, averaged over all pixels: <c>-mean(log_softmax[c](logits)[c:
    /// labels])</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c, h, w]</c>: images of class scores.</param>
    /// <param name="labels">The class of each pixel, <c>[n, h, w]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="n">Number of images.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: the first choice for several classes of pixels.</para>
    /// <para>Gradient: <c>(softmax(z) - onehot(label)) / (n h w)</c>.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> on images.</para>
    /// </remarks>
    [Loss(PixelCrossEntropyFormula)]
    public static partial float PixelCrossEntropy(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels, int n);

    /// <inheritdoc cref="PixelCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{int}, int)" />
    [Loss(PixelCrossEntropyFormula, Program = "PixelCrossEntropyDoubleProgram")]
    public static partial double PixelCrossEntropy(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels, int n);

    private const string WeightedPixelCrossEntropyFormula = """
        weight = labels == ignoreIndex ? 0 : classWeight[c: labels];
        sum(labels == ignoreIndex ? 0 : -weight * log_softmax[c](logits)[c: labels]) / sum(weight)
        """;

    /// <summary>Cross-entropy of <c>softmax(logits)</c> along the classes, averaged with a weight for each class, leaving out the pixels
    /// labelled <paramref name="ignoreIndex" />.</summary>
    /// <param name="logits">Scores, <c>[n, c, h, w]</c>: images of class scores.</param>
    /// <param name="labels">The class of each pixel, <c>[n, h, w]</c>, in 0 … c - 1, or <paramref name="ignoreIndex" />; another value
    /// throws <see cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="classWeight">How much a pixel of each class counts, <c>[c]</c>.</param>
    /// <param name="n">Number of images.</param>
    /// <param name="ignoreIndex">The label that leaves a pixel out of value and gradient, whatever its scores are.</param>
    /// <returns>The loss in nats; NaN where every pixel is left out.</returns>
    /// <remarks>
    /// <para>When to use: for rare classes, and for pixels without a label, such as borders.</para>
    /// <para>Source: PyTorch's <c>cross_entropy</c> on images with <c>weight</c> and <c>ignore_index</c>.</para>
    /// </remarks>
    [Loss(WeightedPixelCrossEntropyFormula, Program = "WeightedPixelCrossEntropyProgram")]
    public static partial float PixelCrossEntropy(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<float> classWeight, int n, int ignoreIndex = -100);

    /// <inheritdoc cref="PixelCrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, int, int)" />
    [Loss(WeightedPixelCrossEntropyFormula, Program = "WeightedPixelCrossEntropyDoubleProgram")]
    public static partial double PixelCrossEntropy(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels,
        [Axes("c")] ReadOnlySpan<double> classWeight, int n, int ignoreIndex = -100);

    private const string DiceCeFormula = """
        p = softmax[c](logits);
        y = c == labels ? 1 : 0;
        dice = mean(1 - (2 * sum[h, w](p * y) + smooth) / (sum[h, w](p) + sum[h, w](y) + smooth));
        ce = -mean(log_softmax[c](logits)[c: labels]);
        diceWeight * dice + ceWeight * ce
        """;

    /// <summary>Dice loss of each image and class, averaged, plus the cross-entropy of the pixels: <c>diceWeight dice + ceWeight ce</c>,
    /// both of <c>softmax(logits)</c> along the classes.</summary>
    /// <param name="logits">Scores, <c>[n, c, h, w]</c>: images of class scores.</param>
    /// <param name="labels">The class of each pixel, <c>[n, h, w]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="n">Number of images.</param>
    /// <param name="dice">Receives the Dice part, before it is weighted.</param>
    /// <param name="ce">Receives the cross-entropy part, in nats, before it is weighted.</param>
    /// <param name="diceWeight">How much the Dice part counts.</param>
    /// <param name="ceWeight">How much the cross-entropy counts.</param>
    /// <param name="smooth">Added to both parts of each ratio; a class that is neither predicted nor there has the loss 0.</param>
    /// <returns>The loss.</returns>
    /// <remarks>
    /// <para>When to use: the usual start for several classes of unequal size.</para>
    /// <para>Conventions: one ratio for each image and class; every class counts alike.</para>
    /// <para>Source: Isensee et al., "nnU-Net", 2021; MONAI's <c>DiceCELoss</c> with softmax, one-hot labels and the background
    /// included.</para>
    /// </remarks>
    [Loss(DiceCeFormula)]
    public static partial float DiceCe(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels, int n, out float dice,
        out float ce, float diceWeight = 1f, float ceWeight = 1f, float smooth = 1e-5f);

    /// <inheritdoc cref="DiceCe(ReadOnlySpan{float}, ReadOnlySpan{int}, int, out float, out float, float, float, float)" />
    [Loss(DiceCeFormula, Program = "DiceCeDoubleProgram")]
    public static partial double DiceCe(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels, int n, out double dice,
        out double ce, double diceWeight = 1, double ceWeight = 1, double smooth = 1e-5);

    private const string GeneralizedDiceFormula = """
        p = softmax[c](logits);
        y = c == labels ? 1 : 0;
        volume = sum[n, h, w](y);
        known = volume > 0 ? 1 / volume^2 : 0;
        weight = volume > 0 ? known : max[c](known);
        1 - (2 * sum(weight * sum[n, h, w](p * y)) + smooth) / (sum(weight * (sum[n, h, w](p) + volume)) + smooth)
        """;

    /// <summary>One minus the overlap of all classes, each weighted by the inverse square of its volume: <c>1 - 2 sum[c](w sum(p y)) /
    /// sum[c](w (sum(p) + sum(y)))</c> with <c>w = 1 / sum(y)^2</c>.</summary>
    /// <param name="logits">Scores, <c>[n, c, h, w]</c>: images of class scores.</param>
    /// <param name="labels">The class of each pixel, <c>[n, h, w]</c>, in 0 … c - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="n">Number of images.</param>
    /// <param name="smooth">Added to both parts of the ratio.</param>
    /// <returns>The loss, in 0 … 1.</returns>
    /// <remarks>
    /// <para>When to use: for several classes of very unequal volume.</para>
    /// <para>Conventions: one ratio over all images. A class that is not there weighs as much as the rarest that is, as in MONAI's
    /// <c>GeneralizedDiceLoss</c>. The weights have no gradient.</para>
    /// <para>Source: Sudre et al., "Generalised Dice Overlap as a Deep Learning Loss Function for Highly Unbalanced Segmentations",
    /// 2017.</para>
    /// </remarks>
    [Loss(GeneralizedDiceFormula)]
    public static partial float GeneralizedDice(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels, int n,
        float smooth = 0f);

    /// <inheritdoc cref="GeneralizedDice(ReadOnlySpan{float}, ReadOnlySpan{int}, int, float)" />
    [Loss(GeneralizedDiceFormula, Program = "GeneralizedDiceDoubleProgram")]
    public static partial double GeneralizedDice(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, h, w")] ReadOnlySpan<int> labels, int n,
        double smooth = 0);
}
