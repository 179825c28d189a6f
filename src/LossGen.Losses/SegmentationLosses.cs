namespace LossGen.Losses;

/// <summary>Losses of a predicted mask against the true one, over all pixels.</summary>
public static partial class SegmentationLosses
{
    private const string DiceFormula = "1 - (2 * sum(probabilities * target) + smooth) / (sum(probabilities) + sum(target) + smooth)";

    /// <summary>One minus the overlap of a soft mask with the true one: <c>1 - (2 sum(p y) + smooth) / (sum(p) + sum(y) +
    /// smooth)</c>.</summary>
    /// <param name="probabilities">Predicted probabilities, of any shape, flat.</param>
    /// <param name="target">The mask, one value a pixel in 0 … 1.</param>
    /// <param name="smooth">Added to both parts of the ratio; keeps the loss defined where prediction and mask are both empty.</param>
    /// <returns>The loss, in 0 … 1.</returns>
    /// <remarks>
    /// <para>When to use: when the object is small against the background, which an average over pixels would favour.</para>
    /// <para>Conventions: one ratio over all pixels of all images.</para>
    /// <para>Source: Milletari et al., "V-Net", 2016, in the form without squares.</para>
    /// </remarks>
    [Loss(DiceFormula)]
    public static partial float Dice([Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, float smooth = 1f);

    /// <inheritdoc cref="Dice(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(DiceFormula, Program = "DiceDoubleProgram")]
    public static partial double Dice([Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<double> target, double smooth = 1);

    /// <inheritdoc cref="Dice(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(DiceFormula, Program = "DiceMaskProgram")]
    public static partial float Dice([Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<byte> target, float smooth = 1f);

    /// <inheritdoc cref="Dice(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(DiceFormula, Program = "DiceDoubleMaskProgram")]
    public static partial double Dice([Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> target, double smooth = 1);

    private const string JaccardFormula = """
        overlap = sum(probabilities * target);
        1 - (overlap + smooth) / (sum(probabilities) + sum(target) - overlap + smooth)
        """;

    /// <summary>One minus intersection over union of a soft mask with the true one: <c>1 - (sum(p y) + smooth) / (sum(p) + sum(y) - sum(p
    /// y) + smooth)</c>.</summary>
    /// <param name="probabilities">Predicted probabilities, of any shape, flat.</param>
    /// <param name="target">The mask, one value a pixel in 0 … 1.</param>
    /// <param name="smooth">Added to both parts of the ratio; keeps the loss defined where prediction and mask are both empty.</param>
    /// <returns>The loss, in 0 … 1.</returns>
    /// <remarks>
    /// <para>When to use: as Dice, when intersection over union is what will be judged.</para>
    /// <para>Conventions: one ratio over all pixels of all images.</para>
    /// <para>Source: Rahman and Wang, "Optimizing Intersection-Over-Union in Deep Neural Networks for Image Segmentation", 2016.</para>
    /// </remarks>
    [Loss(JaccardFormula)]
    public static partial float Jaccard([Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, float smooth = 1f);

    /// <inheritdoc cref="Jaccard(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(JaccardFormula, Program = "JaccardDoubleProgram")]
    public static partial double Jaccard(
        [Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<double> target, double smooth = 1);

    /// <inheritdoc cref="Jaccard(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(JaccardFormula, Program = "JaccardMaskProgram")]
    public static partial float Jaccard([Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<byte> target, float smooth = 1f);

    /// <inheritdoc cref="Jaccard(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(JaccardFormula, Program = "JaccardDoubleMaskProgram")]
    public static partial double Jaccard([Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> target, double smooth = 1);

    // One minus the index is written as one fraction, which is never negative and keeps its digits near 0.
    private const string TverskyFormula = """
        overlap = sum(probabilities * target);
        missed = alpha * sum(probabilities * (1 - target)) + beta * sum((1 - probabilities) * target);
        missed / (overlap + missed + smooth)
        """;

    /// <summary>One minus the Tversky index of a soft mask with the true one: <c>1 - (tp + smooth) / (tp + alpha fp + beta fn + smooth)</c>
    /// with <c>tp = sum(p y)</c>, <c>fp = sum(p (1 - y))</c>, <c>fn = sum((1 - p) y)</c>.</summary>
    /// <param name="probabilities">Predicted probabilities, of any shape, flat.</param>
    /// <param name="target">The mask, one value a pixel in 0 … 1.</param>
    /// <param name="alpha">Weight of the false positives, 0 or more.</param>
    /// <param name="beta">Weight of the false negatives, 0 or more.</param>
    /// <param name="smooth">Added to the denominator, and to the overlap in the numerator of the index; keeps the loss defined where
    /// prediction and mask are both empty.</param>
    /// <returns>The loss, in 0 … 1.</returns>
    /// <remarks>
    /// <para>When to use: to trade false positives against false negatives: a <c>beta</c> above <c>alpha</c> finds more of a small
    /// object.</para>
    /// <para>Conventions: one ratio over all pixels of all images. Equal weights of 1/2 make it Dice (with half the smoothing), of 1
    /// Jaccard.</para>
    /// <para>Source: Salehi et al., "Tversky Loss Function for Image Segmentation Using 3D Fully Convolutional Deep Networks", 2017.</para>
    /// </remarks>
    [Loss(TverskyFormula)]
    public static partial float Tversky(
        [Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, float alpha = 0.5f, float beta = 0.5f,
        float smooth = 1f);

    /// <inheritdoc cref="Tversky(ReadOnlySpan{float}, ReadOnlySpan{float}, float, float, float)" />
    [Loss(TverskyFormula, Program = "TverskyDoubleProgram")]
    public static partial double Tversky(
        [Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<double> target, double alpha = 0.5, double beta = 0.5,
        double smooth = 1);

    /// <inheritdoc cref="Tversky(ReadOnlySpan{float}, ReadOnlySpan{float}, float, float, float)" />
    [Loss(TverskyFormula, Program = "TverskyMaskProgram")]
    public static partial float Tversky(
        [Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<byte> target, float alpha = 0.5f, float beta = 0.5f,
        float smooth = 1f);

    /// <inheritdoc cref="Tversky(ReadOnlySpan{float}, ReadOnlySpan{float}, float, float, float)" />
    [Loss(TverskyFormula, Program = "TverskyDoubleMaskProgram")]
    public static partial double Tversky(
        [Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> target, double alpha = 0.5, double beta = 0.5,
        double smooth = 1);

    private const string FocalTverskyFormula = "Tversky(probabilities, target, alpha, beta, smooth)^(1 / gamma)";

    /// <summary>The Tversky loss to the power <c>1 / gamma</c>.</summary>
    /// <param name="probabilities">Predicted probabilities, of any shape, flat.</param>
    /// <param name="target">The mask, one value a pixel in 0 … 1.</param>
    /// <param name="alpha">Weight of the false positives, 0 or more.</param>
    /// <param name="beta">Weight of the false negatives, 0 or more.</param>
    /// <param name="gamma">Focusing exponent, above 0; the loss is raised to <c>1 / gamma</c>.</param>
    /// <param name="smooth">Added to the denominator, and to the overlap in the numerator of the index; keeps the loss defined where
    /// prediction and mask are both empty.</param>
    /// <returns>The loss, in 0 … 1.</returns>
    /// <remarks>
    /// <para>When to use: when images with a poor overlap shall count differently from good ones; above 1 the exponent keeps the gradient
    /// alive near a perfect overlap.</para>
    /// <para>Conventions: one ratio over all pixels of all images. At a Tversky loss of 0 the gradient is 0.</para>
    /// <para>Source: Abraham and Khan, "A Novel Focal Tversky Loss Function with Improved Attention U-Net for Lesion Segmentation", 2019
    /// (whose <c>alpha</c> and <c>beta</c> are exchanged).</para>
    /// </remarks>
    [Loss(FocalTverskyFormula)]
    public static partial float FocalTversky(
        [Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, float alpha = 0.3f, float beta = 0.7f,
        float gamma = 4f / 3f, float smooth = 1f);

    /// <inheritdoc cref="FocalTversky(ReadOnlySpan{float}, ReadOnlySpan{float}, float, float, float, float)" />
    [Loss(FocalTverskyFormula, Program = "FocalTverskyDoubleProgram")]
    public static partial double FocalTversky(
        [Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<double> target, double alpha = 0.3, double beta = 0.7,
        double gamma = 4.0 / 3, double smooth = 1);

    /// <inheritdoc cref="FocalTversky(ReadOnlySpan{float}, ReadOnlySpan{float}, float, float, float, float)" />
    [Loss(FocalTverskyFormula, Program = "FocalTverskyMaskProgram")]
    public static partial float FocalTversky(
        [Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<byte> target, float alpha = 0.3f, float beta = 0.7f,
        float gamma = 4f / 3f, float smooth = 1f);

    /// <inheritdoc cref="FocalTversky(ReadOnlySpan{float}, ReadOnlySpan{float}, float, float, float, float)" />
    [Loss(FocalTverskyFormula, Program = "FocalTverskyDoubleMaskProgram")]
    public static partial double FocalTversky(
        [Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> target, double alpha = 0.3, double beta = 0.7,
        double gamma = 4.0 / 3, double smooth = 1);

    private const string DiceBceFormula = """
        dice = Dice(sigmoid(logits), target, smooth);
        bce = ClassificationLosses.BinaryCrossEntropyWithLogits(logits, target);
        dice + weight * bce
        """;

    /// <summary>Dice loss plus weighted cross-entropy, both of <c>sigmoid(logits)</c>: <c>dice + weight bce</c>.</summary>
    /// <param name="logits">Scores before the sigmoid, of any shape, flat.</param>
    /// <param name="target">The mask, one value a pixel in 0 … 1.</param>
    /// <param name="dice">Receives the Dice part.</param>
    /// <param name="bce">Receives the cross-entropy part, in nats, before it is weighted.</param>
    /// <param name="weight">How much the cross-entropy counts against the Dice part.</param>
    /// <param name="smooth">Added to both parts of the ratio; keeps the loss defined where prediction and mask are both empty.</param>
    /// <returns>The loss.</returns>
    /// <remarks>
    /// <para>When to use: the usual start for one kind of object: the cross-entropy steers every pixel, the Dice part the balance.</para>
    /// <para>Conventions: as <c>Dice</c> and <c>ClassificationLosses.BinaryCrossEntropyWithLogits</c>.</para>
    /// <para>Source: the usual sum for medical images, as in Isensee et al., "nnU-Net", 2021.</para>
    /// </remarks>
    [Loss(DiceBceFormula)]
    public static partial float DiceBce(
        [Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<float> target, out float dice, out float bce, float weight = 1f,
        float smooth = 1f);

    /// <inheritdoc cref="DiceBce(ReadOnlySpan{float}, ReadOnlySpan{float}, out float, out float, float, float)" />
    [Loss(DiceBceFormula, Program = "DiceBceDoubleProgram")]
    public static partial double DiceBce(
        [Differentiate] ReadOnlySpan<double> logits, ReadOnlySpan<double> target, out double dice, out double bce, double weight = 1,
        double smooth = 1);

    /// <inheritdoc cref="DiceBce(ReadOnlySpan{float}, ReadOnlySpan{float}, out float, out float, float, float)" />
    [Loss(DiceBceFormula, Program = "DiceBceMaskProgram")]
    public static partial float DiceBce(
        [Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<byte> target, out float dice, out float bce, float weight = 1f,
        float smooth = 1f);

    /// <inheritdoc cref="DiceBce(ReadOnlySpan{float}, ReadOnlySpan{float}, out float, out float, float, float)" />
    [Loss(DiceBceFormula, Program = "DiceBceDoubleMaskProgram")]
    public static partial double DiceBce(
        [Differentiate] ReadOnlySpan<double> logits, ReadOnlySpan<byte> target, out double dice, out double bce, double weight = 1,
        double smooth = 1);
}
