namespace LossGen.Losses;

/// <summary>Losses of images, or of what a network sees in them.</summary>
public static partial class ImageLosses
{
    private const string PerceptualFormula = "mean[n](sum[c, h, w]((prediction - target)^2))";

    /// <summary>Squared distance of features, summed over an image and averaged over the images: <c>mean[n](sum[c, h, w]((f -
    /// g)^2))</c>.</summary>
    /// <param name="prediction">Features of the predicted images in one layer, <c>[n, c, h, w]</c>.</param>
    /// <param name="target">Features of the target images in the same layer, <c>[n, c, h, w]</c>.</param>
    /// <param name="n">Number of images.</param>
    /// <returns>The loss, in squared units of the features.</returns>
    /// <remarks>
    /// <para>When to use: to compare images by what a trained network sees; call it for each layer and add, in one formula if you
    /// like.</para>
    /// <para>Source: Johnson, Alahi and Fei-Fei, "Perceptual Losses for Real-Time Style Transfer and Super-Resolution", 2016, without the
    /// division by the size of the layer.</para>
    /// </remarks>
    [Loss(PerceptualFormula)]
    public static partial float Perceptual(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> prediction, [Axes("n, c, h, w")] ReadOnlySpan<float> target, int n);

    /// <inheritdoc cref="Perceptual(ReadOnlySpan{float}, ReadOnlySpan{float}, int)" />
    [Loss(PerceptualFormula, Program = "PerceptualDoubleProgram")]
    public static partial double Perceptual(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> prediction, [Axes("n, c, h, w")] ReadOnlySpan<double> target, int n);

    private const string TotalVariationFormula = "sum((image[w: w + 1] - image)^2) + sum((image[h: h + 1] - image)^2)";

    /// <summary>Squared differences of neighbouring pixels, to the right and below: <c>sum((x[w + 1] - x)^2) + sum((x[h + 1] -
    /// x)^2)</c>.</summary>
    /// <param name="image">Images, <c>[n, c, h, w]</c>.</param>
    /// <param name="h">Height.</param>
    /// <param name="w">Width.</param>
    /// <returns>The loss, in squared units of the pixels, of all images together.</returns>
    /// <remarks>
    /// <para>When to use: beside a data loss, to keep an image smooth; it spreads an edge over many pixels.</para>
    /// <para>Conventions: an image of one pixel has the loss 0.</para>
    /// <para>Source: the smooth form of Mahendran and Vedaldi, "Understanding Deep Image Representations by Inverting Them", 2015, with
    /// the exponent 2.</para>
    /// </remarks>
    [Loss(TotalVariationFormula)]
    public static partial float TotalVariation([Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> image, int h, int w);

    /// <inheritdoc cref="TotalVariation(ReadOnlySpan{float}, int, int)" />
    [Loss(TotalVariationFormula, Program = "TotalVariationDoubleProgram")]
    public static partial double TotalVariation([Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> image, int h, int w);

    private const string TotalVariationAbsoluteFormula = "sum(abs(image[w: w + 1] - image)) + sum(abs(image[h: h + 1] - image))";

    /// <summary>Absolute differences of neighbouring pixels, to the right and below: <c>sum(|x[w + 1] - x|) + sum(|x[h + 1] -
    /// x|)</c>.</summary>
    /// <param name="image">Images, <c>[n, c, h, w]</c>.</param>
    /// <param name="h">Height.</param>
    /// <param name="w">Width.</param>
    /// <returns>The loss, in units of the pixels, of all images together.</returns>
    /// <remarks>
    /// <para>When to use: beside a data loss, to remove noise and keep edges.</para>
    /// <para>Conventions: equal neighbours have the gradient 0.</para>
    /// <para>Source: Rudin, Osher and Fatemi, "Nonlinear Total Variation Based Noise Removal Algorithms", 1992, in its anisotropic form;
    /// TensorFlow's <c>total_variation</c>.</para>
    /// </remarks>
    [Loss(TotalVariationAbsoluteFormula)]
    public static partial float TotalVariationAbsolute([Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> image, int h, int w);

    /// <inheritdoc cref="TotalVariationAbsolute(ReadOnlySpan{float}, int, int)" />
    [Loss(TotalVariationAbsoluteFormula, Program = "TotalVariationAbsoluteDoubleProgram")]
    public static partial double TotalVariationAbsolute([Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> image, int h, int w);
}
