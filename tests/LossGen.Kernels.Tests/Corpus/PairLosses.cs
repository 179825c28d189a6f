namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Differences of all pairs of rows, whose gradients add up weighted differences in register tiles: sum[m](w[n, m] (x[n, d] - x[m, d])).</summary>
internal static class PairLosses
{
    /// <summary>Around the rows of a tile and of a block, the positions of a block, and the lanes of one and two vectors.</summary>
    private static readonly string[] Pairs = ["n=2,d=3", "n=6,d=16", "n=7,d=33", "n=75,d=17", "n=200,d=5", "n=13,d=70"];

    public static readonly LossCase[] All =
    [
        new("uniformity", "x real[n, d]; d int", "axis m = size(n); log(sum(n == m ? 0 : exp(-sum[d]((x - x[n: m])^2) / size(d))))", Pairs),
        new("mean distance of pairs", "x real[n, d]; d int", "axis m = size(n); mean(n == m ? 0 : sqrt(sum[d]((x - x[n: m])^2)))", Pairs),
        new("mean absolute difference of pairs", "x real[n, d]; d int", "axis m = size(n); mean(sum[d](abs(x - x[n: m])))", Pairs),
        new("contrastive pairs", "x real[n, d]; label int[n]: 0..3; d int",
            "axis m = size(n); e = sum[d]((x - x[n: m])^2) / size(d); mean(label == label[n: m] ? e : max(0, 2 - sqrt(e + 0.01))^2)", Pairs),
        new("distances of other labels", "x real[n, d]; label int[n]: 0..3; d int", "axis m = size(n); 1 - mean(label == label[n: m] ? 0 : sum[d]((x - x[n: m])^2))", Pairs),
        new("distances of unequal weights", "x real[n, d]; w! real[n]: 0.1..1; d int", "axis m = size(n); mean(w < w[n: m] ? w * sum[d]((x - x[n: m])^2) : 0) + 1", Pairs),
        new("cauchy kernel", "x! real[n, d]; y! real[m, d]; d int", "mean(1 / (1 + sum[d]((x - y)^2)))", ["n=2,m=7,d=3", "n=7,m=2,d=17", "n=75,m=13,d=33", "n=9,m=200,d=16"]),
        new("energy distance", "x! real[n, d]; y! real[m, d]; d int",
            "axis k = size(n); 2 * mean(sqrt(sum[d]((x - y)^2) + 0.1)) - mean(sqrt(sum[d]((x - x[n: k])^2) + 0.1)) + 1", ["n=2,m=7,d=3", "n=7,m=6,d=17", "n=75,m=13,d=33"]),
        new("absolute hinge of pairs", "x! real[n, d]; y real[m, d]; ok byte[m]: 0..1; d int", "mean(ok != 0 ? max(0, 1 - sum[d](abs(x - y)) / size(d)) : 0) + 1", ["n=2,m=7,d=3", "n=7,m=6,d=17", "n=75,m=13,d=33"]),
        new("covariances of dimensions", "x! real[n, d]; d int",
            "axis e = size(d); v = x - mean[n](x); mean[d](max(0, 1 - sqrt(mean[n](v^2) + 0.1))) + sum[d, e](d == e ? 0 : mean[n](v * v[d: e])^2) / size(d) + 1", Pairs),
        new("dependence of two kernels", "x! real[n, d]; y! real[n, d]; d int",
            "axis m = size(n); k = exp(-sum[d]((x - x[n: m])^2) / size(d)); l = mean[d](y * y[n: m]); mean((k - mean[n](k) - mean[m](k) + mean[n, m](k)) * l) + 1", Pairs),
        new("functions of columns", "x! real[n, d]; y! real[n, d]; d int", "axis e = size(d); mean(abs(sum[n](exp(x) * exp(y[d: e]))))", Pairs),
        new("weighted columns, differences", "x! real[n, d]; y! real[m, d]; g real[n, m]: 0.1..1; d int; m int", "mean(sum[n](g > 0.2 ? (x - y) * exp(g) : 0)^2)", ["n=2,m=7,d=3", "n=7,m=6,d=17", "n=75,m=13,d=33"]),
        new("products of other labels", "x! real[n, d]; y real[n, d]; keep byte[n, d]: 0..1; d int", "axis m = size(n); mean(sum[d](keep[n: m] != 0 ? x * y[n: m] : 0)^2) + 1", Pairs),
        // Weights that are infinite where the pair does not count.
        new("norms of equal labels", "x! real[n, d]; label int[n]: 0..3; d int", "axis m = size(n); 1 + mean(label == label[n: m] && n != m ? norm[d](x - x[n: m]) : 0)", Pairs),
        new("norms of other labels, as far as they are small", "x! real[n, d]; label int[n]: 0..3; d int",
            "axis m = size(n); 1 + mean(label == label[n: m] ? 0 : max(0, 2 - norm[d](x - x[n: m]))^2)", Pairs),
    ];
}
