namespace LossGen.Gpu.Tests;

/// <summary>Losses as a user declares them, compiled with this project.</summary>
internal static partial class DeviceLosses
{
    [Loss("mean((x - y)^2)")]
    public static partial float Mse(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
}
