using LossGen.Compiler.Binding;
using LossGen.Compiler.Tests.Binding;
using LossGen.Oracle;
using Xunit;

namespace LossGen.Compiler.Tests.Differentiation;

/// <summary>Formulas of every kind, by value and gradient, against a float64 reading of the formula as written.</summary>
public class GradientTests
{
    private const string Series = "x! float[n, t]; t int";

    private const string Logits = "z float[n, c]; label int[n]";
    private const string Pair = "x! float[]; y! float[]";
    private const string Embeddings = "a! float[n, d]; b! float[n, d]; d int";

    private static readonly Dictionary<string, int> Sizes = new()
    {
        ["i"] = 7, ["n"] = 5, ["c"] = 3, ["d"] = 4, ["h"] = 3, ["w"] = 6, ["t"] = 4, ["k"] = 3, ["m"] = 4, ["j"] = 3, ["s"] = 3, ["v"] = 3,
    };

    [Theory]
    [InlineData(Pair, "mean((x - y)^2)")]
    [InlineData(Pair, "sqrt(mean((x - y)^2))")]
    [InlineData(Pair, "mean(abs(x - y))")]
    [InlineData(Pair + "; margin float", "a = abs(x - y); mean((a < margin ? a * y : a^3) - (a < margin ? y^2 : 0) + (a < margin ? x : a * y))")]
    [InlineData(Pair + "; margin float", "r = abs(x - y); mean(r <= margin ? 0.5 * r^2 : margin * (r - 0.5 * margin))")]
    [InlineData(Pair, "mean(log(cosh(x - y)))")]
    [InlineData("x! float[n, d]; d int", "axis m = size(n); log(sum(n == m ? 0 : exp(-sum[d]((x - x[n: m])^2))))")]
    [InlineData("x! float[n, d]; d int", "axis m = size(n); mean(n == m ? 0 : norm[d](x - x[n: m])) + mean(sum[d](x * x[n: m])^3)")]
    [InlineData("x! float[n, d]; w! float[n]; d int", "axis m = size(n); mean(m < n ? sum[d]((x - x[n: m])^2) : 0) + mean(w / (1 + w[n: m]^2) * sum[d](abs(x - x[n: m])))")]
    [InlineData("x! float[n, d]; w! float[n]; d int", "axis m = size(n); axis j = size(n); mean(max(0, sum[d]((x - x[n: m])^2) - sum[d]((x - x[n: j])^2) + w * w[n: m]))")]
    [InlineData(Pair, "r = y - x; mean(max(0.3 * r, (0.3 - 1) * r))")]
    [InlineData(Pair, "mean(exp(x) - y * x)")]
    [InlineData("x! float[]; v! float[]; y float[]", "mean(0.5 * (log(v) + (x - y)^2 / v))")]
    [InlineData("p! float[]; q! float[]", "mean(-(q * max(log(p), -100) + (1 - q) * max(log(1 - p), -100)))")]
    [InlineData("z float[]; y byte[]", "mean(softplus(z) - y * z)")]
    [InlineData("z float[]; y byte[]", "-mean(y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z)))")]
    [InlineData("z float[]; y byte[]", "ce = softplus(z) - y * z; pt = exp(-ce); mean((0.25 * y + 0.75 * (1 - y)) * (1 - pt)^2.5 * ce)")]
    [InlineData("z float[]; y byte[]; smooth! float; weight! float", "p = sigmoid(z); dice = 1 - (2 * sum(p * y) + smooth) / (sum(p) + sum(y) + smooth); dice + weight * mean(softplus(z) - y * z)")]
    [InlineData(Logits, "-mean(log_softmax[c](z)[c: label])")]
    [InlineData(Logits, "-mean(log(softmax[c](z))[c: label])")]
    [InlineData(Logits, "p = exp(z) / sum[c](exp(z)); -mean(log(p)[c: label])")]
    [InlineData("z float[n, c]; y! float[n, c]; c int", "-mean[n](sum[c](y * log_softmax[c](z)))")]
    [InlineData("z! float[n, c]; w! float[c]; label int[n]", "u = label == 1 ? 0 : w[c: label]; sum(label == 1 ? 0 : -u * log_softmax[c](z)[c: label]) / sum(u)")]
    [InlineData(Logits, "lp = log_softmax[c](z); mean(-0.9 * lp[c: label] - 0.1 * mean[c](lp))")]
    [InlineData(Logits, "lp = log_softmax[c](z)[c: label]; mean(-0.5 * (1 - exp(lp))^2 * lp)")]
    [InlineData(Logits, "mean[n](sum[c](c == label ? 0 : max(0, 1 - z[c: label] + z)) / size(c))")]
    [InlineData("p! float[n, c]; q! float[n, c]; c int", "mean[n](sum[c](xlogy(p, p) - xlogy(p, q)))")]
    [InlineData("x! float[n, c]; y! float[n, c]; c int; tau! float", "s = log_softmax[c](x / tau); mean[n](sum[c](exp(s) * (s - log_softmax[c](y / tau)))) * tau^2")]
    [InlineData("z float[n, c, h, w]; label int[n, h, w]; h int; w int", "-mean(log_softmax[c](z)[c: label])")]
    [InlineData("z float[n, c, h, w]; label int[n, h, w]; h int; w int", "p = softmax[c](z); y = label == c ? 1 : 0; 1 - mean[c](2 * sum[n, h, w](p * y) / (sum[n, h, w](p) + sum[n, h, w](y) + 1))")]
    [InlineData("a! float[n, d]; p! float[n, d]; q! float[n, d]; d int; margin! float", "mean(max(0, sum[d]((a - p)^2) - sum[d]((a - q)^2) + margin))")]
    [InlineData(Embeddings, "-mean(sum[d](a * b) / max(norm[d](a) * norm[d](b), 0.001))")]
    [InlineData("a! float[n, d]; b! float[m, d]; label int[n]; tau! float; d int", "s = sum[d](a * b) / tau; mean(logsumexp[m](s) - s[m: label])")]
    [InlineData("f! float[n, c, h, w]; g! float[n, c, h, w]; n int", "mean[n](sum[c, h, w]((f - g)^2))")]
    [InlineData("f! float[n, c, h, w]; g! float[n, c, h, w]", "mean((f - g)^2) + 0.5 * mean(abs(f))")]
    [InlineData("x! float[n, d]; v! float[n, d]; n int", "-0.5 * mean[n](sum[d](1 + v - x^2 - exp(v)))")]
    [InlineData("x! float[i]; y! float[j]", "mean(softplus(-x)) + mean(softplus(y)) + prod(x) * max(y)")]
    [InlineData("x! float[i]; y float[i]; a float[i]", "r = exp(x - y); -mean(min(r * a, clamp(r, 0.8, 1.2) * a)) + 0.1 * mean(y - x)")]
    [InlineData("x! float[n, d]; d int", "lambda = 10; lambda * mean((norm[d](x) - 1)^2)")]
    [InlineData("x! float[n]; y byte[n]", "sum(y != 0 ? x^3 : 0) / count(y != 0) + mean(x)")]
    [InlineData("x! float[n]; y int[n]", "sum(x[n: y]) * mean(x) + x[n: 0] * x[n: size(n) - 1]")]
    [InlineData("x! float[n]; y! float[n]", "mean(detach(x) * y + x * detach(sin(y)))")]
    [InlineData("x! float[n]; y! float[n]", "mean(atan(x) + tan(y / 3) + sinh(x) * tanh(y) + erf(x) - erfc(y) + expm1(x) * log1p(y^2))")]
    [InlineData("v! float[n]; p! float[n]", "mean(lgamma(v) + digamma(p + v) * log_i0(v) + log1mexp(-v) + v^p + p^v + logaddexp(v, p, 2 * p))")]
    [InlineData("v! float[n]; p! float[n]", "mean(lgamma(v + 20 + p) - lgamma(v + 20) - log(v / p) + log(v * p) + log(v^3))")]
    [InlineData("x! float[n, c]; c int", "m = mean[n](x); centre(u) = u - m; sum[c](mean[n](centre(x)^2)^1.5) + sum(max[c](x)) * min(x)")]
    [InlineData("x! float[n, c]; c int", "sum(logsumexp[n](x) * softmax[c](x)) + log(sum(exp(x))) + log(mean(exp(2 * x)))")]
    [InlineData("x! float[n, w]; w int", "sum((x[w: w + 1] - x)^2) + mean((x[n: n + 1] - x)^2)")]
    [InlineData("x! float[n, w]; w int", "mean((x[w: w + 1] - 2 * x + x[w: w - 1])^2)")]
    [InlineData("x! float[n, w]; w int", "mean(x[w: size(w) - 1 - w] * x^2) + max(x[w: w + 2]^2)")]
    [InlineData("x! float[n, w]; w int", "d = x[w: w + 1] - x; mean[w](mean[n](d^2) * (w + 1)) + sum(w > 0 ? x[w: w - 1] * x : x^2)")]
    [InlineData("x! float[w]; k! float[d = 3]", "axis u = 3; s = sum[u](k[d: u] * x[w: w + u]); mean(s^2) + sum(abs(s))")]
    [InlineData("x! float[n, h, w]; h int; w int", "axis u = 2; axis v = 3; m = mean[u, v](x[h: h + u, w: w + v]); mean((m - x)^2)")]
    [InlineData("x! float[n, d]; d int; tau! float", "axis m = size(n); s = sum[d](x * x[n: m]) / tau; mean(logsumexp[m](m == n ? -inf : s) - s[m: mod(n + 1, size(n))])")]
    [InlineData("a! float[n, d]; b! float[n, d]; d int; tau! float", "axis m = size(n); s = sum[d](a * b[n: m]) / tau; (mean(logsumexp[m](s)) + mean(logsumexp[n](s))) / 2 - mean(sum[d](a * b) / tau)")]
    [InlineData("x! float[n, w]; w int; lag int", "sum(x[w: w + lag] * x) / size(n) + mean[w](mean[n](x[w: w - lag]^2))")]
    [InlineData("x! float[n]; y int[n]", "sum(x[n: mod(y + 1, size(n))]^2 + x[n: min(n + 2, size(n) - 1)] * x[n: max(n - 1, 0)]) + sum(x[n: div(n, 2)]^3)")]
    [InlineData("x! float[n, w]; mask byte[n, w]; w int", "sum(mask[w: w + 1] != 0 ? (x[w: w + 1] - x)^2 : 0) + sum(mask != 0 ? x[w: w + 1]^2 : x)")]
    [InlineData("x! float[n, w]; w int", "mean(softmax[w](x)[w: w + 1] * x) + mean(log_softmax[w](x[w: w + 1])^2)")]
    [InlineData("x! float[n]; y float[n]", "axis m = size(n); mean(max(0, 1 - (y > y[n: m] ? x - x[n: m] : x[n: m] - x))^2)")]
    [InlineData("x! float[w]", "axis u = 5; g = exp(-(u - 2)^2 / 2); g1 = g / sum[u](g); mean((sum[u](g1 * x[w: w + u]) - x[w: w + 2])^2)")]
    [InlineData("x! float[w]", "sum(x[w: 2 * w] * x[w: 2 * w + 1]) + mean(x[w: 2 * w + 1]^2)")]
    [InlineData("x! float[n, c]; c int; y int[n]", "sum(x[n: c, c: n]^2) + sum(x[n: y, c: mod(n, size(c))]) + sum((x * n)[n: c])")]
    [InlineData("x! float[n, t, s]; m! float[s, s2 = s]; t int; s int", "axis r = size(s); a = scan[t](x, p => logsumexp[r](p[s: r] + m[s: r, s2: s]) + x); mean(logsumexp[s](a[t: size(t) - 1]))")]
    [InlineData("x! float[n, t, s]; t int; s int", "a = scan[t](x, p => x + (s > 0 ? sin(p[s: s - 1]) : 0) + 0.5 * p); mean(a^2)")]
    [InlineData("x! float[n, t, s]; t int; s int", "a = scan[-t](x, p => x + (s < size(s) - 1 ? logaddexp(p[s: s + 1], x, p) : p)); mean(a^2)")]
    [InlineData("x! float[n, t]; t int", "a = scan[t](x, p => p * (x - x[t: t - 1])); mean(a^2)")]
    [InlineData(Series, "mean(cumsum[t](x)^2)")]
    [InlineData(Series, "mean(cumsum[-t](x)^2 * cummax[t](x)) + mean(cummax[-t](x)^2)")]
    [InlineData(Series, "mean(sin(cumlogsumexp[t](x))) + mean(cumlogsumexp[-t](x)^2)")]
    [InlineData("x! float[n, t]; y! float[n, t]; k! float; t int", "e = scan[t](x, prev => k * prev + (1 - k) * x); mean((e - y)^2)")]
    [InlineData("r! float[n, t]; k! float; t int", "g = scan[-t](r, next => r + k * next); mean(g[t: 0]^2) + mean(g^3)")]
    [InlineData("x! float[t]; k! float", "s = scan[t](0, prev => sin(prev) * k + x); s[t: size(t) - 1]^2 + sum(s)")]
    [InlineData("x! float[n, t]; h! float[n]; w! float; t int", "(h1, c) = scan[t]((h, 0 * h), (ph, pc) => (tanh(w * ph + pc), sigmoid(ph) * pc + x * ph)); mean(h1^2) + mean(c)")]
    [InlineData("x! float[n, t, s]; t int; s int", "a = scan[t](x, prev => x + softmax[s](prev) * prev); mean(a^2)")]
    [InlineData("x! float[n, t, s]; t int; s int", "a = scan[t](x, prev => x * logsumexp[s](prev + x) + max[s](prev)); mean(sin(a))")]
    [InlineData("x! float[n, t, s]; m! float[k = s, s]; h! float[k = s]; t int; s int", "a = scan[t](0 * x + h[k: 0], p => tanh(sum[s](p * x) + x)); sum(m) * mean(a)")]
    [InlineData("x! float[n, t]; u! float[n, v]; t int; v int", "a = scan[t](x, p => sum[v](scan[v](u * p, q => sin(q) + p * u)) + x); mean(a^2)")]
    [InlineData("x! float[n, t]; t int", "a = scan[t](x, p => p + 0.5 * sin(p)); mean(a[t: size(t) - 1]) + mean[n](max[t](a))")]
    [InlineData("x! float[n, t]; t int", "a = scan[t](x, p => p * mean[t](x) + sum(p)); mean(a)")]
    [InlineData("z float[n, c]; label int[n]; each result[n]", "-log_softmax[c](z)[c: label]")]
    [InlineData("x! float[n, c]; y! float[n, c]; each result[c, n]; c int", "(softmax[c](x) - y)^2")]
    [InlineData("w! float[c]; label int[n]; k int[n]; each result[n]", "w[c: label] * w[c: k] + w[c: 0]")]
    [InlineData("x! float[n]; y! float[m]; tau! float; each result[m, n]", "exp((x - y) / tau)")]
    [InlineData("f! float[n, c, h, w]; g! float[n, c, h, w]; each result[n, c, h, w]", "log_sigmoid(f) * g")]
    public void Every_stage_means_the_formula(string parameters, string formula)
    {
        var meaning = new CompiledMeaning(parameters, formula);
        for (int seed = 1; seed <= 3; seed++) meaning.AssertHolds(RandomInputs.For(meaning.Written, Sizes, seed));
    }

