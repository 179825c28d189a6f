namespace LossGen.Losses;

public static partial class ImageLosses
{
    // Differences from the window's mean, not a mean of squares minus a squared mean: of flat bright patches that leaves no digits.
    private const string SsimFormula = """
        axis u = 11;
        axis v = 11;
        k = exp(-((u - 5)^2 + (v - 5)^2) / (2 * 1.5^2));
        window(e) = sum[u, v](k * e) / sum[u, v](k);
        x = prediction[h: h + u, w: w + v];
        y = target[h: h + u, w: w + v];
        mx = window(x);
        my = window(y);
        spread = window((x - mx)^2 + (y - my)^2);
        common = window((x - mx) * (y - my));
        a = (0.01 * range)^2;
        b = (0.03 * range)^2;
        1 - mean((2 * mx * my + a) * (2 * common + b) / ((mx^2 + my^2 + a) * (spread + b)))
        """;

    /// <summary>One minus the structural similarity, the mean over 11 x 11 windows with Gaussian weights of standard deviation 1.5:
    /// <c>(2 mx my + a) (2 cov + b) / ((mx^2 + my^2 + a) (vx + vy + b))</c>, with <c>a = (0.01 range)^2</c> and <c>b = (0.03
    /// range)^2</c>.</summary>
    /// <param name="prediction">Predicted images, <c>[n, c, h, w]</c>.</param>
    /// <param name="target">Target images, <c>[n, c, h, w]</c>.</param>
    /// <param name="h">Height, from 11.</param>
    /// <param name="w">Width, from 11.</param>
    /// <param name="range">Largest minus smallest value that a pixel can have: 1, or 255.</param>
    /// <returns>The loss, in 0 … 2; 0 where the images agree.</returns>
    /// <remarks>
    /// <para>When to use: to compare images by their local structure; usually beside a loss of the pixels.</para>
    /// <para>Conventions: only windows that lie in the image count; channels are compared one by one. Images without a whole window have
    /// the loss NaN.</para>
    /// <para>Source: Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity",
    /// 2004.</para>
    /// </remarks>
    [Loss(SsimFormula)]
    public static partial float Ssim(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> prediction, [Axes("n, c, h, w")] ReadOnlySpan<float> target, int h, int w,
        float range = 1f);

    /// <inheritdoc cref="Ssim(ReadOnlySpan{float}, ReadOnlySpan{float}, int, int, float)" />
    [Loss(SsimFormula, Program = "SsimDoubleProgram")]
    public static partial double Ssim(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> prediction, [Axes("n, c, h, w")] ReadOnlySpan<double> target, int h, int w,
        double range = 1);
}
