namespace LossGen.Gpu.Tests;

/// <summary>Losses as a user declares them, compiled with this project.</summary>
internal static partial class DeviceLosses
{
    [Loss("""
        p    = sigmoid(logits);
        dice = 1 - (2 * sum(p * mask) + smooth) / (sum(p) + sum(mask) + smooth);
        bce  = mean(softplus(logits) - mask * logits);
        dice + weight * bce
        """)]
    public static partial float DiceBce(
        ReadOnlySpan<float> logits, ReadOnlySpan<byte> mask, out float dice, out float bce, float weight = 1f, float smooth = 1f);

    [Loss("-mean(log_softmax[c](z)[c: label])")]
    public static partial float CrossEntropy([Axes("n, c")] ReadOnlySpan<float> z, [Axes("n")] ReadOnlySpan<int> label);

    [Loss("mean((x - y)^2)")]
    public static partial float Mse(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
}
