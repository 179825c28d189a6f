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
}
