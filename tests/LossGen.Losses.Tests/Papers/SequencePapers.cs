namespace LossGen.Losses.Tests.Papers;

/// <summary>Recurrences over one or two axes, and frames.</summary>
public static partial class SequencePapers
{
    private const string SoftDtwFormula = """
        cost = sum[k]((x - y)^2);
        r = scan[t](cumsum[s](cost[t: 0]), up =>
                scan[s](up[s: 0] + cost[s: 0], left =>
                    cost - gamma * logaddexp(-left / gamma, -up / gamma, -up[s: s - 1] / gamma)));
        mean(r[t: xlen - 1, s: ylen - 1])
        """;

    /// <summary>Smoothed dynamic time warping of sequences of different lengths.</summary>
    /// <remarks>Cuturi and Blondel, "Soft-DTW: a Differentiable Loss Function for Time-Series", 2017, arXiv:1703.01541.</remarks>
    [Loss(SoftDtwFormula)]
    public static partial float SoftDtw(
        [Axes("n, t, k"), Differentiate] ReadOnlySpan<float> x, [Axes("n, s, k"), Differentiate] ReadOnlySpan<float> y,
        [Axes("n")] ReadOnlySpan<int> xlen, [Axes("n")] ReadOnlySpan<int> ylen, int k, [Differentiate] float gamma = 1f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(SoftDtwFormula, Program = "SoftDtwDoubleProgram")]
    public static partial double SoftDtw(
        [Axes("n, t, k"), Differentiate] ReadOnlySpan<double> x, [Axes("n, s, k"), Differentiate] ReadOnlySpan<double> y,
        [Axes("n")] ReadOnlySpan<int> xlen, [Axes("n")] ReadOnlySpan<int> ylen, int k, [Differentiate] double gamma = 1);

    private const string TransducerFormula = """
        logp = log_softmax[v](z);
        skip = logp[v: blank];
        emit = u < size(l) && u < ylen ? logp[v: y[l: u]] : -inf;
        alpha = scan[t](scan[u](0 * ylen, a => a + emit[t: 0, u: u - 1]), up =>
                    scan[u](up[u: 0] + skip[t: t - 1, u: 0], left =>
                        logaddexp(up + skip[t: t - 1], left + emit[u: u - 1])));
        -mean((alpha + skip)[t: tlen - 1, u: ylen])
        """;

    /// <summary>All alignments of labels to frames, each label after any number of blanks.</summary>
    /// <remarks>Graves, "Sequence Transduction with Recurrent Neural Networks", 2012, arXiv:1211.3711.</remarks>
    [Loss(TransducerFormula)]
    public static partial float Transducer(
        [Axes("n, t, u, v"), Differentiate] ReadOnlySpan<float> z, [Axes("n, l")] ReadOnlySpan<int> y,
        [Axes("n")] ReadOnlySpan<int> tlen, [Axes("n")] ReadOnlySpan<int> ylen, int t, int u, int blank = 0);

    /// <summary>In <c>double</c>.</summary>
    [Loss(TransducerFormula, Program = "TransducerDoubleProgram")]
    public static partial double Transducer(
        [Axes("n, t, u, v"), Differentiate] ReadOnlySpan<double> z, [Axes("n, l")] ReadOnlySpan<int> y,
        [Axes("n")] ReadOnlySpan<int> tlen, [Axes("n")] ReadOnlySpan<int> ylen, int t, int u, int blank = 0);

    private const string KalmanNllFormula = """
        (mu, p) = scan[t]((0 * y + m0, 0 * y + p0), (m, v) => (
            phi * (m + (seen[t: t - 1] ? v / (v + r) * (y[t: t - 1] - m) : 0)),
            phi^2 * (seen[t: t - 1] ? v * r / (v + r) : v) + q));
        s = p + r;
        sum(seen ? log(2 * pi * s) + (y - mu)^2 / s : 0) / (2 * size(n))
        """;

    /// <summary>Likelihood of a noisily observed autoregression, with gaps.</summary>
    /// <remarks>Kalman, "A New Approach to Linear Filtering and Prediction Problems", 1960.</remarks>
    [Loss(KalmanNllFormula)]
    public static partial float KalmanNll(
        [Axes("n, t"), Differentiate] ReadOnlySpan<float> y, [Axes("n, t")] ReadOnlySpan<bool> seen,
        [Differentiate] float phi, [Differentiate] float q, [Differentiate] float r, [Differentiate] float m0, [Differentiate] float p0, int t);

