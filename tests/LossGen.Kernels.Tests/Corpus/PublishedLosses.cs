namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Losses as papers write them.</summary>
internal static class PublishedLosses
{
    private const string Logits = "z real[n, c]; label int[n]: 0..c";

    public static readonly LossCase[] All =
    [
        new("mse", "x real[]; y real[]", "mean((x - y)^2)", Shapes.Long),
        new("rmse", "x real[]; y real[]", "sqrt(mean((x - y)^2))", Shapes.Flat[1..]),
        new("mae", "x real[]; y real[]", "mean(abs(x - y))", Shapes.Flat),
        new("huber", "x real[]; y real[]; delta real = 0.75", "d = abs(x - y); mean(d <= delta ? 0.5 * d^2 : delta * (d - 0.5 * delta))", Shapes.Flat),
        new("log-cosh", "x real[]; y real[]", "mean(log(cosh(x - y)))", Shapes.Flat),
        new("elastic net", "w! real[]; l1 real = 0.25; l2 real = 0.5", "l1 * sum(abs(w)) + 0.5 * l2 * sum(w^2)", Shapes.Long),
        new("mse with elastic net", "x! real[]; y real[]; w! real[j]; rate real = 0.125", "mean((x - y)^2) + rate * (sum(abs(w)) + 0.5 * sum(w^2))",
            ["i=0,j=0", "i=1,j=1", "i=17,j=3", "i=3,j=33", "i=100,j=31"]),
        new("logistic regression", "x real[n, d]; w! real[d]; b! real = 0.25; y byte[n]; rate real = 0.01",
            "z = sum[d](x * w) + b; mean(softplus(z) - y * z) + rate * sum(w^2)", ["n=0,d=3", "n=1,d=1", "n=17,d=30", "n=33,d=5", "n=5,d=100", "n=4133,d=3"]),
        new("bce with logits", "z real[]; y real[]: 0..1 whole", "mean(softplus(z) - y * z)", Shapes.Long),
        new("bce naive", "z real[]; y real[]: 0..1", "p = sigmoid(z); -mean(y * log(p) + (1 - y) * log(1 - p))", Shapes.Flat),
        new("bce of probabilities", "p real[]: 0.01..0.99; y real[]: 0..1", "-mean(xlogy(y, p) + xlogy(1 - y, 1 - p))", Shapes.Flat),
        new("dice and bce", "z real[]; y byte[]; out dice; out bce; weight real = 1.5; smooth real = 1",
            """
            p    = sigmoid(z);
            dice = 1 - (2 * sum(p * y) + smooth) / (sum(p) + sum(y) + smooth);
            bce  = mean(softplus(z) - y * z);
            dice + weight * bce      // one fused loss
            """, Shapes.Long),
        new("hinge", "z real[]; y real[]: -1..1", "mean(max(0, 1 - y * z))", Shapes.Flat),
        new("cross-entropy", Logits, "-mean(log_softmax[c](z)[c: label])", [.. Shapes.Rows, "n=4133,c=3"]),
        new("cross-entropy naive", Logits, "p = exp(z) / sum[c](exp(z)); -mean(log(p[c: label]))", Shapes.Rows),
        new("weighted cross-entropy", "z! real[n, c]; label int[n]: -1..c; w! real[c]: 0.5..2; ignore int = -1",
            "used = label != ignore; w_n = used ? w[c: label] : 0; sum(used ? -w_n * log_softmax[c](z)[c: label] : 0) / sum(w_n)",
            ["n=3,c=1", "n=17,c=2", "n=17,c=10", "n=17,c=16", "n=17,c=17", "n=33,c=33"]),
        new("label smoothing", Logits + "; eps real = 0.1", "lp = log_softmax[c](z); -mean((1 - eps) * lp[c: label] + eps * mean[c](lp))", Shapes.Classes),
        new("temperature", "z! real[n, c]; label int[n]: 0..c; tau! real = 1.5", "-mean(log_softmax[c](z / tau)[c: label])", Shapes.Classes),
        new("focal", Logits + "; gamma real = 2", "lp = log_softmax[c](z)[c: label]; -mean((1 - exp(lp))^gamma * lp)", ["n=1,c=2", "n=3,c=10", "n=17,c=16", "n=17,c=17", "n=17,c=33"]),
        new("focal with logits", "z real[]; y byte[]; alpha real = 0.25; gamma! real = 1.5",
            "p = sigmoid(z); pt = y != 0 ? p : 1 - p; a = y != 0 ? alpha : 1 - alpha; mean(-a * (1 - pt)^gamma * log(pt))", Shapes.Flat),
        new("kl", "p real[n, c]: 0..1; q! real[n, c]: 0.01..1; c int", "mean[n](sum[c](xlogy(p, p) - xlogy(p, q)))", Shapes.Rows),
        new("distillation", "z real[n, c]; t real[n, c]; tau real = 2; c int",
            "q = softmax[c](t / tau); mean[n](sum[c](q * (log_softmax[c](t / tau) - log_softmax[c](z / tau)))) * tau^2", ["n=1,c=2", "n=3,c=10", "n=17,c=17", "n=3,c=33"]),
        new("js divergence", "a! real[n, c]; b! real[n, c]; c int",
            "p = softmax[c](a); q = softmax[c](b); m = 0.5 * (p + q); 0.5 * mean[n](sum[c](xlogy(p, p) - xlogy(p, m)) + sum[c](xlogy(q, q) - xlogy(q, m)))", ["n=1,c=2", "n=3,c=10", "n=17,c=17"]),
        new("triplet", "a! real[n, d]; p! real[n, d]; q! real[n, d]; d int; margin real = 1",
            "mean(max(0, sum[d]((a - p)^2) - sum[d]((a - q)^2) + margin))", Rows("d")),
        new("cosine", "a! real[n, d]; b! real[n, d]; d int", "1 - mean(sum[d](a * b) / (norm[d](a) * norm[d](b)))", ["n=1,d=2", "n=3,d=16", "n=17,d=17", "n=3,d=100"]),
        new("info nce", "a! real[n, d]: -1..1; b! real[m, d]: -1..1; label int[n]: 0..m; tau! real = 0.5; d int",
            "s = sum[d](a * b) / tau; -mean(log_softmax[m](s)[m: label])", ["n=1,m=2,d=1", "n=3,m=4,d=5", "n=17,m=16,d=8", "n=5,m=33,d=17", "n=4,m=3,d=64"]),
        new("contrastive", "a! real[n, d]: -1..1; b! real[m, d]: -1..1; label int[n]: 0..2; other int[m]: 0..2; d int",
            "s = sum[d](a * b); lp = log_softmax[m](s); -mean[n](sum[m](label == other ? lp : 0) / (1 + count[m](label == other)))", ["n=3,m=4,d=5", "n=17,m=16,d=8", "n=5,m=33,d=17"]),
        new("class-axis dice", "z real[n, c, h, w]; label int[n, h, w]: 0..c; smooth real = 1; h int; w int; c int",
            """
            p = softmax[c](z);
            hot = label == c ? 1 : 0;
            mean[c](1 - (2 * sum[n, h, w](p * hot) + smooth) / (sum[n, h, w](p) + sum[n, h, w](hot) + smooth))
            """, Shapes.Pictures[1..]),
        new("dice and cross-entropy of pictures", "z real[n, c, h, w]; label int[n, h, w]: 0..c; smooth real = 1; h int; w int; out dice; out ce",
            """
            p = softmax[c](z);
            hot = label == c ? 1 : 0;
            dice = mean[c](1 - (2 * sum[n, h, w](p * hot) + smooth) / (sum[n, h, w](p) + sum[n, h, w](hot) + smooth));
            ce = -mean(log_softmax[c](z)[c: label]);
            dice + ce
            """, Shapes.Pictures[1..]),
        new("pixel cross-entropy with long labels", "z real[n, c, h, w]; label long[n, h, w]: 0..c; h int; w int", "-mean(log_softmax[c](z)[c: label])", Shapes.Pictures[1..]),
        new("variance", "z real[n, d]; d int", "centred = z - mean[n](z); mean[d](max(0, 1 - sqrt(mean[n](centred^2) + 0.0001)))", ["n=2,d=2", "n=3,d=16", "n=17,d=17", "n=33,d=3"]),
        new("barlow", "a! real[n, d]; b! real[n, e = d]; d int", "c = sum[n](a * b) / size(n); sum(d == e ? (c - 1)^2 : 0.005 * c^2)", ["n=2,d=2", "n=3,d=16", "n=17,d=5", "n=5,d=17"]),
        new("clip", "a! real[n, d]: -1..1; b! real[m = n, d]: -1..1; scale! real = 2; d int",
            "s = scale * sum[d](a * b); 0.5 * (mean[n](logsumexp[m](s)) + mean[m](logsumexp[n](s))) - sum(n == m ? s : 0) / size(n)", ["n=1,d=2", "n=3,d=16", "n=17,d=5"]),
        new("batch hard", "a! real[n, d]; b! real[m, d]; label int[n]: 0..2; other int[m]: 0..2; d int; margin real = 0.5",
            "distance = norm[d](a - b); same = label == other; mean(max(0, max[m](same ? distance : -inf) - min[m](same ? inf : distance) + margin))", ["n=5,m=16,d=3", "n=17,m=33,d=4"]),
        new("tversky", "z real[]; y byte[]; alpha real = 0.3; beta real = 0.7",
            "p = sigmoid(z); tp = sum(p * y); fp = sum(p * (1 - y)); fn = sum((1 - p) * y); 1 - (tp + 1) / (tp + alpha * fp + beta * fn + 1)", Shapes.Flat),
        new("poisson", "z real[]; y int[]: 0..9", "mean(exp(z) - y * z + lgamma(y + 1))", Shapes.Flat),
        new("gaussian", "mu! real[]; s! real[]; y real[]", "mean(0.5 * ((y - mu)^2 * exp(-s) + s + log(2 * pi)))", Shapes.Flat),
        new("quantile", "x real[]; y real[]; q real = 0.9", "mean(max(q * (y - x), (q - 1) * (y - x)))", Shapes.Flat),
        new("wing", "x real[]; y real[]; w real = 2; eps real = 0.5", "d = abs(x - y); c = w - w * log(1 + w / eps); mean(d < w ? w * log(1 + d / eps) : d - c)", Shapes.Flat),
        new("boxes", "p real[n, k = 4]; t real[n, k]", "mean[n](sum[k](abs(p - t)) / (sum[k](exp(p)) + 1))", ["n=0", "n=1", "n=3", "n=16", "n=33"]),
        new("giou", "p real[n, k = 4]: 1..2; t real[n, k]: 1..2",
            """
            iw = max(0, min(p[k: 0] + p[k: 2], t[k: 0] + t[k: 2]) - max(p[k: 0], t[k: 0]));
            ih = max(0, min(p[k: 1] + p[k: 3], t[k: 1] + t[k: 3]) - max(p[k: 1], t[k: 1]));
            inter = iw * ih;
            union = p[k: 2] * p[k: 3] + t[k: 2] * t[k: 3] - inter;
            1 - mean(inter / union)
            """, ["n=0", "n=1", "n=3", "n=16", "n=33"]),
        new("bce with a weight for positives", "z! real[]; y! real[]: 0..1; w real = 1.7", "mean(w * y * softplus(-z) + (1 - y) * softplus(z))", Shapes.Long),
        new("bce of soft labels", "z! real[]; y! real[]: 0..1", "mean(y * softplus(-z) + (1 - y) * softplus(z))", Shapes.Long),
        new("bce with a line", "z! real[]; y! real[]: 0..1", "mean((1 - y) * z + softplus(-z))", Shapes.Long),
        new("difference of logistic losses", "z! real[]; y! real[]: 0..1", "mean(y * softplus(-z) - (1 - y) * softplus(z))", Shapes.Flat),
        new("logistic probabilities, weighted", "z! real[]; y! real[]: 0..1", "mean(y * sigmoid(-z) - (y - 2) * y * sigmoid(z))", Shapes.Flat),
        new("asymmetric focal", "z! real[]; y! real[]: 0..1", "mean(y * sigmoid(-z)^2 * softplus(-z) + (1 - y) * sigmoid(z)^4 * softplus(z))", Shapes.Flat),
        new("gamma deviance", "m! real[]: 0.2..3; y! real[]: 0.2..3", "mean(2 * (log(m / y) + y / m - 1))", Shapes.Flat),
        new("kl from a quotient", "p! real[]: 0.2..3; q! real[]: 0.2..3", "sum(p * log(p / q) - 3 * p / q)", Shapes.Flat),
        new("sums of products", "x! real[]; y! real[]; k real = 0.3", "mean(exp(x) - x * y + exp(k * x - y))", Shapes.Flat),
    ];

    private static string[] Rows(string axis) => Shapes.Rows.Select(shape => shape.Replace("c=", axis + "=")).ToArray();
}
