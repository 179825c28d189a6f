namespace LossGen.Benchmarks;

/// <summary>The losses that are timed, declared as a user would.</summary>
public static partial class BenchmarkLosses
{
    [Loss("mean((x - y)^2)")]
    public static partial float Mse(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

    [Loss("mean(softplus(z) - y * z)")]
    public static partial float BceWithLogits(ReadOnlySpan<float> z, ReadOnlySpan<float> y);

    [Loss("""
        p    = sigmoid(z);
        dice = 1 - (2 * sum(p * y) + 1) / (sum(p) + sum(y) + 1);
        dice + mean(softplus(z) - y * z)
        """)]
    public static partial float DiceBce(ReadOnlySpan<float> z, ReadOnlySpan<float> y);

    [Loss("-mean(log_softmax[c](z)[c: label])")]
    public static partial float CrossEntropy([Axes("n, c")] ReadOnlySpan<float> z, [Axes("n")] ReadOnlySpan<int> label);
}
