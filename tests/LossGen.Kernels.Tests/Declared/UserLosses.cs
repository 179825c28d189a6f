namespace LossGen.Kernels.Tests.Declared;

/// <summary>Losses as a user declares them, compiled with this project.</summary>
internal static partial class UserLosses
{
    private const string SquaredError = "mean((x - y)^2)";

    [Loss(SquaredError)]
    public static partial float Mse(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

    [Loss(SquaredError, Program = "MseDoubleProgram")]
    public static partial double Mse(ReadOnlySpan<double> x, ReadOnlySpan<double> y);

    [Loss("""
        p    = sigmoid(z);
        dice = 1 - (2 * sum(p * y) + smooth) / (sum(p) + sum(y) + smooth);
        bce  = mean(softplus(z) - y * z);
        dice + weight * bce                            // one fused loss
        """)]
    public static partial float DiceBce(
        ReadOnlySpan<float> z, ReadOnlySpan<byte> y, out float dice, out float bce, float weight = 1f, float smooth = 1f);

    [Loss("-mean(log_softmax[c](z)[c: label])")]
    public static partial float CrossEntropy([Axes("n, c")] ReadOnlySpan<float> z, [Axes("n")] ReadOnlySpan<int> label);

    [Loss("""
        w_n = label != ignore ? w[c: label] : 0;
        sum(label != ignore ? -w_n * log_softmax[c](z)[c: label] : 0) / sum(w_n)
        """)]
    public static partial double WeightedCrossEntropy(
        [Axes("n, c")] ReadOnlySpan<double> z, [Axes("n")] ReadOnlySpan<int> label, [Axes("c")] ReadOnlySpan<double> w, int ignore = -1);

    [Loss("lp = log_softmax[c](z); -mean((1 - eps) * lp[c: label] + eps * mean[c](lp))")]
    public static partial double SmoothCrossEntropy([Axes("n, c")] ReadOnlySpan<double> z, [Axes("n")] ReadOnlySpan<int> label, double eps = 0.125);

    [Loss("-mean(log_softmax[c](z / tau)[c: label])")]
    public static partial double Temperature(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> z, [Axes("n")] ReadOnlySpan<int> label, [Differentiate] double tau);

    [Loss("mean(max(0, sum[d]((a - p)^2) - sum[d]((a - q)^2) + margin))")]
    public static partial float Triplet(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> a,
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> p,
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> q, int d, float margin = 1f);

    [Loss("mean((x - y)^2) + rate * (sum(abs(w)) + 0.5 * sum(w^2))")]
    public static partial float ElasticRegression(
        [Differentiate] ReadOnlySpan<float> x, ReadOnlySpan<float> y, [Axes("j"), Differentiate] ReadOnlySpan<float> w, float rate = 0.125f);

    [Loss("1 - mean(sum[d](a * b) / (norm[d](a) * norm[d](b)))")]
    public static partial double Cosine([Axes("n, d"), Differentiate] ReadOnlySpan<double> a, [Axes("n, d"), Differentiate] ReadOnlySpan<double> b, int d);

    [Loss("mean(exp(z) - y * z + lgamma(y + 1))")]
    public static partial double Poisson(ReadOnlySpan<double> z, ReadOnlySpan<int> y);

    [Loss("p = sigmoid(z); pt = y != 0 ? p : 1 - p; mean(-(1 - pt)^2 * log(pt))")]
    public static partial double Focal(ReadOnlySpan<double> z, ReadOnlySpan<byte> y);

    [Loss("logsumexp(z)")]
    public static partial double LogSumExp(ReadOnlySpan<double> z);

    [Loss("""
        p = softmax[c](z);
        hot = label == c ? 1 : 0;
        mean[c](1 - (2 * sum[n, h, w](p * hot) + 1) / (sum[n, h, w](p) + sum[n, h, w](hot) + 1))
        """)]
    public static partial float ClassDice(
        [Axes("n, c, h, w")] ReadOnlySpan<float> z, [Axes("n, h, w")] ReadOnlySpan<int> label, int h, int w);

    [Loss("s = sum[d](a * b) / tau; -mean(log_softmax[m](s)[m: label])")]
    public static partial float InfoNce(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> a, [Axes("m, d"), Differentiate] ReadOnlySpan<float> b, [Axes("n")] ReadOnlySpan<int> label, int d, float tau = 0.5f);

    [Loss("softplus(z) - y * z")]
    public static partial void BceOfEach(ReadOnlySpan<float> z, ReadOnlySpan<byte> y, Span<float> each);

    [Loss("-log_softmax[c](z)[c: label]")]
    public static partial void CrossEntropyOfEach(
        [Axes("n, c")] ReadOnlySpan<float> z, [Axes("n")] ReadOnlySpan<int> label, [Axes("n")] Span<float> each);

    [Loss("mean(softplus(z) - y * z)", Curvature = true)]
    public static partial float Bce(ReadOnlySpan<float> z, ReadOnlySpan<byte> y);

    [Loss("w * (exp(z) - y * z) + tau * z^2", Curvature = true)]
    public static partial void PoissonOfEach(
        [Differentiate] ReadOnlySpan<double> z, ReadOnlySpan<int> y, ReadOnlySpan<double> w, Span<double> each, [Differentiate] double tau = 0.5);

    [Loss("0.5 * Mse(x, y) + 0.5 * Other.Absolute(x, y)")]
    public static partial float Both(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

    internal static partial class Other
    {
        [Loss("mean(abs(x - y))")]
        public static partial float Absolute(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
    }
}
