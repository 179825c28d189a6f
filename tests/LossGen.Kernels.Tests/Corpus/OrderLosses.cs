namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Positions of extremes and sorting.</summary>
internal static class OrderLosses
{
    private static readonly string[] Lines = ["n=1", "n=2", "n=7", "n=16", "n=17", "n=33", "n=65", "n=300"];
    private static readonly string[] Rows = ["n=1,c=1", "n=3,c=2", "n=2,c=16", "n=17,c=10", "n=5,c=17", "n=2,c=65"];

    public static readonly LossCase[] All =
    [
        new("first maximum", "x real[n, c]; y! real[n, c]; c int", "mean(y[c: argmax[c](x)]^2) + mean(y)", Rows),
        new("first of equal minima", "x real[n, c]: 0..2 whole; y! real[n, c]; c int", "mean(y[c: argmin[c](x)]^2)", Rows),
        new("own maximum", "x real[n, c]; c int", "mean(x[c: argmax[c](x)]^2)", Rows),
        new("column maximum", "x real[n, c]; c int", "mean(x[n: argmax[n](x)]^2)", Rows),
        new("maximum as a number", "x real[n, c]; y! real[n]; c int", "mean((y - argmax[c](x))^2)", Rows),
        new("sorted", "x real[n]", "s = x[n: argsort[n](x)]; sum(s * (n + 1))", Lines),
        new("sorted with ties", "x real[n]: 0..3 whole; y! real[n]", "s = y[n: argsort[n](x)]; sum(s^2 * (n + 1))", Lines),
        new("sorted rows", "x real[n, c]; c int", "s = x[c: argsort[c](x)]; sum(s^2 * (c + 1))", Rows),
        new("sorted columns", "x real[n, c]; c int", "s = x[n: argsort[n](x)]; sum(s * (n + 1) * (c + 1))", Rows),
        new("descending", "x real[n, c]; c int", "s = x[c: argsort[c](-x)]; sum((s[c: c + 1] - s)^2)", Rows),
        new("sorted by another", "x! real[n]; k real[n]", "s = x[n: argsort[n](k)]; sum((s[n: n + 1] - s)^2)", Lines),
        new("earth mover between samples", "x! real[n]; y! real[n]", "mean(abs(x[n: argsort[n](x)] - y[n: argsort[n](y)]))", Lines),
        new("ranks", "x real[n]; y! real[n]", "r = argsort[n](argsort[n](x)); mean((y - r)^2)", Lines),
        new("order along an axis of fixed size", "x real[n, k = 3]; p! real[n, k]", "sum(argsort[k](x) > 0 ? p^2 : p)", ["n=1", "n=5", "n=17"]),
        new("smallest two", "x real[n, c]; c int", "s = x[c: argsort[c](x)]; mean(s[c: 0] + 2 * s[c: size(c) - 1])", Rows),
        new("median", "x real[n, c]; c int", "mean(x[c: argsort[c](x)][c: div(size(c), 2)]^2)", Rows),
        new("trimmed mean of errors", "x real[n]; y real[n]", "e = (x - y)^2; s = e[n: argsort[n](e)]; sum(n < size(n) - div(size(n), 4) ? s : 0)", Lines),
    ];
}
