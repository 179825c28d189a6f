namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Axes, reductions, indices, element types, conditions and calls, each as small as it gets.</summary>
internal static class StructureLosses
{
    private static readonly string[] Matrices = ["n=1,c=1", "n=3,c=2", "n=2,c=16", "n=17,c=10", "n=5,c=17", "n=33,c=3"];

    public static readonly LossCase[] All =
    [
        // Reductions, over the inner axis, over the outer axis, over both.
        .. new[] { "sum", "mean", "max", "min", "prod", "logsumexp", "norm" }.SelectMany(Reduction),
        new("max with many ties", "x real[n, c]: 0..2 whole; c int", "mean(max[c](x)) + max(x)", Matrices),
        new("min with many ties", "x real[n, c]: 0..2 whole; c int", "mean(min[c](x)) + min(x)", Matrices),
        new("max with outer ties", "x real[n, c]: 0..2 whole; c int", "mean(max[n](x) + min[n](x))", Matrices),
        new("prod with zeros", "x real[n, c]: 0..2 whole; c int", "sum(prod[c](x))", ["n=3,c=1", "n=9,c=2", "n=17,c=3", "n=33,c=5"]),
        new("norm of one number", "x real[]", "axis r = 1; s = sum(x); mean(x / (norm[r](s * (r + 1)) + 1))", Shapes.Flat),
        new("product of all with a zero", "x real[]: 0.5..1.5", "prod(i == 1 ? 0 : x)", Shapes.Flat),
        new("any", "x real[n, c]; y! real[n]; c int", "mean(any[c](x > 2) ? y^2 : y + 4)", Matrices),
        new("all", "x real[n, c]; y! real[n]; c int", "mean(all[c](x < 2) ? y^2 : y + 4)", Matrices),
        new("count", "x real[n, c]; y! real[n]; c int", "mean(count[c](x > 0) * y^2 + count(x > 1))", Matrices),
        new("mean over the unmasked", "x real[]; mask byte[]", "sum(mask != 0 ? x^2 : 0) / count(mask != 0)", ["i=17", "i=31", "i=33", "i=100"]),
        new("masks of truth", "x real[]; mask bool[]", "mean(mask ? x^2 : 0) + mean(mask && x > 0 || !mask && x < 0 ? x^2 : 0)", Shapes.Flat),
        new("truth as a number", "x real[]; mask bool[]", "mean(mask * x^2)", Shapes.Flat),
        new("broken rows", "x real[n, c]; w real[n]; v real[c]", "mean((x - w * v)^2)", Matrices),
        new("outer axis broadcast gradient", "x real[n, c]; w! real[n]; v! real[c]", "mean((x - w * v)^2)", Matrices),
        new("column means", "x real[n, c]; c int", "mean((x - mean[n](x))^2)", Matrices),
        new("row and column means", "x real[n, c]; c int", "mean((x - mean[n](x) - mean[c](x) + mean(x))^2)", Matrices),
        new("standardised rows", "x real[n, c]; y real[n, c]; c int", "m = mean[c](x); v = mean[c]((x - m)^2); mean(((x - m) / sqrt(v + 0.1) - y)^2)", Matrices),
        new("softmax", "x real[n, c]; y real[n, c]; c int", "mean((softmax[c](x) - y)^2)", Matrices),
        new("strips beside vectors of another axis", "p! real[w, n]; q! real[n, c, w]; s real = 0.5; w int; to each real[n, w, c]",
            "t = min[c](sum[n](exp(p) + q)); u = mean[n](mean(softmax[n](t[w: size(w) - 1] < s ? p : 0)) + q); u + p", ["n=2,c=17,w=2", "n=1,c=300,w=5", "n=3,c=1,w=19"]),
        new("rows that overlap beside rows in tiles", "v! real[n, k = 3]",
            "axis q = size(k); axis g = div(size(k), 2); sum(norm[q](v + v[k: k + g][k: q])^-2)", ["n=9,k=3", "n=33,k=3", "n=1,k=3"]),
        new("sums of a window, one further", "x! real[n]; p! real[n]", "axis r = 3; sum[r](sin(sum[n](x * p[n: n + r])[r: r + 1]))", ["n=9", "n=40", "n=3"]),
        new("softmax along the outer axis", "x real[n, c]; y real[n, c]; c int", "mean((softmax[n](x) - y)^2)", Matrices),
        new("softmax of all", "x real[]; y real[]", "sum((softmax[i](x) - y)^2)", Shapes.Flat),
        new("log_softmax along the middle", "x real[n, c, w]; y real[n, c, w]; c int; w int", "-mean(log_softmax[c](x) * y^2)", ["n=2,c=3,w=5", "n=1,c=2,w=17", "n=3,c=17,w=2", "n=2,c=5,w=16"]),
        new("gather", "x real[n, c]; label int[n]: 0..c; c int", "mean(x[c: label]^2)", Matrices),
        new("gather of a vector", "w real[c]; label int[n]: 0..c", "mean(w[c: label]^2)", Matrices),
        new("gather twice", "w! real[c]; label int[n]: 0..c; other long[n]: 0..c", "mean(w[c: label] * w[c: other])", Matrices),
        new("gather by bytes", "x real[n, c]; label byte[n]: 0..c; c int", "mean(x[c: label]^2)", Matrices),
        new("gather by longs", "x real[n, c]; label long[n]: 0..c; c int", "mean(x[c: label]^2)", Matrices),
        new("gather of rows", "x real[n, c]; row int[m]: 0..n; y real[m, c]; c int", "mean((x[n: row] - y)^2)", ["n=3,c=2,m=1", "n=5,c=16,m=9", "n=17,c=10,m=33", "n=2,c=17,m=5"]),
        new("gather along the outer axis", "x real[n, c]; row int[c]: 0..n", "mean(x[n: row]^2)", Matrices),
        new("constant picks", "x real[n, k = 4]", "mean((x[k: 0] - x[k: 2])^2 + x[k: 3]^3 + 30)", ["n=0", "n=1", "n=3", "n=16", "n=17", "n=33"]),
        new("picks without axes", "x real[]; y real[]", "sum(x * y) * x[i: 0] + x[i: size(i) - 1]^3", ["i=1", "i=2", "i=17"]),
        new("constant pick of a row", "x real[n, c]; c int", "mean((x - x[n: 0])^2)", Matrices),
        new("picks and a mean", "x! real[]; y! real[]", "mean(x) * y[i: 0] + x[i: size(i) - 1]^2", Shapes.Flat[1..]),
        new("pick of a gather", "w! real[c]; place int[c]: 0..c", "w[c: place][c: size(c) - 1]^2 + mean(w)", ["c=1", "c=3", "c=17"]),
        new("least of a softmax of gathered values", "x! real[c]; place int[c]: 0..c", "min[c](softmax[c](x[c: place]))", ["c=1", "c=4", "c=5", "c=16", "c=17"]),
        new("greatest of gathered rows", "x! real[n, c]; row int[n]: 0..n; c int", "mean[n](max[c](softmax[c](x[n: row]) * (1 + softmax[c](x[n: row]))))", Matrices),
        new("a sum of no means of nothing", "s! real = 0.5; v real[n, c, m = n]; n int; c int", "sum(mean[m, n](max(1, s) + v)) * 3", ["c=0,n=0", "c=0,n=3", "c=31,n=1"]),
        new("sizes beside values in a divisor", "x! real[n, c]; y real[n]: 0.5..1; v real[m]; c int", "sum(x / (y * size(m))) + sum(v)", ["n=3,c=0,m=0", "n=3,c=2,m=5", "n=0,c=1,m=0"]),
        new("a mean of nothing is no number", "x! real[]; y real[]", "mean(mean(x) * y) > 0 ? sum(x^2) : 1 + sum(x^3)", ["i=0", "i=1", "i=17"]),
        new("truth gathered into lanes", "x! real[n, c]; on bool[n]; row int[n]: 0..n; c int", "mean(on[n: row] && x > 0 ? x^2 : x)", Matrices[1..]),
        new("truth gathered outside of lanes", "x! real[c]; on bool[n]: 0..1; row int[n]: 0..n", "sum(max[c]((on[n: row] ? 1 : 2) * x))", Matrices[1..]),
        new("softmax over one axis of a softmax over another", "x! real[n, c, m]; c int; n int", "t = softmax[c](x); mean(min(t, softmax[n](t)) * t)", ["n=1,c=1,m=1", "n=3,c=2,m=4", "n=3,c=2,m=17", "n=15,c=2,m=15"]),
        new("gather of rows by rows", "x! real[n, c]; row int[n]: 0..n; c int", "mean(max[c](x)[n: row]^2) + mean(exp(x)[n: row])", Matrices),
        new("positions", "x real[n, c]; c int", "mean((c + 1) * x^2 + n * x^2)", Matrices),
        new("position by a pick", "x real[n, c]; label int[n]: 0..c; c int", "mean(label == c ? (x - 1)^2 : x^2)", Matrices),
        new("sizes", "x real[n, c]; c int", "sum(x^2) / (size(n) * size(c)) + size(c)", Matrices),
        new("square", "m real[k = c, c]; x! real[n, c]; c int", "mean[n](sum[k](sum[c](m * x)^2))", ["n=3,c=2", "n=2,c=16", "n=5,c=5", "n=1,c=17"]),
        new("quadratic form", "m! real[k = c, c]; x! real[c]; y! real[k = c]", "sum(m * x * y)", ["c=1", "c=3", "c=16", "c=17"]),
        new("matrix and vector", "a! real[n, d]; v! real[d]", "mean(sum[d](a * v)^2)", ["n=1,d=1", "n=3,d=17", "n=17,d=16", "n=33,d=5", "n=0,d=4"]),
        new("matrix product", "a! real[n, d]; b! real[d, m]; y real[n, m]; d int", "mean((sum[d](a * b) - y)^2)", ["n=1,m=1,d=1", "n=3,m=4,d=5", "n=17,m=16,d=8", "n=5,m=33,d=17"]),
        new("pairwise distances", "a! real[n, d]; b! real[m, d]; d int", "mean(sqrt(sum[d]((a - b)^2) + 0.01))", ["n=1,m=1,d=1", "n=3,m=4,d=5", "n=17,m=16,d=8", "n=5,m=33,d=2"]),
        new("three tensors of four axes", "x! real[a, b, c]; y! real[b]; z! real[a, c]; a int; b int", "mean((x * y + z)^2)", ["a=2,b=3,c=4", "a=1,b=17,c=5", "a=5,b=2,c=17"]),
        new("picture mean per channel", "x real[n, c, h, w]; y! real[c]; h int; w int; c int", "mean((mean[h, w](x) - y)^2)", Shapes.Pictures[1..]),
        new("picture bias", "x! real[n, c, h, w]; b! real[c]; h int; w int", "mean(exp(x + b))", Shapes.Pictures[1..]),

        // Element types.
        new("bytes as numbers", "x real[]; y byte[]: 0..200", "mean((x - y / 50)^2)", Shapes.Flat),
        new("ints as numbers", "x real[]; y int[]: -9..9", "mean((x - y)^2)", Shapes.Flat),
        new("longs as numbers", "x real[]; y long[]: -9..9", "mean((x - y)^2)", Shapes.Flat),
        new("integers in arithmetic", "x real[]; y int[]: -9..9; k byte[]: 1..4", "mean(x^2 * (y * k + 1) + div(y, 2) + mod(y, 3) + y / k)", Shapes.Flat),
        new("bytes on rows", "x real[n, c]; y byte[n]: 0..200; c int", "mean((x - y / 50)^2)", Matrices),
        new("bytes on columns", "x real[n, c]; y byte[c]: 0..200", "mean((x - y / 50)^2)", Matrices),
        new("bytes across", "x real[n, c]; y byte[c, n]: 0..200; c int", "mean((x - y / 50)^2)", Matrices),
        new("longs across", "x real[n, c]; y long[c, n]: -9..9; c int", "mean((x - y)^2)", Matrices),
        new("ints across", "x real[n, c]; y int[c, n]: -9..9; c int", "mean((x - y)^2)", Matrices),
        new("truth across", "x real[n, c]; y bool[c, n]; c int", "mean(y ? x^2 : 0)", Matrices),
        new("transposed", "x! real[n, c]; y! real[c, n]; c int", "mean((x - y)^2)", Matrices),
        new("float tensor beside", "x! real[]; y! float[]", "mean((x - y)^2)", Shapes.Flat),
        new("scalars", "x real[]; a! real = 1.5; b real = -0.5; k int = 3; on bool = 1; big long = 7", "mean(on ? (x * a + b)^2 * k + big : 0)", Shapes.Flat),
        new("a truth scalar inside a sum", "x real[]; y real[]; on bool = 1; off bool = 0", "mean(x^2 + (on ? x * y : 0) + (off ? exp(x) : x))", Shapes.Flat),
        new("an integer scalar with the name of a temporary", "x real[]; t int = 2", "mean((x + 1) * exp(x * t) - t * sigmoid(x)^2)", Shapes.Flat),
        new("kept doubles beside a float gradient", "p! real[]; q! float[]", "s = softmax[i](p); mean(max(s) * s * q)", Shapes.Flat[2..]),
        new("no tensors", "a! real = 1.5; b! real = 0.5", "exp(a * b) - a^2", [""]),
        new("costly terms that scalars turn on", "x! real[n, c]; y real[n, c]; c int; on bool = 1; off bool = 0; order int = 2",
            "mean((on ? exp(x) * log(1 + x^2) : sin(x)) + (off ? exp(-x) : y * (on ? tanh(x) : 0)) + (order > 1 ? softmax[c](x) * exp(y) : x))", Matrices),
        new("truth scalar in several places", "x! real[]; on bool = 1; s! real = 0.5", "mean(on ? x^2 : s) + mean(exp(on ? s : x) * x) + max(on ? x : s)", Shapes.Flat[1..]),
        new("float logits of a softmax", "x! float[n, c]; y real[n, c]; c int", "mean((softmax[c](x) - y)^2)", Matrices),
        new("half tensors", "x! Half[]; y Half[]", "mean((x - y)^2)", Shapes.Long),
        new("half logits", "z Half[n, c]; label int[n]: 0..c", "-mean(log_softmax[c](z)[c: label])", Shapes.Classes),
        new("half logits of a softmax", "x! Half[n, c]; y! real[n, c]; c int", "sum((softmax[c](x) - y)^2)", Matrices),
        new("half tensor across", "x! Half[n, c]; y Half[c, n]; c int", "sum((x - y)^2)", Matrices),
        new("half gathers", "w! Half[c]; label int[n]: 0..c; other long[n]: 0..c", "sum(w[c: label] * w[c: other])", Matrices),
        new("half column gradient", "x! Half[n, c]; w! Half[c]; c int", "sum(exp(x * w))", Matrices),
        new("half sigmoid in two passes", "z Half[]; y byte[]", "p = sigmoid(z); 10 - (20 * sum(p * y) + 1) / (sum(p) + sum(y) + 1)", Shapes.Long),
        new("half scalars without axes", "x! Half[k = 2]; y! real[]", "sum(x[k: 0] * y^2 + x[k: 1])", Shapes.Flat),
        new("float scalar beside", "x real[]; a! float = 1.5; b! real = -0.5", "mean((x * a + b)^2)", Shapes.Flat),
        new("scalar gradients alone", "x real[]; a! real = 1.5; b! real = 0.5", "mean(exp(a * x + b))", Shapes.Flat),
        new("int scalar in a condition", "x real[]; k int = 2", "mean(i < k ? x^2 : x + 4)", Shapes.Flat),

        // Conditions.
        new("comparisons", "x! real[]: 0..3 whole; y! real[]: 0..3 whole",
            "mean((x < y ? x^2 : 0) + (x <= y ? y^2 : 1) + (x == y ? x : 2) + (x != y ? y : 3) + (x > y ? x^3 : 4) + (x >= y ? 5 : y^3))", Shapes.Flat),
        new("nested conditions", "x real[]", "mean(x > 1 ? x^2 : x < -1 ? -x : x > 0 && x < 0.5 || x == 0 ? x^3 : 1)", Shapes.Flat),
        new("condition without axes", "x real[]; y real[]", "sum(x) > sum(y) ? mean(x^2) : mean(x^2 * y^2)", Shapes.Flat),
        new("row condition", "x real[n, c]; label int[n]: -1..2; c int", "mean(label < 0 ? 0 : sum[c](x^2))", Matrices),
        new("unequal parts", "x real[]; out first; out second; out third", "first = sum(x^2); second = mean(exp(x)); third = max(x); first + 0.5 * second", Shapes.Flat[1..]),
        new("unused part", "x real[]; y real[]; out score", "score = count(x > y) / size(i); mean((x - y)^2)", Shapes.Flat),

        // Calls.
        new("call in the class", "x real[]; y real[]", "0.5 * Mse(x, y) + Mae(x, y)", Shapes.Flat,
            """
            [Loss("mean((x - y)^2)")] public static partial real Mse(ReadOnlySpan<real> x, ReadOnlySpan<real> y);
            [Loss("mean(abs(x - y))")] public static partial real Mae(ReadOnlySpan<real> x, ReadOnlySpan<real> y);
            """),
        new("call in another class", "z real[]; y byte[]", "0.5 * Other.Dice(sigmoid(z), y) + 0.5 * Other.Focal(z, y, 0.25, 2)", Shapes.Flat,
            """
            public static partial class Other
            {
                [Loss("1 - (2 * sum(p * y) + smooth) / (sum(p) + sum(y) + smooth)")]
                public static partial real Dice(ReadOnlySpan<real> p, ReadOnlySpan<byte> y, real smooth = 1);
                [Loss("p = sigmoid(z); pt = y != 0 ? p : 1 - p; a = y != 0 ? alpha : 1 - alpha; mean(-a * (1 - pt)^gamma * log(pt))")]
                public static partial real Focal(ReadOnlySpan<real> z, ReadOnlySpan<byte> y, real alpha, real gamma);
            }
            """),
        new("call of overloads", "x real[]; y real[]; w byte[]", "Both(x, y) + Both(x, y, w)", Shapes.Flat,
            """
            [Loss("mean((x - y)^2)")] public static partial real Both(ReadOnlySpan<real> x, ReadOnlySpan<real> y);
            [Loss("mean(w * (x - y)^2)", Program = "Weighted")] public static partial real Both(ReadOnlySpan<real> x, ReadOnlySpan<real> y, ReadOnlySpan<byte> w);
            """),
        new("call with axes", "z real[b, k]; label int[b]: 0..k", "0.1 * mean(z^2) + CrossEntropy[n: b, c: k](z, label)", ["b=1,k=2", "b=3,k=10", "b=17,k=17"],
            """
            [Loss("-mean(log_softmax[c](z)[c: label])")]
            public static partial real CrossEntropy([Axes("n, c")] ReadOnlySpan<real> z, [Axes("n")] ReadOnlySpan<int> label);
            """),
        new("call of a call", "x real[n, c]; y real[n, c]", "Outer(x, y)", Matrices,
            """
            [Loss("Inner(x - y) + 1")] public static partial real Outer(ReadOnlySpan<real> x, ReadOnlySpan<real> y);
            [Loss("mean(d^2)")] public static partial real Inner(ReadOnlySpan<real> d);
            """),
        new("softmax of a softmax", "x! real[n, c]; n int", "sum(softmax[n](softmax[c](x))^2)", ["n=16,c=2", "n=40,c=5", "n=3,c=20"]),
        new("many passes over a row", "x! real[n, c]; y real[n, c]; c int", """
            pass(p) = mean[c](tanh(x * p) * softplus(y - p));
            a = pass(1); b = pass(a); d = pass(b); e = pass(d); f = pass(e); g = pass(f); h = pass(g);
            mean(pass(h)^2 + a * h)
            """, ["n=3,c=1", "n=2,c=37", "n=20,c=5", "n=0,c=4"]),
        new("labels' sums", "x! real[n]; label int[n]: 0..4 whole", "axis k = 5; total = sum[n](label == k ? x : 0); sum[k](total^2) + mean(x * total[k: label])", ["n=1", "n=50", "n=257"]),
        new("negatives of a queue", "x! real[n, d]: -1..1; y real[n, d]: -1..1; q real[k, d]: -1..1; d int",
            "p = mean[d](x * y) / 0.3; mean(logaddexp(p, logsumexp[k](mean[d](x * q) / 0.3)) - p)", ["n=1,k=1,d=3", "n=7,k=9,d=17", "n=80,k=200,d=5"]),
        // Positions that are read one by one have a gradient each.
        new("ends of a short axis", "p! real[n, k = 4]: 1..2; t real[n, k]: 1..2", "mean(abs(p - t)) + mean(max(p[k: 2], t[k: 2]) * p[k: 3] - min(p[k: 0], t[k: 0]) / p[k: 1])", ["n=1", "n=5", "n=17", "n=40"]),
        new("a short axis before a long one", "p! real[k = 3, n]: 1..2; w! real[n]", "mean((p[k: 0] - w * p[k: 1])^2 / p[k: 2])", ["n=1", "n=5", "n=17", "n=40"]),
        new("two short axes", "p! real[n, a = 2, b = 2]: 1..2", "mean((p[a: 0, b: 0] * p[a: 1, b: 1] - p[a: 0, b: 1] * p[a: 1, b: 0])^2)", ["n=1", "n=5", "n=17", "n=40"]),
        new("a short axis in the middle", "p! real[n, k = 2, h]: 1..2; h int", "mean(p[k: 0] / p[k: 1]) + mean(sum[h](p[k: 0])^2)", ["n=1,h=3", "n=5,h=17", "n=3,h=40"]),
        new("halves of a short axis", "p! real[n, k = 5]: 1..2", "mean[n](sum[k](k < 2 ? p^2 : k == 3 ? exp(p) : sqrt(p)))", ["n=1", "n=5", "n=17", "n=40"]),
        new("a short axis of halves", "p! Half[n, k = 4]: 1..2; t real[n, k]: 1..2", "mean((p[k: 2] - p[k: 0]) * (p[k: 3] - p[k: 1]) * t[k: 1])", ["n=1", "n=5", "n=17", "n=40"]),
        new("a short axis alone", "p! real[k = 4]: 1..2; x real[]", "mean(p[k: 0] + p[k: 1] * x + p[k: 2] * x^2 + p[k: 3] * x^3)", Shapes.Flat[1..]),
    ];

    private static IEnumerable<LossCase> Reduction(string name)
    {
        string range = name is "prod" ? "0.5..1.5" : "0.2..3";
        string[] shapes = name is "max" or "min" or "norm" or "logsumexp" ? Shapes.Flat[1..] : Shapes.Flat;
        yield return new($"{name} of all", $"x real[]: {range}", $"{name}(x)", shapes);
        yield return new($"{name} of rows", $"x real[n, c]: {range}; c int", $"sum({name}[c](x)^2)", Matrices);
        yield return new($"{name} of columns", $"x real[n, c]: {range}; c int", $"sum({name}[n](x)^2)", Matrices);
        yield return new($"{name} of an expression", $"x! real[n, c]: {range}; y! real[n, c]: {range}; c int", $"sum({name}[c](sqrt(x * y)))", Matrices);
        yield return new($"{name} of a middle axis", $"x real[n, c, w]: {range}; c int; w int", $"sum({name}[c](x)^2)", ["n=2,c=3,w=5", "n=1,c=2,w=17", "n=3,c=17,w=2"]);
    }
}