    /// <summary>In <c>double</c>.</summary>
    [Loss(KalmanNllFormula, Program = "KalmanNllDoubleProgram")]
    public static partial double KalmanNll(
        [Axes("n, t"), Differentiate] ReadOnlySpan<double> y, [Axes("n, t")] ReadOnlySpan<bool> seen,
        [Differentiate] double phi, [Differentiate] double q, [Differentiate] double r, [Differentiate] double m0, [Differentiate] double p0, int t);

    private const string MultiResolutionStftFormula = """
        axis u1 = 16;
        axis p1 = div(size(t) - 16, 4) + 1;
        axis f1 = 9;
        axis u2 = 8;
        axis p2 = div(size(t) - 8, 3) + 1;
        axis f2 = 5;
        hann(k, length) = 0.5 - 0.5 * cos(2 * pi * k / length);
        re1(e) = sum[u1](hann(u1, 16) * e[t: 4 * p1 + u1] * cos(2 * pi * f1 * u1 / 16));
        im1(e) = sum[u1](hann(u1, 16) * e[t: 4 * p1 + u1] * sin(2 * pi * f1 * u1 / 16));
        re2(e) = sum[u2](hann(u2, 8) * e[t: 3 * p2 + u2] * cos(2 * pi * f2 * u2 / 8));
        im2(e) = sum[u2](hann(u2, 8) * e[t: 3 * p2 + u2] * sin(2 * pi * f2 * u2 / 8));
        size1(e) = sqrt(max(re1(e)^2 + im1(e)^2, 1e-7));
        size2(e) = sqrt(max(re2(e)^2 + im2(e)^2, 1e-7));
        loss(a, b) = norm(b - a) / norm(b) + mean(abs(log(b) - log(a)));
        (loss(size1(x), size1(y)) + loss(size2(x), size2(y))) / 2
        """;

    /// <summary>Spectral convergence and log magnitudes of two short-time transforms.</summary>
    /// <remarks>Yamamoto, Song and Kim, "Parallel WaveGAN: A fast waveform generation model based on generative adversarial networks with multi-resolution
    /// spectrogram", 2020, arXiv:1910.11480.</remarks>
    [Loss(MultiResolutionStftFormula)]
    public static partial float MultiResolutionStft(
        [Axes("n, t"), Differentiate] ReadOnlySpan<float> x, [Axes("n, t")] ReadOnlySpan<float> y, int t);

    /// <summary>In <c>double</c>.</summary>
    [Loss(MultiResolutionStftFormula, Program = "MultiResolutionStftDoubleProgram")]
    public static partial double MultiResolutionStft(
        [Axes("n, t"), Differentiate] ReadOnlySpan<double> x, [Axes("n, t")] ReadOnlySpan<double> y, int t);

    private const string PermutationSiSdrFormula = """
        target = sum[t](e * r) / sum[t](r^2) * r;
        sdr = 10 * log(sum[t](target^2) / sum[t]((e - target)^2)) / log(10);
        -mean(max[p](mean[k](sdr[j: order])))
        """;

    /// <summary>Scale-invariant distortion under the best assignment of speakers.</summary>
    /// <remarks>Kolbæk, Yu, Tan and Jensen, "Multitalker Speech Separation with Utterance-level Permutation Invariant Training of Deep Recurrent Neural
    /// Networks", 2017, arXiv:1703.06284; Le Roux, Wisdom, Erdogan and Hershey, "SDR – half-baked or well done?", 2019, arXiv:1811.02508.</remarks>
    [Loss(PermutationSiSdrFormula)]
    public static partial float PermutationSiSdr(
        [Axes("n, k, t"), Differentiate] ReadOnlySpan<float> e, [Axes("n, j = k, t")] ReadOnlySpan<float> r, [Axes("p, k")] ReadOnlySpan<int> order, int k, int t);

    /// <summary>In <c>double</c>.</summary>
    [Loss(PermutationSiSdrFormula, Program = "PermutationSiSdrDoubleProgram")]
    public static partial double PermutationSiSdr(
        [Axes("n, k, t"), Differentiate] ReadOnlySpan<double> e, [Axes("n, j = k, t")] ReadOnlySpan<double> r, [Axes("p, k")] ReadOnlySpan<int> order, int k, int t);
}
