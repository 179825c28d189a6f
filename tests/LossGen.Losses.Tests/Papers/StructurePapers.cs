namespace LossGen.Losses.Tests.Papers;

/// <summary>Sums over trees and transport plans.</summary>
public static partial class StructurePapers
{
    private const string SinkhornFormula = """
        axis t = iterations + 1;
        cost = sum[k]((x - y)^2);
        row(v) = -eps * logsumexp[m](log(b) + (v - cost) / eps);
        column(v) = -eps * logsumexp[n](log(a) + (v - cost) / eps);
        g = scan[t](0 * b, v => column(row(v)))[t: iterations];
        f = row(g);
        sum(a * b * exp((f + g - cost) / eps) * cost)
        """;

    /// <summary>Entropic transport cost after a number of iterations, differentiated through them.</summary>
    /// <remarks>Cuturi, "Sinkhorn Distances: Lightspeed Computation of Optimal Transport", 2013, arXiv:1306.0895.</remarks>
    [Loss(SinkhornFormula)]
    public static partial float Sinkhorn(
        [Axes("n, k"), Differentiate] ReadOnlySpan<float> x, [Axes("m, k"), Differentiate] ReadOnlySpan<float> y,
        [Axes("n")] ReadOnlySpan<float> a, [Axes("m"), Differentiate] ReadOnlySpan<float> b,
        [Differentiate] float eps, int iterations);

    /// <summary>In <c>double</c>.</summary>
    [Loss(SinkhornFormula, Program = "SinkhornDoubleProgram")]
    public static partial double Sinkhorn(
        [Axes("n, k"), Differentiate] ReadOnlySpan<double> x, [Axes("m, k"), Differentiate] ReadOnlySpan<double> y,
        [Axes("n")] ReadOnlySpan<double> a, [Axes("m"), Differentiate] ReadOnlySpan<double> b,
        [Differentiate] double eps, int iterations);

    private const string TreeCrfFormula = """
        axis t = size(w);
        axis k = size(w);
        chart = scan[t](w == 0 ? s : -inf, prev =>
            w == t && i + w < len
                ? s + logsumexp[k](k < t ? prev[w: k] + prev[i: i + k + 1, w: t - k - 1] : -inf)
                : prev);
        logz = chart[t: size(t) - 1, i: 0, w: len - 1];
        mean(logz - sum[i, w](gold ? s : 0))
        """;

    /// <summary>Likelihood of a binary tree whose score is that of its spans: <c>s[n, i, w]</c> is the one of <c>w + 1</c> words from <c>i</c> on.</summary>
    /// <remarks>Zhang, Zhou and Li, "Fast and Accurate Neural CRF Constituency Parsing", 2020, arXiv:2008.03736.</remarks>
    [Loss(TreeCrfFormula)]
    public static partial float TreeCrf(
        [Axes("n, i, w = i"), Differentiate] ReadOnlySpan<float> s, [Axes("n, i, w = i")] ReadOnlySpan<bool> gold, [Axes("n")] ReadOnlySpan<int> len, int i);

    /// <summary>In <c>double</c>.</summary>
    [Loss(TreeCrfFormula, Program = "TreeCrfDoubleProgram")]
    public static partial double TreeCrf(
        [Axes("n, i, w = i"), Differentiate] ReadOnlySpan<double> s, [Axes("n, i, w = i")] ReadOnlySpan<bool> gold, [Axes("n")] ReadOnlySpan<int> len, int i);

    private const string MatrixTreeFormula = """
        axis t = size(a);
        axis e = size(a);
        valid = a < len && b < len;
        weight = valid && a != b ? exp(s) : 0;
        laplacian = a == b ? (b < len ? exp(root) + sum[e](weight[a: e]) : 1) : -weight;
        elim = scan[t](laplacian, prev => a >= t ? prev - prev[b: t - 1] * prev[a: t - 1] / prev[a: t - 1, b: t - 1] : prev);
        logz = sum[t](log(elim[a: t, b: t]));
        score = sum[b](b < len ? (head < 0 ? root : s[a: head]) : 0);
        mean(logz - score)
        """;

    /// <summary>Likelihood of a dependency tree, normalised by a determinant; a head below 0 is the root.</summary>
    /// <remarks>Koo, Globerson, Carreras and Collins, "Structured Prediction Models via the Matrix-Tree Theorem", 2007.</remarks>
    [Loss(MatrixTreeFormula)]
    public static partial float MatrixTree(
        [Axes("n, a, b = a"), Differentiate] ReadOnlySpan<float> s, [Axes("n, b"), Differentiate] ReadOnlySpan<float> root,
        [Axes("n, b")] ReadOnlySpan<int> head, [Axes("n")] ReadOnlySpan<int> len);

    /// <summary>In <c>double</c>.</summary>
    [Loss(MatrixTreeFormula, Program = "MatrixTreeDoubleProgram")]
    public static partial double MatrixTree(
        [Axes("n, a, b = a"), Differentiate] ReadOnlySpan<double> s, [Axes("n, b"), Differentiate] ReadOnlySpan<double> root,
        [Axes("n, b")] ReadOnlySpan<int> head, [Axes("n")] ReadOnlySpan<int> len);
}
