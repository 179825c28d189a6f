using System.Numerics.Tensors;

namespace LossGen.Gpu.Tests.Export;

/// <summary>Public losses of this assembly, one for each thing that a launch plan can say.</summary>
public static partial class ExportedLosses
{
    /// <summary>Parts, real arguments, and passes whose numbers the next one needs.</summary>
    [Loss("""
        p    = sigmoid(logits);
        dice = 1 - (2 * sum(p * mask) + smooth) / (sum(p) + sum(mask) + smooth);
        bce  = mean(softplus(logits) - mask * logits);
        dice + weight * bce
        """)]
    public static partial float DiceBce(
        ReadOnlySpan<float> logits, ReadOnlySpan<byte> mask, out float dice, out float bce, float weight = 1f, float smooth = 1f);

    /// <summary>Rows that lanes may share, and labels that may be wrong.</summary>
    [Loss("-mean(log_softmax[c](z)[c: label])")]
    public static partial float CrossEntropy([Axes("n, c")] ReadOnlySpan<float> z, [Axes("n")] ReadOnlySpan<int> label);

    /// <summary>Double; an int argument; a gradient that is a number; arrays of workers that are merged.</summary>
    [Loss("s = sum[k](x * w) + b; mean(softplus(s) - y * s) + 0.5 * ridge * sum(w * w)")]
    public static partial double Logistic(
        [Axes("n, k")] ReadOnlySpan<double> x, [Axes("k"), Differentiate] ReadOnlySpan<double> w, [Differentiate] double b,
        [Axes("n")] ReadOnlySpan<bool> y, int k, double ridge);

    /// <summary>Half; a result with axes; arrays of workers that are one longer than an axis.</summary>
    [Loss("cumsum[t](x - y)^2")]
    public static partial void Drift(
        [Axes("n, t")] ReadOnlySpan<Half> x, [Axes("n, t")] ReadOnlySpan<float> y, int n, [Axes("n, t")] Span<float> result);

    /// <summary>A size that only the result's length tells.</summary>
    [Loss("-sum[c](target * log_softmax[c](z))")]
    public static partial void OfEach([Axes("n, c")] ReadOnlySpan<float> z, [Axes("n, c")] ReadOnlySpan<float> target, [Axes("n")] Span<float> losses);

    /// <summary>Second derivatives.</summary>
    [Loss("mean(softplus(z) - y * z)", Curvature = true)]
    public static partial float Bent(ReadOnlySpan<float> z, ReadOnlySpan<byte> y);

    /// <summary>The lengths of a tensor's axes, and a size that is computed from them.</summary>
    [Loss("axis p = div(size(w), 2); sum((x[w: 2 * p + 1] - x[w: 2 * p])^2)")]
    public static partial float Pairs([Axes("n, w")] ReadOnlyTensorSpan<float> x);
}
