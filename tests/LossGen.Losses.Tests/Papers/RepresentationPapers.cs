namespace LossGen.Losses.Tests.Papers;

/// <summary>Embeddings compared with each other over a batch.</summary>
public static partial class RepresentationPapers
{
    private const string BarlowTwinsFormula = """
        axis e = size(d);
        standard(v) = (v - mean[n](v)) / sqrt(mean[n]((v - mean[n](v))^2) + 1e-5);
        a = standard(x);
        b = standard(y);
        c = mean[n](a * b[d: e]);
        sum(d == e ? (1 - c)^2 : λ * c^2)
        """;

    /// <summary>Correlations between two views, towards the identity.</summary>
    /// <remarks>Zbontar, Jing, Misra, LeCun and Deny, "Barlow Twins: Self-Supervised Learning via Redundancy Reduction", 2021, arXiv:2103.03230.</remarks>
    [Loss(BarlowTwinsFormula)]
    public static partial float BarlowTwins(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> x, [Axes("n, d"), Differentiate] ReadOnlySpan<float> y, int d,
        [Differentiate] float λ = 5e-3f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(BarlowTwinsFormula, Program = "BarlowTwinsDoubleProgram")]
    public static partial double BarlowTwins(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> x, [Axes("n, d"), Differentiate] ReadOnlySpan<double> y, int d,
        [Differentiate] double λ = 5e-3);

    private const string VicRegFormula = """
        axis e = size(d);
        centre(v) = v - mean[n](v);
        a = centre(x);
        b = centre(y);
        hinge(v) = mean[d](max(0, 1 - sqrt(sum[n](v^2) / (size(n) - 1) + 1e-4)));
        mixed(v) = sum[d, e](d == e ? 0 : (sum[n](v * v[d: e]) / (size(n) - 1))^2) / size(d);
        invariance = mean[n](sum[d]((x - y)^2));
        variance = hinge(a) + hinge(b);
        covariance = mixed(a) + mixed(b);
        λ * invariance + μ * variance + ν * covariance
        """;

    /// <summary>Two views alike, each feature spread, no two features correlated.</summary>
    /// <remarks>Bardes, Ponce and LeCun, "VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised Learning", 2022,
    /// arXiv:2105.04906.</remarks>
    [Loss(VicRegFormula)]
    public static partial float VicReg(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> x, [Axes("n, d"), Differentiate] ReadOnlySpan<float> y,
        out float invariance, out float variance, out float covariance, int d,
        float λ = 25f, float μ = 25f, float ν = 1f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(VicRegFormula, Program = "VicRegDoubleProgram")]
    public static partial double VicReg(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> x, [Axes("n, d"), Differentiate] ReadOnlySpan<double> y,
        out double invariance, out double variance, out double covariance, int d,
        double λ = 25, double μ = 25, double ν = 1);

    private const string SupConFormula = """
        axis m = size(n);
        u = z / norm[d](z);
        similarity = sum[d](u * u[n: m]) / tau;
        lse = logsumexp[m](m == n ? -inf : similarity);
        positive = m != n && label == label[n: m];
        many = count[m](positive);
        each = sum[m](positive ? lse - similarity : 0) / many;
        sum(many > 0 ? each : 0) / count(many > 0)
        """;

    /// <summary>Every sample of the same label is a positive; anchors without one are left out.</summary>
    /// <remarks>Khosla et al., "Supervised Contrastive Learning", 2020, arXiv:2004.11362, the loss "out".</remarks>
    [Loss(SupConFormula)]
    public static partial float SupCon(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> z, [Axes("n")] ReadOnlySpan<int> label, [Differentiate] float tau = 0.1f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(SupConFormula, Program = "SupConDoubleProgram")]
    public static partial double SupCon(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> z, [Axes("n")] ReadOnlySpan<int> label, [Differentiate] double tau = 0.1);

    private const string SubcentreArcFaceFormula = """
        cosine = max[j](sum[d](x * w) / (norm[d](x) * norm[d](w)));
        moved = cosine > -cos(margin) ? cosine * cos(margin) - sqrt(1 - cosine^2) * sin(margin) : cosine - margin * sin(margin);
        -mean(log_softmax[c](scale * (c == label ? moved : cosine))[c: label])
        """;

    /// <summary>An angular margin, to the nearest of several centres of a class.</summary>
    /// <remarks>Deng, Guo, Liu, Gong and Zafeiriou, "Sub-center ArcFace: Boosting Face Recognition by Large-Scale Noisy Web Faces", 2020.</remarks>
    [Loss(SubcentreArcFaceFormula)]
    public static partial float SubcentreArcFace(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> x, [Axes("c, j, d"), Differentiate] ReadOnlySpan<float> w,
        [Axes("n")] ReadOnlySpan<int> label, int d, int c, [Differentiate] float scale = 64f, [Differentiate] float margin = 0.5f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(SubcentreArcFaceFormula, Program = "SubcentreArcFaceDoubleProgram")]
    public static partial double SubcentreArcFace(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> x, [Axes("c, j, d"), Differentiate] ReadOnlySpan<double> w,
        [Axes("n")] ReadOnlySpan<int> label, int d, int c, [Differentiate] double scale = 64, [Differentiate] double margin = 0.5);

    private const string BetaTcVaeFormula = """
        axis m = size(n);
        density(v, mean, logvar) = -0.5 * ((v - mean)^2 * exp(-logvar) + logvar + log(2 * pi));
        pair = density(z, mu[n: m], logvar[n: m]);
        own = sum[d](density(z, mu, logvar));
        prior = sum[d](density(z, 0, 0));
        joint = logsumexp[m](sum[d](pair)) - log(size(n) * total);
        product = sum[d](logsumexp[m](pair) - log(size(n) * total));
        information = mean(own - joint);
        correlation = mean(joint - product);
        dimensions = mean(product - prior);
        alpha * information + beta * correlation + gamma * dimensions
        """;

    /// <summary>The parts of the divergence of a variational autoencoder, by weighted sampling from the batch.</summary>
    /// <remarks>Chen, Li, Grosse and Duvenaud, "Isolating Sources of Disentanglement in Variational Autoencoders", 2018, arXiv:1802.04942.</remarks>
    [Loss(BetaTcVaeFormula)]
    public static partial float BetaTcVae(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> z, [Axes("n, d"), Differentiate] ReadOnlySpan<float> mu,
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> logvar, out float information, out float correlation, out float dimensions,
        int d, int total, float alpha = 1f, float beta = 6f, float gamma = 1f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(BetaTcVaeFormula, Program = "BetaTcVaeDoubleProgram")]
    public static partial double BetaTcVae(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> z, [Axes("n, d"), Differentiate] ReadOnlySpan<double> mu,
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> logvar, out double information, out double correlation, out double dimensions,
        int d, int total, double alpha = 1, double beta = 6, double gamma = 1);
}
