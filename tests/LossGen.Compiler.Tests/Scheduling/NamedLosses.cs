namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>All losses of these tests by name.</summary>
internal static class NamedLosses
{
    private const string Logits = "z float[n, c]; label int[n]";

    public static IReadOnlyDictionary<string, Func<ScheduledLoss>> All { get; } = new Dictionary<string, Func<ScheduledLoss>>
    {
        ["mse by hand"] = () => KnownLosses.MeanSquaredError().ToScheduled(),
        ["rmse by hand"] = () => KnownLosses.RootMeanSquaredError().ToScheduled(),
        ["bce by hand"] = () => KnownLosses.BinaryCrossEntropy().ToScheduled(),
        ["dice+bce by hand"] = () => KnownLosses.DiceAndCrossEntropy().ToScheduled(),
        ["ce by hand"] = () => KnownLosses.CrossEntropy().ToScheduled(),
        ["weighted ce by hand"] = () => KnownLosses.WeightedCrossEntropy().ToScheduled(),
        ["triplet by hand"] = () => KnownLosses.Triplet().ToScheduled(),
        ["elastic by hand"] = () => KnownLosses.ElasticRegression().ToScheduled(),
        ["mse"] = () => ScheduledLoss.Of("x float[]; y float[]", "mean((x - y)^2)"),
        ["elastic"] = () => ScheduledLoss.Of(
            "x! float[i]; y float[i]; w! float[j]; rate float", "mean((x - y)^2) + rate * (sum[j](abs(w)) + 0.5 * sum[j](w^2))"),
        ["dice+bce"] = () => ScheduledLoss.Of(
            "z float[]; y byte[]; weight float; smooth float",
            "p = sigmoid(z); dice = 1 - (2 * sum(p * y) + smooth) / (sum(p) + sum(y) + smooth); dice + weight * mean(softplus(z) - y * z)"),
        ["ce"] = () => ScheduledLoss.Of(Logits, "-mean(log_softmax[c](z)[c: label])"),
        ["ce value"] = () => ScheduledLoss.Of(Logits, "-mean(log_softmax[c](z)[c: label])", withGradient: false),
        ["weighted ce"] = () => ScheduledLoss.Of(
            Logits + "; w float[c]", "w_n = label != -1 ? w[c: label] : 0; sum(label != -1 ? -w_n * log_softmax[c](z)[c: label] : 0) / sum(w_n)"),
        ["smooth ce"] = () => ScheduledLoss.Of(
            Logits + "; eps float", "lp = log_softmax[c](z); -mean((1 - eps) * lp[c: label] + eps * mean[c](lp))"),
        ["focal"] = () => ScheduledLoss.Of(Logits, "lp = log_softmax[c](z)[c: label]; -mean((1 - exp(lp))^2 * lp)"),
        ["kl"] = () => ScheduledLoss.Of(
            "z float[n, c]; t float[n, c]; tau float", "q = softmax[c](t / tau); mean[n](sum[c](q * (log_softmax[c](t / tau) - log_softmax[c](z / tau)))) * tau^2"),
        ["segmentation"] = () => ScheduledLoss.Of(
            "z float[n, c, h, w]; label int[n, h, w]; smooth float",
            "p = softmax[c](z); hot = label == c; "
            + "dice = mean[c](1 - (2 * sum[n, h, w](p * hot) + smooth) / (sum[n, h, w](p) + sum[n, h, w](hot) + smooth)); "
            + "dice - mean(log_softmax[c](z)[c: label])"),
        ["triplet"] = () => ScheduledLoss.Of(
            "a! float[n, d]; p! float[n, d]; q! float[n, d]; d int; margin float", "mean(max(0, sum[d]((a - p)^2) - sum[d]((a - q)^2) + margin))"),
        ["cosine"] = () => ScheduledLoss.Of("a! float[n, d]; b! float[n, d]; d int", "1 - mean(sum[d](a * b) / (norm[d](a) * norm[d](b)))"),
        ["clip"] = () => ScheduledLoss.Of(
            "a! float[n, d]; b! float[m = n, d]; scale! float; d int",
            "s = scale * sum[d](a * b); 0.5 * (mean[n](logsumexp[m](s)) + mean[m](logsumexp[n](s))) - sum(n == m ? s : 0) / size(n)"),
        ["batch hard"] = () => ScheduledLoss.Of(
            "a! float[n, d]; b! float[m, d]; label int[n]; other int[m]; d int; margin float",
            "distance = norm[d](a - b); same = label == other; "
            + "mean(max(0, max[m](same ? distance : -inf) - min[m](same ? inf : distance) + margin))"),
        ["infonce"] = () => ScheduledLoss.Of("a! float[n, d]; b! float[m, d]; label int[n]; d int", "-mean(log_softmax[m](sum[d](a * b))[m: label])", readsStored: true),
        ["correlation"] = () => ScheduledLoss.Of(
            "a! float[n, d]; b! float[n, e = d]; d int", "c = sum[n](a * b) / size(n); sum(d == e ? (c - 1)^2 : 0.005 * c^2)"),
        ["contrastive"] = () => ScheduledLoss.Of(
            "a! float[n, d]; b! float[m, d]; label int[n]; other int[m]; d int",
            "s = sum[d](a * b); lp = log_softmax[m](s); -mean[n](sum[m](label == other ? lp : 0) / count[m](label == other))"),
        ["variance"] = () => ScheduledLoss.Of(
            "z float[n, d]; d int", "centred = z - mean[n](z); mean[d](max(0, 1 - sqrt(mean[n](centred^2) + 0.0001)))"),
        ["boxes"] = () => ScheduledLoss.Of("p float[n, k = 4]; t float[n, k]", "mean[n](sum[k](abs(p - t)) / (sum[k](exp(p)) + 1))"),
        ["ctc"] = () => ScheduledLoss.Of(
            "z float[n, t, c]; labels int[n, s]; inputs int[n]; targets int[n]; c int",
            "axis l = 2 * size(s) + 1; symbol = mod(l, 2) == 1 && l < 2 * targets ? labels[s: div(l, 2)] : 0; lp = log_softmax[c](z)[c: symbol]; "
            + "skips = l > 1 && mod(l, 2) == 1 && symbol != symbol[l: l - 2]; "
            + "alpha = scan[t](l < 2 ? lp : -inf, prev => lp + logaddexp(prev, l > 0 ? prev[l: l - 1] : -inf, l > 1 && skips ? prev[l: l - 2] : -inf)); "
            + "end = alpha[t: inputs - 1]; mean(-logaddexp(end[l: 2 * targets], targets > 0 ? end[l: 2 * targets - 1] : -inf))"),
        ["ctc in two parts"] = () => ScheduledLoss.Of(
            "z float[n, t, c]; labels int[n, s]; inputs int[n]; targets int[n]; c int",
            "axis l = 2 * size(s) + 1; symbol = mod(l, 2) == 1 && l < 2 * targets ? labels[s: div(l, 2)] : 0; lp = log_softmax[c](z)[c: symbol]; "
            + "stays = l > 0; skips = l > 1 && mod(l, 2) == 1 && symbol != symbol[l: l - 2]; whole(x) = detach(x > -inf ? round(x) : 0); "
            + "most(w) = max(w, max(stays ? w[l: l - 1] : -1e9, skips ? w[l: l - 2] : -1e9)); "
            + "next(w, r) = lp + logaddexp(detach(w - most(w)) + r, stays ? detach(w[l: l - 1] - most(w)) + r[l: l - 1] : -inf, skips ? detach(w[l: l - 2] - most(w)) + r[l: l - 2] : -inf); "
            + "(nats, rest) = scan[t]((l < 2 ? whole(lp) : -1e9, l < 2 ? lp - whole(lp) : -inf), (w, r) => (detach(most(w) + whole(next(w, r))), next(w, r) - whole(next(w, r)))); "
            + "end = nats[t: inputs - 1] + rest[t: inputs - 1]; mean(-logaddexp(end[l: 2 * targets], targets > 0 ? end[l: 2 * targets - 1] : -inf))"),
        ["two views"] = () => ScheduledLoss.Of(
            "a! float[n, d]; b! float[n, d]; d int; temperature float",
            "axis m = size(n); p = a / max(norm[d](a), 1e-8); q = b / max(norm[d](b), 1e-8); "
            + "pq = sum[d](p * q[n: m]) / temperature; qp = sum[d](q * p[n: m]) / temperature; "
            + "pp = n == m ? -inf : sum[d](p * p[n: m]) / temperature; qq = n == m ? -inf : sum[d](q * q[n: m]) / temperature; "
            + "all = logaddexp(logsumexp[m](pp), logsumexp[m](pq)) + logaddexp(logsumexp[m](qq), logsumexp[m](qp)); mean(all / 2 - sum[d](p * q) / temperature)"),
        ["forward algorithm"] = () => ScheduledLoss.Of(
            "e! float[n, t, s]; step! float[s, to = s]; t int; s int",
            "axis r = size(s); alpha = scan[t](e, prev => logsumexp[r](prev[s: r] + step[s: r, to: s]) + e); mean(logsumexp[s](alpha[t: size(t) - 1]))"),
        ["recurrence"] = () => ScheduledLoss.Of("x float[n, t]; y float[n, t]; k float; t int", "e = scan[t](x, prev => k * prev + (1 - k) * x); mean((e - y)^2)"),
        ["recurrence value"] = () => ScheduledLoss.Of(
            "x float[n, t]; y float[n, t]; k float; t int", "e = scan[t](x, prev => k * prev + (1 - k) * x); mean((e - y)^2)", withGradient: false),
        ["recurrence without batch"] = () => ScheduledLoss.Of("x float[t]; k! float", "mean(scan[t](x, prev => k * sin(prev) + x)^2)"),
        ["recurrence outermost"] = () => ScheduledLoss.Of("x float[t, n]; k! float; t int", "mean(scan[t](x, prev => k * sin(prev) + x)^2)"),
        ["returns"] = () => ScheduledLoss.Of("r float[n, t]; v! float[n, t]; k float; t int", "mean((scan[-t](r, next => r + k * next) - v)^2)"),
        ["two states"] = () => ScheduledLoss.Of(
            "x! float[n, t, s]; w! float; t int; s int", "(h, c) = scan[t]((x, 0 * x), (ph, pc) => (tanh(w * ph + pc), sigmoid(ph + x) * pc + x)); mean(h^2) + mean(c)"),
        ["softmax inside"] = () => ScheduledLoss.Of("x float[n, t, s]; t int; s int", "a = scan[t](x, p => x + softmax[s](p) * max[s](p)); mean(a^2)"),
        ["cumulative"] = () => ScheduledLoss.Of("x float[n, t]; t int", "mean(cumsum[t](x)^2) + mean(cumlogsumexp[-t](x) * cummax[t](x))"),
        ["cox"] = () => ScheduledLoss.Of("z float[t]; event byte[t]", "-sum(event != 0 ? z - cumlogsumexp[-t](z) : 0) / count(event != 0)"),
        ["nested"] = () => ScheduledLoss.Of(
            "x float[n, t]; u float[n, v]; t int; v int", "a = scan[t](x, p => sum[v](scan[v](u * p, q => sin(q) + p * u)) + x); mean(a^2)"),
        ["last state"] = () => ScheduledLoss.Of("x float[n, t]; t int", "a = scan[t](x, p => sin(p) + x); mean(a[t: size(t) - 1]^2)"),
        ["iterations"] = () => ScheduledLoss.Of("x float[n]; w float[t]", "a = scan[t](x, p => 0.5 * (p + x^2 / (1 + p^2))); mean(a[t: size(t) - 1]) + sum(w)"),
        ["opposite recurrences"] = () => ScheduledLoss.Of(
            "x float[n, t]; t int", "a = scan[t](x, p => sin(p) + x); b = scan[-t](a, q => q * a + 1); c = scan[t](b, p => p - a); mean(a * b * c)"),
        ["crossing recurrences"] = () => ScheduledLoss.Of(
            "x float[t, v]; t int", "a = scan[t](x, p => x + sum[v](p)); b = scan[v](x, q => x * sum[t](q)); mean(a * b)"),
    };

    public static ScheduledLoss Get(string name) => All[name]();
}
