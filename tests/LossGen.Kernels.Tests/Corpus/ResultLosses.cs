namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Losses per sample and per element: a span receives the result, and another one brings the upstream derivatives.</summary>
internal static class ResultLosses
{
    private const string Logits = "z real[n, c]; label int[n]: 0..c; to each real[n]";

    private static readonly string[] Matrices = ["n=0,c=3", "n=1,c=1", "n=3,c=2", "n=2,c=16", "n=17,c=10", "n=5,c=17", "n=33,c=3"];

    public static readonly LossCase[] All =
    [
        // One result for each element.
        new("squared errors", "x! real[]; y! real[]; to each real[]", "(x - y)^2", Shapes.Long),
        new("bce of each", "z real[]; y real[]: 0..1; to each real[]", "softplus(z) - y * z", Shapes.Long),
        new("naive bce of each", "z real[]; y real[]: 0..1; to each real[]", "p = sigmoid(z); -(y * log(p) + (1 - y) * log(1 - p))", Shapes.Flat),
        new("huber of each", "x real[]; y real[]; to each real[]; delta real = 0.75", "d = abs(x - y); d <= delta ? 0.5 * d^2 : delta * (d - 0.5 * delta)", Shapes.Flat),
        new("masked squares", "x real[]; mask byte[]; to each real[]", "mask != 0 ? x^2 : 0", Shapes.Flat),
        new("the tensor itself", "x real[]; to each real[]", "x", Shapes.Flat),
        new("pixels", "z real[n, c, h, w]; y byte[n, c, h, w]; to each real[n, c, h, w]", "softplus(z) - y * z", Shapes.Pictures),
        new("softmax", "x real[n, c]; to each real[n, c]; c int", "softmax[c](x) * x", Matrices),
        new("log_softmax", "x real[n, c]; to each real[n, c]; c int", "log_softmax[c](x) * x", Matrices),
        new("softmax against targets", "x real[n, c]; y! real[n, c]; to each real[n, c]; c int", "(softmax[c](x) - y)^2", Matrices),
        new("standardised", "x real[n, c]; to each real[n, c]; c int", "m = mean[c](x); v = mean[c]((x - m)^2); x * (x - m) / sqrt(v + 0.1)", Matrices),
        new("deviations from the mean", "x real[]; to each real[]", "(x - mean(x))^2", Shapes.Flat),
        new("scaled by a scalar", "x! real[]; a! real = 1.5; b! real = 0.25; to each real[]", "exp(a * x) + b", Shapes.Flat),
        new("float tensor, other result", "x! float[]; y! real[]; to each real[]", "(x - y)^2", Shapes.Flat),

        new("half results", "x! Half[]; y! real[]; to each Half[]", "(x - y)^2", Shapes.Long),
        new("half softmax", "x Half[n, c]; to each Half[n, c]; c int", "softmax[c](x) * x", Matrices),
        new("half results in another order", "x real[n, c]; to each Half[c, n]; c int", "x^2", Matrices),

        // One result for each sample.
        new("cross-entropy of each", Logits, "-log_softmax[c](z)[c: label]", Shapes.Rows),
        new("naive cross-entropy of each", Logits, "p = exp(z) / sum[c](exp(z)); -log(p[c: label])", Shapes.Rows),
        new("smoothed cross-entropy of each", Logits + "; eps real = 0.1", "lp = log_softmax[c](z); -((1 - eps) * lp[c: label] + eps * mean[c](lp))", Shapes.Classes),
        new("weighted cross-entropy of each", "z! real[n, c]; label int[n]: -1..c; w! real[c]: 0.5..2; ignore int = -1; to each real[n]",
            "label == ignore ? 0 : -w[c: label] * log_softmax[c](z)[c: label]", ["n=3,c=1", "n=17,c=2", "n=17,c=10", "n=17,c=16", "n=17,c=17", "n=33,c=33"]),
        new("temperature of each", "z! real[n, c]; label int[n]: 0..c; tau! real = 1.5; to each real[n]", "-log_softmax[c](z / tau)[c: label]", Shapes.Classes),
        new("pixel cross-entropy", "z real[n, c, h, w]; label int[n, h, w]: 0..c; to each real[n, h, w]; n int", "-log_softmax[c](z)[c: label]", Shapes.Pictures),
        new("triplets of each", "a! real[n, d]; p! real[n, d]; q! real[n, d]; to each real[n]; margin real = 1",
            "max(0, sum[d]((a - p)^2) - sum[d]((a - q)^2) + margin)", Matrices.Select(s => s.Replace("c=", "d=")).ToArray()),
        new("boxes of each", "p real[n, k = 4]: 1..2; t real[n, k]: 1..2; to each real[n]",
            "iw = min(p[k: 0] + p[k: 2], t[k: 0] + t[k: 2]) - max(p[k: 0], t[k: 0]); 1 - iw / (p[k: 2] + t[k: 2] - iw)", ["n=0", "n=1", "n=3", "n=16", "n=33"]),
        new("dice of each picture", "z real[n, h, w]; y byte[n, h, w]; to each real[n]", "p = sigmoid(z); 1 - (2 * sum[h, w](p * y) + 1) / (sum[h, w](p) + sum[h, w](y) + 1)",
            ["n=0,h=2,w=3", "n=1,h=1,w=1", "n=3,h=5,w=7", "n=17,h=4,w=4", "n=2,h=33,w=3"]),

        // Axes.
        new("result in another order", "x real[n, c]; to each real[c, n]; c int", "(x - 1)^2", Matrices),
        new("softmax in another order", "x real[n, c]; to each real[c, n]; c int", "softmax[c](x) * x", Matrices),
        new("three axes in another order", "x real[a, b, c]; to each real[c, a, b]; a int; b int", "exp(x)", ["a=2,b=3,c=4", "a=1,b=17,c=5", "a=5,b=2,c=17"]),
        new("result that lost an axis", "x real[n, c]; p! real[n, c]; to each real[n, c]; c int", "false ? x : max[c](p)", Matrices[1..]),
        new("result that lost all axes", "x! real[n, c]; to each real[n, c]; c int", "false ? x : mean(x^2)", Matrices[1..]),
        new("result before the tensors", "to each real[n]; z real[n, c]", "sum[c](z^3)", Matrices),
        new("columns", "x real[n, c]; to each real[c]", "sum[n](x^2)", Matrices),
        new("pairs", "x! real[n]; y! real[c]; to each real[n, c]", "(x - y)^2 * x", Matrices),
        new("pairs in another order", "x! real[n]; y! real[c]; to each real[c, n]", "(x - y)^2 * x", Matrices),
        new("pairwise distances", "a! real[n, d]; b! real[m, d]; to each real[n, m]; d int", "sum[d]((a - b)^2)", ["n=1,m=1,d=1", "n=3,m=4,d=5", "n=17,m=16,d=8", "n=5,m=33,d=2"]),
        new("size from the result", "x real[n]; to each real[n, m]", "x^2 * (m + 1)", ["n=1,m=1", "n=3,m=5", "n=17,m=3", "n=2,m=33"]),
        new("gather of a vector", "w! real[c]; label int[n]: 0..c; to each real[n]", "w[c: label]^2", Matrices[1..]),
        new("gather of rows", "x real[n, c]; row int[m]: 0..n; to each real[m, c]; c int", "x[n: row]^2", ["n=3,c=2,m=1", "n=5,c=16,m=9", "n=17,c=10,m=33", "n=2,c=17,m=5"]),
        new("two gathers", "w! real[c]; label int[n]: 0..c; other long[n]: 0..c; to each real[n]", "w[c: label] * w[c: other]", Matrices[1..]),

        // Beside other outputs, and through calls.
        new("parts beside results", Logits + "; out total; out worst", "each_row = -log_softmax[c](z)[c: label]; total = mean(each_row); worst = max(each_row); each_row", Shapes.Rows[6..]),
        new("mean of a called loss", "z real[]; y real[]: 0..1", "mean(Each(z, y))", Shapes.Flat, "[Loss(\"softplus(z) - y * z\")] public static partial void Each(ReadOnlySpan<real> z, ReadOnlySpan<real> y, Span<real> each);"),
        new("call with result axes", "z real[b, k]; label int[b]: 0..k; w real[b]; to each real[b]", "w * Rows[n: b, c: k](z, label)", ["b=1,k=2", "b=3,k=10", "b=17,k=17"],
            "[Loss(\"-log_softmax[c](z)[c: label]\")] public static partial void Rows([Axes(\"n, c\")] ReadOnlySpan<real> z, [Axes(\"n\")] ReadOnlySpan<int> label, [Axes(\"n\")] Span<real> each);"),
        new("call of any axes", "z real[n, c]; y real[n]; to each real[n]", "sum[c](Each(z, y))", Matrices,
            "[Loss(\"(x - y)^2\")] public static partial void Each(ReadOnlySpan<real> x, ReadOnlySpan<real> y, Span<real> each);"),
    ];
}
