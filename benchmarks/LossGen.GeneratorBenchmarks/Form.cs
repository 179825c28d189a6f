using LossGen.Losses;

namespace LossGen.GeneratorBenchmarks;

/// <summary>How much of the language a loss asks for; the goals differ.</summary>
public enum Kind
{
    OneAxis,
    TwoAxes,
    Recurrence,
    Windows,
}

/// <summary>A loss to declare many times, each time with another constant in the place of K.</summary>
/// <param name="Name">The method.</param>
/// <param name="Kind">What is in it.</param>
/// <param name="Formula">The formula, with K where the constant goes.</param>
/// <param name="Parameters">Its parameters in C#.</param>
public sealed record Form(string Name, Kind Kind, string Formula, string Parameters)
{
    private const string Pair = "ReadOnlySpan<float> x, ReadOnlySpan<float> y";
    private const string Rows = "[Axes(\"n, c\")] ReadOnlySpan<float> z, [Axes(\"n\")] ReadOnlySpan<int> label";
    private const string SsimParameters =
        "[Axes(\"n, c, h, w\"), Differentiate] ReadOnlySpan<float> prediction, [Axes(\"n, c, h, w\")] ReadOnlySpan<float> target, int h, int w, float range = 1f";

    private const string Triple = "[Axes(\"n, d\"), Differentiate] ReadOnlySpan<float> a, [Axes(\"n, d\"), Differentiate] ReadOnlySpan<float> p, [Axes(\"n, d\"), Differentiate] ReadOnlySpan<float> q, int d";

    /// <summary>What a project of many losses is made of.</summary>
    public static readonly Form[] Usual =
    [
        new("Mse", Kind.OneAxis, "K * mean((x - y)^2)", Pair),
        new("Mae", Kind.OneAxis, "K * mean(abs(x - y))", Pair),
        new("Huber", Kind.OneAxis, "r = abs(x - y); mean(r <= K ? 0.5 * r^2 : K * (r - 0.5 * K))", Pair),
        new("LogCosh", Kind.OneAxis, "mean(log(cosh(K * (x - y))))", Pair),
        new("Quantile", Kind.OneAxis, "r = y - x; mean(max(K * r, (K - 1) * r))", Pair),
        new("Poisson", Kind.OneAxis, "mean(exp(x) - K * y * x)", Pair),
        new("Bce", Kind.OneAxis, "K * mean(softplus(x) - y * x)", Pair),
        new("Focal", Kind.OneAxis, "ce = softplus(x) - y * x; pt = exp(-ce); mean((K * y + (1 - K) * (1 - y)) * (1 - pt)^2 * ce)", Pair),
        new("DiceBce", Kind.OneAxis, "p = sigmoid(x); 1 - (2 * sum(p * y) + K) / (sum(p) + sum(y) + K) + mean(softplus(x) - y * x)", Pair),
        new("Tversky", Kind.OneAxis, "p = sigmoid(x); o = sum(p * y); m = K * sum(p * (1 - y)) + (1 - K) * sum((1 - p) * y); m / (o + m + 1)", Pair),
        new("ElasticNet", Kind.OneAxis, "K * sum(abs(w)) + 0.5 * K * sum(w^2)", "ReadOnlySpan<float> w"),
        new("Hinge", Kind.OneAxis, "mean(max(0, K - y * x))", Pair),
        new("CrossEntropy", Kind.TwoAxes, "-K * mean(log_softmax[c](z)[c: label])", Rows),
        new("SmoothedCrossEntropy", Kind.TwoAxes, "lp = log_softmax[c](z); mean(-(1 - K) * lp[c: label] - K * mean[c](lp))", Rows),
        new("SoftmaxFocal", Kind.TwoAxes, "lp = log_softmax[c](z)[c: label]; mean(-K * (1 - exp(lp))^2 * lp)", Rows),
        new("MultiMargin", Kind.TwoAxes, "mean(sum[c](c == label ? 0 : max(0, K - z[c: label] + z)) / size(c))", Rows),
        new("Kl", Kind.TwoAxes, "K * mean[n](sum[c](xlogy(t, t) - xlogy(t, p)))", "[Axes(\"n, c\")] ReadOnlySpan<float> p, [Axes(\"n, c\")] ReadOnlySpan<float> t, int c"),
        new("Triplet", Kind.TwoAxes, "mean(max(0, sum[d]((a - p)^2) - sum[d]((a - q)^2) + K))", Triple),
        new("Cosine", Kind.TwoAxes, "K - mean(sum[d](a * p) / (max(norm[d](a), 1e-8) * max(norm[d](p), 1e-8))) + mean(q)", Triple),
        new("EarthMover", Kind.TwoAxes, "K * mean[n](sum[c](abs(cumsum[c](p - t))))", "[Axes(\"n, c\")] ReadOnlySpan<float> p, [Axes(\"n, c\")] ReadOnlySpan<float> t, int c"),
    ];

    /// <summary>The heavy ones of the catalogue.</summary>
    public static readonly Form[] Heavy =
    [
        new("Ctc", Kind.Recurrence, $"{SequenceLosses.CtcProgram.Formula} + 0 * K", """
            [Axes("n, t, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, s")] ReadOnlySpan<int> labels, [Axes("n")] ReadOnlySpan<int> inputLengths,
            [Axes("n")] ReadOnlySpan<int> labelLengths, int c, int blank = 0, bool zeroInfinity = false
            """),
        new("Ssim", Kind.Windows, $"{ImageLosses.SsimProgram.Formula} + 0 * K", SsimParameters),
    ];

    /// <summary>One file that declares the loss with a constant of its own.</summary>
    public string Declare(int number) => Declare(number, number);

    /// <summary>The same loss with another constant: an edit of its formula.</summary>
    public string Declare(int number, int constant) => $$""""
        using System;
        using LossGen;

        public static partial class Losses
        {
        [Loss("""
        {{Formula.Replace("K", FormattableString.Invariant($"0.{constant + 100001}"), StringComparison.Ordinal)}}
        """)]
        public static partial float {{Name}}{{number}}({{Parameters}});
        }
        """";
}