    [Theory]
    [InlineData("sum(abs(x) * y)", new[] { 0.0, 1, -1, 0 }, new[] { 2.0, 3, 0, -1 })]
    [InlineData("sum(max(0, x) + 2 * max(x, 0) + relu(x) + y)", new[] { 0.0, 1, -1, 0 }, new[] { 0.0, 0, 0, 0 })]
    [InlineData("sum(y * max(x, y) + min(y, x))", new[] { 0.0, 1, -1, 2 }, new[] { 0.0, 1, 3, 1 })]
    [InlineData("max(x) * min(y)", new[] { 2.0, 2, 1, 2 }, new[] { 0.0, 1, 0, 4 })]
    [InlineData("sum(clamp(x, 0, 1) * y)", new[] { 0.0, 1, 0.5, 2 }, new[] { 1.0, 2, 3, 4 })]
    [InlineData("sum(sqrt(abs(x)) + x^0.5 + abs(x)^0 + y^2)", new[] { 0.0, 1, 4, 0 }, new[] { 0.0, 1, -1, 2 })]
    [InlineData("norm(x) + sqrt(sum(y^2))", new[] { 0.0, 0, 0, 0 }, new[] { 0.0, 0, 0, 0 })]
    [InlineData("norm(x - y)", new[] { 1.0, 0, 0, 0 }, new[] { 0.0, 0, 0, 0 })]
    [InlineData("sum(xlogy(x, y))", new[] { 0.0, 1, 0, 2 }, new[] { 0.0, 1, 2, 0.5 })]
    [InlineData("prod(x) + prod(y)", new[] { 0.0, 1, 2, 2 }, new[] { 0.0, 0, 2, 0.5 })]
    [InlineData("sum(floor(x) + round(x) + sign(x) + ceil(x) + x * y)", new[] { 0.0, 1, 0.5, -2 }, new[] { 0.0, 1, 2, 0.5 })]
    [InlineData("sum(x > 0 ? log(x) * y : y)", new[] { 0.0, -1, double.NaN, 2 }, new[] { 1.0, 1, 2, 0.5 })]
    [InlineData("sum(x == 0 ? 0 : y / x)", new[] { 0.0, -1, 0, 2 }, new[] { double.PositiveInfinity, 1, double.NaN, 0.5 })]
    [InlineData("sum(y > 0 && sqrt(x) > 1 ? x^1.5 * y : 0)", new[] { -1.0, 4, -9, 2 }, new[] { -1.0, 1, 0, 0.5 })]
    [InlineData("logsumexp(x) + 0 * sum(y)", new[] { double.NegativeInfinity, 0, 1, double.NegativeInfinity }, new[] { 1.0, 1, 1, 1 })]
    [InlineData("max(logsumexp(x), -5) + sum(y)", new[] { double.NegativeInfinity, double.NegativeInfinity }, new[] { 1.0, 1 })]
    [InlineData("sum(y * sigmoid(x) + softplus(x) + log(sigmoid(x)) + tanh(x))", new[] { 700.0, -700, 40, -40 }, new[] { 1.0, 1, 2, 3 })]
    [InlineData("sum(x) + mean(y)", new double[0], new double[0])]
    [InlineData("logsumexp(x) + max(y) + prod(x) + norm(y)", new double[0], new double[0])]
    public void Kinks_poles_masks_and_ends(string formula, double[] x, double[] y) =>
        new CompiledMeaning(Pair, formula).AssertHolds(new Inputs().With("x", x).With("y", y));

