namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Scans and cumulative functions: along every axis, in both directions, with states of every kind.</summary>
internal static class RecurrenceLosses
{
    private static readonly string[] Series = ["n=1,t=1", "n=1,t=2", "n=2,t=5", "n=3,t=17", "n=17,t=3", "n=33,t=16", "n=5,t=70"];

    private static readonly string[] Steps = ["t=1", "t=2", "t=3", "t=16", "t=33", "t=100"];

    private static readonly string[] States = ["n=1,t=1,s=1", "n=2,t=3,s=2", "n=2,t=5,s=17", "n=3,t=4,s=16", "n=1,t=17,s=5", "n=17,t=2,s=3", "n=2,t=3,s=33"];

    public static readonly LossCase[] All =
    [
        .. new[] { "cumsum", "cummax", "cumlogsumexp" }.SelectMany(Cumulative),
        new("cummax with ties", "x real[n, t]: 0..2 whole; w real[n, t]; t int", "mean(cummax[t](x) * w) + mean(cummax[-t](x) * w)", Series),
        new("moving average", "x! real[n, t]; y real[n, t]; k! real = 0.8; t int", "e = scan[t](x, prev => k * prev + (1 - k) * x); mean((e - y)^2)", Series),
        new("moving average in time order", "x! real[t, n]; y real[t, n]; k! real = 0.8; n int", "e = scan[t](x, prev => k * prev + (1 - k) * x); mean((e - y)^2)", Series),
        new("discounted returns", "r! real[n, t]; v! real[n, t]; gamma real = 0.9; t int", "mean((scan[-t](r, next => r + gamma * next) - v)^2)", Series),
        new("generalized advantages", "r real[n, t]; v! real[n, t]; gamma real = 0.9; lambda real = 0.8; t int",
            "delta = r - v; a = scan[-t](delta, next => delta + gamma * lambda * next); mean(a^2)", Series),
        new("recurrence without batch", "x! real[t]; k! real = 0.7", "s = scan[t](x, prev => k * sin(prev) + x); mean(s^2) + s[t: size(t) - 1]", Steps),
        new("linear recurrence from a state", "h! real[n]; a! real[n, t]; b! real[n, t]; t int", "s = scan[t](a * h + b, prev => a * prev + b); mean(s^2)", Series),
        new("last state", "x! real[n, t]; y real[n]; t int", "s = scan[t](x, prev => tanh(prev) + x); mean((s[t: size(t) - 1] - y)^2)", Series),
        new("first state from the end", "x! real[n, t]; y real[n]; t int", "s = scan[-t](x, prev => tanh(prev) + x); mean((s[t: 0] - y)^2)", Series),
        new("state at a length", "x! real[n, t]; length int[n]: 0..t; t int", "s = scan[t](x, prev => 0.5 * prev + x); mean(s[t: length]^2)", Series),
        new("gated unit", "x! real[n, t, s]; u! real[s]; w! real[s]; t int; s int",
            "h = scan[t](tanh(x), prev => sigmoid(w * prev + x) * prev + (1 - sigmoid(w * prev + x)) * tanh(u * prev + x)); mean(h^2)", States),
        new("two states", "x! real[n, t, s]; w! real = 0.6; t int; s int",
            "(h, c) = scan[t]((tanh(x), x), (ph, pc) => (sigmoid(x) * tanh(w * pc + ph), sigmoid(ph + x) * pc + tanh(x))); mean(h^2) + mean(c * h)", States),
        new("two states of different axes", "x! real[n, t, s]; t int; s int",
            "(a, m) = scan[t]((x, mean[s](x)), (pa, pm) => (x * 0.5 + pa * pm, 0.5 * pm + mean[s](pa))); mean(a^2) + mean(m)", States),
        new("softmax inside", "x! real[n, t, s]; t int; s int", "a = scan[t](x, prev => x + softmax[s](prev) * prev); mean(a^2)", States),
        new("logsumexp inside", "x! real[n, t, s]; t int; s int", "a = scan[t](x, prev => x + 0.5 * logsumexp[s](prev + x)); mean(a^2)", States),
        new("normalised state", "x! real[n, t, s]; t int; s int", "a = scan[t](x, prev => x + prev / (norm[s](prev) + 1)); mean(a * x)", States),
        new("argument of the step", "x! real[n, t]; w! real[t]; t int", "a = scan[t](x, prev => w * prev + x / (t + 1)); mean(a^2)", Series),
        new("iterations", "x! real[n]: 0.5..4; w real[t]", "r = scan[t](x, prev => 0.5 * (prev + x / prev)); mean(r[t: size(t) - 1]) + sum(w)", Series),
        new("scan of a scan", "x! real[n, t]; t int", "a = scan[t](x, p => 0.5 * p + x); b = scan[-t](a, q => 0.5 * q + a * x); mean(a * b)", Series),
        // Some scalars are first needed behind the whole vectors.
        new("scan of a normalised series", "x! real[n]", "s = scan[n](x / (norm[n](x) + 1), p => 0.5 * p + 0.5 * softmax[n](x)); max[n](s)", ["n=1", "n=8", "n=16", "n=37"]),
        new("nested scans", "x! real[n, t]; u! real[n, v]: -0.5..0.5; t int; v int",
            "a = scan[t](x, p => x + 0.2 * sum[v](scan[v](u * p, q => sin(q) + p * u))); mean(a^2)", ["n=1,t=1,v=1", "n=2,t=3,v=4", "n=3,t=5,v=17", "n=17,t=4,v=2"]),
        // The step runs a recurrence of its own against the direction of the one that gives the first state.
        new("directions in one step", "x! real[c]: 0.05..0.95; y! real[c]: 0.05..0.95; j byte[c]: 0..c",
            "axis g = div(size(c), 2); s = scan[c](scan[-g](x, p => 0.5 * p + 0.5 * y[c: g]), q => scan[g](q, r => r)); sum[c]((mean[c, g](s) + x)[c: j])", ["c=2", "c=4", "c=9", "c=17"]),
        // The term that is the extreme is looked for at positions that a window moved, beside values of a recurrence.
        new("extreme of windows in a recurrence", "x real[c]; p! real[n]: 0.05..0.95",
            "axis g = 3; sum(x * cummax[n](max[n](mean[g, c](sigmoid(x) * p[n: n + g])) * p))", ["c=1,n=5", "c=3,n=5", "c=2,n=7", "c=4,n=17"]),
        // What the gradient reads at other positions only inside of a recurrence, it reads at its own elsewhere.
        new("extreme of states in a recurrence", "x! real[n, c]: 0.05..0.95; y! real[n]: 0.05..0.95; c int",
            "sum(cummax[n](min(scan[c](x, p => 0.5 * (n > 0 ? p[n: n - 1] : p) + 0.5 * x)) * y))", ["n=1,c=8", "n=4,c=3", "n=17,c=5", "n=33,c=2"]),
        // Of the whole row, for each position of the recurrence along it.
        new("best of a row in a step", "x! real[i]; y real[i]", "sum(scan[i](x, p => 0.5 * sigmoid(x[i: argmax[i](p + y)]) + 0.3 * p * x))", ["i=1", "i=2", "i=7", "i=17"]),
        new("extreme of neighbours in a recurrence", "p! real[n]: 0.05..0.95", "sum(cummax[n](max[n](softmax[n](p)[n: n + 1]) * p))", ["n=2", "n=5", "n=17", "n=33"]),
        new("cummax of equal neighbours that moved", "p! real[i]", "1 / (2 + sum[i](cummax[i](softmax[i](i > 0 ? p[i: i - 1] : p)) * p))", ["i=1", "i=2", "i=7", "i=33"]),
        new("a state that nothing asks for", "x! real[k]; p! real[n, k]; k int; to each real[k, n]",
            "(a, b) = scan[-n]((x, p), (h, g) => (tanh(h + p), scan[k](g, q => q))); sum(mean[k](b)) + p", ["n=1,k=1", "n=3,k=3", "n=5,k=17"]),
        // Of two recurrences inside of a step, the adjoint of one reads that of the other, and both run inside of the step's own.
        new("extremes across in a step", "x! real[c]; s! real = 0.7; p real[n, m = n]; n int", "sum[c](x + scan[c](x * s, h => mean(cummax[-m](cummax[n](h * p)))))",
            ["c=1,n=3", "c=5,n=3", "c=2,n=7", "c=3,n=17"]),
        new("two scans across", "x! real[t, v]: -0.3..0.3; v int", "a = scan[t](x, p => x + 0.1 * sum[v](p)); b = scan[v](x, q => x + 0.1 * sum[t](q)); sum(a * b)",
            ["t=1,v=1", "t=3,v=5", "t=17,v=4", "t=5,v=33"]),
        new("forward algorithm", "e! real[n, t, s]; m! real[s, s2 = s]; t int; s int",
            "axis r = size(s); a = scan[t](e, p => logsumexp[r](p[s: r] + m[s: r, s2: s]) + e); mean(logsumexp[s](a[t: size(t) - 1]))", States),
        new("recurrent layer", "x! real[n, t, s]; w! real[s, s2 = s]: -0.3..0.3; t int; s int",
            "axis r = size(s); h = scan[t](tanh(x), p => tanh(sum[r](p[s: r] * w[s: r, s2: s]) + x)); mean(h^2)", States),
        new("shifted states", "x! real[n, t, s]; t int; s int", "a = scan[t](x, p => x + 0.5 * p + (s > 0 ? sin(p[s: s - 1]) : 0)); mean(a^2)", States),
        new("shifted states from the end", "x! real[n, t, s]; t int; s int",
            "a = scan[-t](x, p => x + (s < size(s) - 1 ? logaddexp(p[s: s + 1], p, x) : p)); mean(a^2)", States),
        new("connected labels", "z! real[n, t, c]; label int[n, s]: 0..c; t int; c int; s int",
            "e = log_softmax[c](z)[c: label]; "
            + "a = scan[t](s < 2 ? e : -inf, p => e + logaddexp(p, s >= 1 ? p[s: s - 1] : -inf, s >= 2 && label != 0 ? p[s: s - 2] : -inf)); "
            + "-mean(logsumexp[s](a[t: size(t) - 1]))",
            ["n=1,t=1,c=2,s=1", "n=2,t=5,c=3,s=5", "n=3,t=17,c=5,s=7", "n=2,t=20,c=17,s=17", "n=17,t=4,c=3,s=3"]),
        new("differences in the step", "x! real[n, t]; t int", "a = scan[t](x, p => p * (x - x[t: t - 1]) + x); mean(a^2)", Series),
        new("earth mover distance", "p! real[n, c]; q! real[n, c]; c int", "mean(sum[c](cumsum[c](softmax[c](p) - softmax[c](q))^2))", ["n=1,c=2", "n=3,c=5", "n=17,c=10", "n=2,c=33"]),
        new("partial likelihood", "z! real[t]; died byte[t]", "sum(died != 0 ? cumlogsumexp[-t](z) - z : 0) / (count(died != 0) + 1)", Steps),
        new("masked steps", "x! real[n, t]; mask byte[n, t]; t int", "s = scan[t](x, prev => mask != 0 ? 0.5 * prev + x : prev); mean(s^2)", Series),
        new("cumulative mean of rows", "x! real[n, t, s]; t int; s int", "mean((cumsum[t](x) / (t + 1) - x)^2)", States),
    ];

    private static IEnumerable<LossCase> Cumulative(string name) =>
    [
        new(name, "x real[n, t]; y real[n, t]; t int", $"mean(({name}[t](x) - y)^2)", Series),
        new(name + " from the end", "x real[n, t]; y real[n, t]; t int", $"mean(({name}[-t](x) - y)^2)", Series),
        new(name + " along the outer axis", "x real[t, c]; y real[t, c]; c int", $"mean(({name}[t](x) - y)^2)", ["t=1,c=1", "t=5,c=3", "t=17,c=16", "t=3,c=33"]),
        new(name + " of one axis", "x real[t]; y real[t]", $"mean(({name}[t](x) - y)^2)", Steps),
        new(name + " along the middle", "x real[n, t, s]; y real[n, t, s]; t int; s int", $"mean(({name}[t](x) - y)^2)", States),
    ];
}
