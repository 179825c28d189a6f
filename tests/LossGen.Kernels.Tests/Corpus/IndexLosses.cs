namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Shifted, renamed and computed indices, windows and local axes.</summary>
internal static class IndexLosses
{
    private static readonly string[] Rows = ["n=1,w=1", "n=3,w=2", "n=2,w=16", "n=17,w=10", "n=5,w=17", "n=2,w=33", "n=3,w=100"];
    private static readonly string[] Lines = ["w=1", "w=2", "w=3", "w=15", "w=16", "w=17", "w=18", "w=31", "w=33", "w=34", "w=100", "w=4099"];
    private static readonly string[] Pictures = ["n=1,c=1,h=1,w=1", "n=2,c=3,h=5,w=7", "n=2,c=2,h=4,w=16", "n=1,c=2,h=3,w=33", "n=2,c=2,h=2,w=2"];
    private static readonly string[] Pairs = ["n=1,d=1", "n=3,d=5", "n=17,d=8", "n=16,d=16", "n=5,d=33"];

    public static readonly LossCase[] All =
    [
        // Shifts along the axis of the lanes and along others.
        new("difference", "x real[]", "sum((x[i: i + 1] - x)^2)", Shapes.Long),
        new("difference backwards", "x real[]", "sum((x - x[i: i - 1])^2)", Shapes.Flat),
        new("mean difference", "x real[]; y real[]", "mean((x[i: i + 1] - y)^2)", Shapes.Flat[2..]),
        new("second difference", "x real[]", "sum((x[i: i + 1] - 2 * x + x[i: i - 1])^2)", Shapes.Long),
        new("difference by far", "x real[]", "sum(abs(x[i: i + 7] - x))", Shapes.Long),
        new("difference by a parameter", "x real[n, w]; w int; lag int = 2", "sum((x[w: w + lag] - x)^2) + sum(x[w: w - lag])^2", Rows),
        new("difference by a negative parameter", "x real[n, w]; w int; lag int = -3", "sum((x[w: w + lag] - x)^2)", Rows),
        new("mirrored", "x real[n, w]; w int", "sum((x - x[w: size(w) - 1 - w])^2 * (w + 1))", Rows),
        new("outer difference", "x real[n, w]; w int", "sum((x[n: n + 1] - x)^2 * (w + 1))", Rows),
        new("both differences", "x real[n, w]; w int", "sum((x[n: n + 1, w: w + 1] - x)^2)", Rows),
        new("total variation", "x real[n, c, h, w]; c int; h int; w int", "sum((x[w: w + 1] - x)^2) + sum((x[h: h + 1] - x)^2)", Pictures),
        new("absolute total variation", "x real[n, c, h, w]; c int; h int; w int", "sum(abs(x[w: w + 1] - x)) + sum(abs(x[h: h + 1] - x))", Pictures),
        new("edges", "x real[n, c, h, w]; y real[n, c, h, w]; c int; h int; w int",
            "mean(abs(x[w: w + 1] - x - y[w: w + 1] + y)) + mean(abs(x[h: h + 1] - x - y[h: h + 1] + y))", Pictures[1..]),
        new("guarded shift", "x real[n, w]; w int", "mean((x - (w > 0 ? x[w: w - 1] : 0))^2)", Rows),
        new("guarded shift by an edge value", "x real[n, w]; w int", "mean((x - (w + 1 < size(w) ? x[w: w + 1] : x[w: 0]))^2)", Rows),
        new("guard by equality", "x real[n, w]; w int", "mean((x - (w == 0 ? 0 : x[w: w - 1]))^2)", Rows),
        new("masked pairs", "x real[n, w]; mask byte[n, w]; w int", "sum(mask != 0 && mask[w: w + 1] != 0 ? (x[w: w + 1] - x)^2 : 0)", Rows),
        new("guarded masks", "x real[n, w]; mask byte[n, w]; w int", "sum(w > 0 && mask[w: w - 1] != 0 ? x[w: w - 1] * x : x^2)", Rows),
        new("shift under a mask", "x real[n, w]; mask byte[n, w]; w int", "sum(mask != 0 ? x[w: w + 1]^2 : 0)", Rows),
        new("shifted softmax", "x real[n, w]; w int", "p = softmax[w](x); sum((p[w: w + 1] - p)^2)", Rows),
        new("softmax of shifts", "x real[n, w]; w int", "sum(softmax[w](x[w: w + 1] - x)^2) + 10", Rows[1..]),
        new("shifted maximum", "x real[n, w]; w int", "sum(max[w](x[w: w + 1] - x))", Rows[1..]),
        new("even and odd", "x real[n, w]; w int", "sum((x[w: 2 * w] - x[w: 2 * w + 1])^2)", Rows),

        new("rows walked by columns", "p! real[n, k = 3]; to each real[n, k]; n int", "mean(mean[k](sigmoid(mean(p)) * p)[n: k]) + p", ["n=1", "n=3", "n=5", "n=17"]),

        // Windows.
        new("moving sum", "x real[]", "axis u = 3; sum(sum[u](x[i: i + u])^2)", Shapes.Flat),
        new("convolution", "x! real[w]; k! real[r = 5]", "axis u = 5; sum(sum[u](k[r: u] * x[w: w + u])^2)", Lines),
        new("convolution over channels", "x! real[n, c, w]; k! real[c, r = 3]; c int; w int", "axis u = 3; sum(sum[c, u](k[r: u] * x[w: w + u])^2)", ["n=1,c=1,w=3", "n=2,c=3,w=17", "n=3,c=2,w=35"]),
        new("local mean", "x real[n, h, w]; h int; w int", "axis u = 2; axis v = 3; m = mean[u, v](x[h: h + u, w: w + v]); sum((m - x)^2)", ["n=1,h=2,w=3", "n=2,h=5,w=7", "n=1,h=4,w=19", "n=2,h=3,w=33"]),
        new("local variance", "x real[n, h, w]; h int; w int",
            "axis u = 2; axis v = 2; m = mean[u, v](x[h: h + u, w: w + v]); q = mean[u, v](x[h: h + u, w: w + v]^2); mean(log(1 + q - m^2))", ["n=1,h=2,w=3", "n=2,h=5,w=7", "n=1,h=4,w=19"]),
        new("window of a parameter", "x real[n, w]; w int; radius int = 2", "axis u = 2 * radius + 1; sum(max[u](x[w: w + u]))", Rows),
        new("stencil of positions", "x real[]", "axis u = 5; g = exp(-(u - 2)^2 / 2); sum(sum[u](g * x[i: i + u])^2) / sum(g)^2", Shapes.Flat),
        new("pooling", "x real[n, w]; w int", "axis u = 2; sum(max[u](x[w: 2 * w + u])^2)", Rows),

        new("halves", "x real[n, w]; w int", "axis k = div(size(w), 2); sum((x[w: 2 * k] - x[w: 2 * k + 1])^2 * (k + 1))", Rows),
        new("coarse differences", "x real[n, h, w]; h int; w int",
            "axis p = div(size(h), 2); axis q = div(size(w), 2); axis u = 2; axis v = 2; m = mean[u, v](x[h: 2 * p + u, w: 2 * q + v]); sum((m[q: q + 1] - m)^2) + sum((m[p: p + 1] - m)^2)",
            ["n=1,h=2,w=3", "n=2,h=5,w=7", "n=1,h=4,w=34", "n=2,h=1,w=5"]),
        new("second half", "x real[n, w]; w int", "axis k = div(size(w), 2); sum(x[w: k] * x[w: k + size(k)])", Rows),

        // A tensor walked twice.
        new("pairs", "x real[n]", "axis m = size(n); sum((x - x[n: m])^2 * (m < n ? 1 : 0.5))", ["n=0", "n=1", "n=3", "n=16", "n=17", "n=33"]),
        new("means by pairs", "x! real[n, c]; v! real[n, c]; c int", "axis q = size(n); sum(mean[n](exp(x[n: q]) + v)) + 1", ["n=0,c=3", "n=1,c=1", "n=5,c=3", "n=17,c=2"]),
        new("pairwise hinge", "x real[n]; y real[n]", "axis m = size(n); sum(y > y[n: m] ? max(0, 1 - (x - x[n: m])) : 0)", ["n=1", "n=3", "n=16", "n=17", "n=33"]),
        new("gram matrix", "x real[n, d]; d int", "axis m = size(n); sum(sum[d](x * x[n: m])^2)", Pairs),
        new("pairwise distance", "x real[n, d]; d int", "axis m = size(n); sum(sqrt(sum[d]((x - x[n: m])^2) + 0.1))", Pairs),
        new("similarities both ways", "a! real[n, d]; b! real[n, d]; tau! real = 0.7; d int",
            "axis m = size(n); s = sum[d](a * b[n: m]) / tau; (mean(logsumexp[m](s)) + mean(logsumexp[n](s))) / 2 - mean(sum[d](a * b) / tau) + 1", Pairs[1..]),
        new("similarities without the own", "z! real[n, d]; tau! real = 0.7; d int",
            "axis m = size(n); s = sum[d](z * z[n: m]) / tau; mean(logsumexp[m](m == n ? -inf : s) - s[m: mod(n + 1, size(n))]) + 1", Pairs[1..]),
        new("hardest pairs", "x real[n, d]; label int[n]: 0..2 whole; d int",
            "axis m = size(n); e = sum[d]((x - x[n: m])^2); far = max[m](label == label[n: m] ? e : -1); mean(max(0, far - min[m](label == label[n: m] ? 1000 : e) + 1000))", Pairs),
        new("correlation of features", "x real[n, d]; d int", "axis e = size(d); u = x - mean[n](x); s = mean[n](u * u[d: e]); sum(d == e ? (s - 1)^2 : 0.1 * s^2)", Pairs),
        new("triples", "x real[n]", "axis j = size(n); axis k = size(n); mean(max(0, x + x[n: j] - x[n: k] + 1)^2)", ["n=1", "n=3", "n=9", "n=17"]),

        // Computed indices.
        new("circular shift", "x real[n, w]; w int", "sum((x - x[w: mod(w + 1, size(w))])^2 * (w + 1))", Rows),
        new("clamped shift", "x real[n, w]; w int", "sum((x - x[w: min(w + 2, size(w) - 1)])^2)", Rows),
        new("numbers beside each other inside", "x real[n, w]; w int", "f = w < 2 ? x : -inf; mean(exp(f - (f > -inf ? round(f) : 0)))", Rows),
        new("replicated edges", "x real[n, w]; w int", "sum((x[w: max(w - 1, 0)] - x)^2)", Rows),
        new("nearest neighbours up", "x real[n, w]; w int", "sum(x[w: div(w, 2)]^2 * (w + 1))", Rows),
        new("label plus one", "x real[n, w]; label int[n]: 0..w; w int", "mean(x[w: mod(label + 1, size(w))]^2)", Rows),
        new("index from a mean", "x! real[w]; p real[n, w]; w int", "axis g = div(size(w), 2); sum(p[w: g][g: mod(mean(p) > 0 ? 1 : 0, size(g))]) * sum(x)", Rows[1..]),
        new("index from a mask", "p! real[n, c]; mask bool[n]; c int", "mean(p[c: mod(mask ? 1 : 0, size(c))]^2)", ["n=1,c=1", "n=5,c=2", "n=17,c=5"]),
        // The windows are whole at the positions that another axis walks, too.
        new("means of windows along another axis", "x! real[n]", "axis g = size(n); axis r = 2; t = mean[r](x[n: n + r]); sum[g](t[n: g]^2)", ["n=2", "n=5", "n=17"]),
        // Nothing but the check of the index needs the size of the axis.
        new("first of a local axis", "x! real[n]; s! real = 0.5", "axis g = div(size(n), 2); exp((s + x[n: g])[g: 0])", ["n=2", "n=5", "n=17"]),
        // Where a window is not whole, its reciprocals are nothing, and neither are they in the gradient.
        new("reciprocals of windows beside a guard", "p! real[c]: 0.3..2; q! real[n]",
            "axis r = 3; t = sum[r](1 / p[c: 2 * c + r]); sum[r, c]((t + q[n: r]) / sum[r](exp(t + q[n: r])))", ["c=3,n=3", "c=5,n=4", "c=17,n=1", "c=33,n=2"]),
        new("a quotient beside what has an axis more", "v! real[k = 3]: 0.5..2; p real[n]: 0.5..2", "t = (mean(p) * p)[n: k]; sum(log(v / t) + p)", ["n=1", "n=2", "n=3", "n=17"]),
        // Each position of the window looks at another element for the term that is the extreme.
        new("extreme of a window", "x! real[c]", "axis r = 1; mean(1 / min[c](softmax[c](clamp(x[c: c + r], -1, 1.5))))", ["c=1", "c=2", "c=15", "c=17"]),
        new("extremes of windows", "x! real[c]", "axis r = 2; sum(max[c](softmax[c](x[c: c + r]))^2) + min[c](sum[r](softmax[c](x[c: c + r])))", ["c=2", "c=5", "c=17", "c=33"]),
        new("label of a label", "x real[n]; next int[n]: 0..n", "sum(x[n: next[n: next]]^2)", ["n=1", "n=3", "n=16", "n=17"]),
        new("two gathers at once", "x real[n, w]; row int[k]: 0..n; column int[k]: 0..w; w int", "mean(x[n: row, w: column]^2)", ["n=1,w=1,k=3", "n=5,w=4,k=17", "n=17,w=10,k=33"]),
        new("gather of an expression", "x real[n, w]; label int[n]: 0..w; w int", "mean((x^2 / (1 + sum[w](x^2)))[w: label])", Rows),
        new("next token", "z real[n, t, c]; label int[n, t]: 0..c; t int; c int", "-mean(log_softmax[c](z)[c: label[t: t + 1]])", ["n=1,t=2,c=3", "n=2,t=5,c=17", "n=3,t=3,c=16"]),
        new("embedding", "table! real[c, d]; word int[n]: 0..c; y real[n, d]; d int", "mean((table[c: word] - y)^2)", ["n=1,c=2,d=1", "n=9,c=3,d=17", "n=33,c=5,d=4"]),
        new("bilinear", "u! real[n]; c! real[m]; r int[k]: 0..n; s int[k]: 0..m; y real[k]", "mean((u[n: r] * c[m: s] - y)^2)", ["n=1,m=1,k=1", "n=5,m=3,k=17", "n=3,m=9,k=33"]),
        new("labels of two images", "z! real[n, c]; a int[n]: 0..c; b int[n]: 0..c; k real = 0.25", "lp = log_softmax[c](z); -mean(k * lp[c: a] + (1 - k) * lp[c: b])",
            ["n=3,c=1", "n=5,c=2", "n=17,c=10", "n=17,c=17", "n=9,c=33"]),
        // The gradient is summed in place where rows make one chunk, and from the arrays of chunks otherwise.
        new("embedding of many words", "table! real[c, d]; word int[n]: 0..c; y real[n, d]; d int", "mean((table[c: word] - y)^2)", ["n=2100,c=3,d=17", "n=2100,c=2,d=5", "n=2100,c=3000,d=5"]),
        new("embedding of halves", "table! Half[c, d]; word int[n]: 0..c; y real[n, d]; d int", "mean((table[c: word] - y)^2)", ["n=9,c=3,d=17", "n=33,c=5,d=4"]),
        new("embedding with decay", "table! real[c, d]; word int[n]: 0..c; y real[n, d]; d int", "mean((table[c: word] - y)^2) + 0.1 * sum(table^2)", ["n=9,c=3,d=17", "n=33,c=5,d=4"]),
        // A position lies in few of the windows that stand several positions apart.
        new("sums of pairs", "x! real[n]", "axis r = 2; axis u = div(size(n), 2); mean(sum[r](x[n: 2 * u + r])^2)", ["n=2", "n=5", "n=33", "n=64"]),
        new("windows two apart", "x! real[n]", "axis r = 3; axis u = div(size(n) - 1, 2); mean(exp(sum[r](x[n: 2 * u + r])))", ["n=3", "n=6", "n=33", "n=64"]),
        new("windows with gaps", "x! real[n]", "axis r = 2; axis u = div(size(n), 3); mean(prod[r](1 + x[n: 3 * u + r]))", ["n=3", "n=7", "n=50", "n=64"]),
        new("windows backwards", "x! real[n]", "axis r = 3; axis u = div(size(n) - 1, 2); mean(sin(sum[r](x[n: size(n) - 1 - 2 * u - r])))", ["n=3", "n=6", "n=33", "n=64"]),
        new("windows from the end", "x! real[n]", "axis r = 3; axis u = div(size(n) - 1, 2); mean(sin(sum[r](r * x[n: size(n) - 3 - 2 * u + r])))", ["n=3", "n=6", "n=33", "n=64"]),
        new("frames", "x! real[b, t]; win! real[r = 5]; t int", "axis f = div(size(t) - 3, 2); mean(log(1 + sum[r](win * x[t: 2 * f + r])^2))", ["b=1,t=5", "b=2,t=9", "b=3,t=40"]),
        new("frames of any length", "x! real[t]; win! real[r]", "axis f = div(size(t) - size(r), 2) + 1; mean(sum[r](win * x[t: 2 * f + r])^2)", ["t=5,r=3", "t=9,r=1", "t=40,r=7"]),
        new("pooled pictures", "x! real[b, h, w]; y real[b, h, w]; h int; w int",
            "axis r = 2; axis q = 3; axis u = div(size(h), 2); axis v = div(size(w) - 1, 2); px = mean[r, q](x[h: 2 * u + r, w: 2 * v + q]); py = mean[r, q](y[h: 2 * u + r, w: 2 * v + q]); mean(sqrt((px - py)^2 + 0.01))",
            ["b=1,h=2,w=3", "b=2,h=5,w=8", "b=1,h=8,w=37"]),
        new("greatest of windows", "x! real[h, w]; w int", "axis r = 2; axis q = 2; axis u = div(size(h), 2); axis v = div(size(w), 2); mean(max[r, q](x[h: 2 * u + r, w: 2 * v + q])^2)", ["h=2,w=2", "h=5,w=8", "h=8,w=37"]),
        new("a convolution two apart", "x! real[h, w]; k! real[r = 3, q = 3]; w int", "axis u = div(size(h) - 1, 2); axis v = div(size(w) - 1, 2); mean(tanh(sum[r, q](k * x[h: 2 * u + r, w: 2 * v + q])))", ["h=3,w=3", "h=6,w=8", "h=9,w=37"]),
        new("a table of scalars", "b! real[c]; word int[n]: 0..c; y real[n]", "mean((b[c: word] - y)^2)", ["n=1,c=1", "n=9,c=3", "n=33,c=17", "n=2100,c=21"]),
        // All that a table is given by several reads comes together in one array.
        new("pairs of a table", "e! real[c, d]; a int[n]: 0..c; b int[n]: 0..c; d int", "mean((e[c: a] - e[c: b])^2 * (1 + e[c: a]))", ["n=1,c=2,d=1", "n=9,c=3,d=17", "n=33,c=5,d=4", "n=2100,c=3,d=17"]),
        new("pairs of scalars of a table", "e! real[c]; a int[n]: 0..c; b int[n]: 0..c", "mean(exp(e[c: a] * e[c: b]))", ["n=1,c=2", "n=9,c=3", "n=33,c=5", "n=2100,c=3"]),
        new("others of a table", "e! real[c, d]; a int[n]: 0..c; b int[n, k]: 0..c; d int; k int", "mean(log_sigmoid(sum[d](e[c: a] * e[c: b])))", ["n=1,c=2,d=1,k=2", "n=9,c=3,d=17,k=3", "n=33,c=5,d=4,k=1"]),
        // Inside of the tensor, a condition comes down to what another statement keeps.
        new("windows of windows", "x real[n]", "axis q = size(n); axis r = 2; 1 + mean[r, q](mean[r, q](sigmoid(x[n: n + r][n: q])) + x[n: n + q][n: r])", ["n=1", "n=8", "n=15", "n=33"]),
        // Planes of scores: a lane's own row is picked as the rows pass by.
        new("labels of pictures", "z! real[n, c, w]; label int[n, w]: 0..c; n int; c int", "-mean(log_softmax[c](z)[c: label])", ["n=1,c=1,w=1", "n=2,c=2,w=17", "n=1,c=5,w=300", "n=2,c=6,w=530"]),
        new("labels of pictures with a ratio", "z! real[n, c, w]; label int[n, w]: 0..c; n int; c int",
            "lp = log_softmax[c](z); y = c == label ? 1 : 0; p = exp(lp); mean(1 - (2 * sum[w](p * y) + 1) / (sum[w](p + y) + 1)) - mean(lp[c: label])", ["n=1,c=1,w=1", "n=2,c=3,w=17", "n=2,c=5,w=530"]),
        new("labels that may be none", "z! real[n, c, w]; label int[n, w]: 0..c; n int; c int", "lp = log_softmax[c](z); mean(label == 0 ? 0 : exp(lp[c: label - 1]) * lp[c: label])", ["n=1,c=1,w=3", "n=2,c=4,w=33", "n=1,c=3,w=270"]),
        new("margins of pictures", "z! real[c = 3, w]; label int[w]: 0..c; w int", "mean(max(0, 1 - z[c: label] + sum[c](z^2)))", ["w=1", "w=17", "w=300"]),
    ];
}