    [Theory]
    [InlineData("x! float[n, c]; y! float[n, c]; c int", "sum(logsumexp[n](x * y)) + sum(norm[c](x)) * prod(y) + max(x) * min(y)")]
    [InlineData("x! float[n, c]; c int", "sum(logsumexp[n](x) * softmax[c](x)) + mean(max[c](x)^2)")]
    [InlineData("z! float[n, c]; tau! float; label int[n]", "mean(label == 1 ? 0 : -log_softmax[c](z / tau)[c: label])")]
    [InlineData("x! float[n]; y int[n]; tau! float", "tau * sum(x[n: y]^2) * mean(exp(x)) + tau^2")]
    public void Differences_agree_with_the_oracle(string parameters, string formula)
    {
        BoundLoss loss = Declaration.Bind(parameters, formula).Loss!;
        Inputs inputs = RandomInputs.For(loss, Sizes, seed: 5);
        foreach (DifferentiatedParameter parameter in loss.Differentiated)
        {
            double[] expected = DualInterpreter.Gradient(loss, inputs, parameter, 3);
            DifferenceGradient differences = CentralDifferences.Gradient(loss, inputs, parameter, upstream: 3);
            Assert.DoesNotContain(true, differences.Kinks);
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], differences.Values[i], 1e-8 * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
