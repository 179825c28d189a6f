namespace LossGen.Gpu.Tests;

/// <summary>Losses as a user declares them, compiled with this project.</summary>
internal static partial class DeviceLosses
{
    [Loss("mean((x - y)^2)")]
    public static partial float Mse(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

    [Loss("mean(softplus(z) - y * z)", Curvature = true)]
    public static partial float Bce(ReadOnlySpan<float> z, ReadOnlySpan<byte> y);

    [Loss("w * exp(z) + tau^2 * z^2", Curvature = true)]
    public static partial void RidgeOfEach(
        [Differentiate] ReadOnlySpan<double> z, ReadOnlySpan<double> w, [Axes("i")] Span<double> losses, [Differentiate] double tau);

    [Loss("-mean(log_softmax[c](z)[c: label])")]
    public static partial float HalfCrossEntropy([Axes("n, c")] ReadOnlySpan<Half> z, [Axes("n")] ReadOnlySpan<int> label);

    [Loss("mu = mean[c](z); v = mean[c]((z - mu)^2); mean(((z - mu) / sqrt(v + 1e-5) - y)^2)")]
    public static partial float Standardised([Axes("n, c"), Differentiate] ReadOnlySpan<float> z, [Axes("n, c")] ReadOnlySpan<float> y, int n);

    [Loss("1 * y")]
    public static partial void HalfOfEach(ReadOnlySpan<Half> y, [Axes("i")] Span<float> losses);
}
