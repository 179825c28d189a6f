using LossGen.Kernels.Tests.Calls;
using LossGen.Oracle;

namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Losses whose first tensor holds extreme values, repeated so that whole vectors and tails meet them.</summary>
internal static class ExtremeLosses
{
    private static readonly double[] Logits = [1e4, -1e4, 0, 88, -88, 104, -104, 1, -1, 500];
    private static readonly double[] Masked = [double.NaN, 1, double.PositiveInfinity, -2, double.NegativeInfinity, 0.5, double.NaN];

    // A single wrong element, so that what it must spoil can be told from what it must not.
    private static readonly double[] OneNaN = [1, 2, double.NaN, 4];

    // Most rows are whole, some hold an infinity or a NaN.
    private static readonly double[] FewWrong = [.. Enumerable.Range(0, 97).Select(k => k == 31 ? double.NaN : k == 60 ? double.PositiveInfinity : k == 90 ? double.NegativeInfinity : Math.Sin(k))];

    private static readonly Dictionary<string, double[]> Values = new()
    {
        ["bce of large logits"] = Logits,
        ["weighted bce of large logits"] = Logits,
        ["naive bce of large logits"] = Logits,
        ["log-cosh of large differences"] = Logits,
        ["cross-entropy of large logits"] = Logits,
        ["naive cross-entropy of large logits"] = Logits,
        ["cross-entropy of equal logits far from 0"] = [-30000, -30000.5, -30001],
        ["soft cross-entropy of equal logits far from 0"] = [30000, 30000.5, 30001],
        ["logsumexp of large logits"] = Logits,
        ["logaddexp of large logits"] = Logits,
        ["focal of large logits"] = Logits,
        ["xlogy of certain probabilities"] = [0, 1, 0, 1, 0.5],
        ["kl of certain probabilities"] = [0, 1, 0, 1, 0.5],
        ["likelihood of many labels"] = Logits,
        ["xlogy of large logits"] = Logits,
        ["norm of large values"] = [1e19, -3e18, 2e19, 0],
        ["norm of zeros"] = [0],
        ["norm of small values"] = [1e-15, -2e-15, 3e-15],
        ["masked by a byte"] = Masked,
        ["masked by a comparison"] = Masked,
        ["masked by truth, under functions"] = Masked,
        ["masked rows"] = Masked,
        ["masked in a maximum"] = Masked,
        ["mean over the unmasked"] = Masked,
        ["masked pairs"] = FewWrong,
        ["masked pairs of one weight"] = FewWrong,
        ["masked products of columns"] = FewWrong,
        ["pairs with an infinity"] = [.. FewWrong.Select(x => double.IsNaN(x) ? 1 : x)],
        ["norms of large differences"] = [1e19, -3e18, 2e19, 0, 5e18],
        ["unmasked NaN"] = OneNaN,
        ["NaN in max"] = OneNaN,
        ["NaN in the maximum of rows"] = OneNaN,
        ["NaN in relu and clamp"] = OneNaN,
        ["infinity in a sum"] = [1, double.PositiveInfinity, 2],
        ["logsumexp of nothing but minus infinity"] = [double.NegativeInfinity],
        ["logsumexp beside minus infinity"] = [double.NegativeInfinity, 1, 2],
    };

    private static readonly string[] Flat = ["i=5", "i=16", "i=33", "i=70"];
    private static readonly string[] Points = ["n=7,d=5", "n=20,d=17", "n=75,d=40"];
    private static readonly string[] Rows = ["n=3,c=5", "n=2,c=17", "n=5,c=33"];

    public static readonly LossCase[] All =
    [
        new("bce of large logits", "x real[]; y byte[]", "mean(softplus(x) - y * x)", Flat),
        new("weighted bce of large logits", "x real[]; y byte[]", "mean(3 * y * softplus(-x) + (1 - y) * softplus(x))", Flat),
        new("naive bce of large logits", "x real[]; y byte[]", "p = sigmoid(x); -mean(y * log(p) + (1 - y) * log(1 - p))", Flat,
            Reference: "mean(softplus(x) - y * x)"),
        new("log-cosh of large differences", "x real[]; y byte[]", "mean(log(cosh(x - y)))", Flat,
            Reference: "d = abs(x - y); mean(d + log1p(exp(-2 * d)) - log(2))"),
        new("cross-entropy of large logits", "x real[n, c]; label int[n]: 0..c", "-mean(log_softmax[c](x)[c: label])", Rows),
        new("cross-entropy of equal logits far from 0", "x real[n, c]; label int[n]: 0..c", "-mean(log_softmax[c](x)[c: label])", Rows),
        new("soft cross-entropy of equal logits far from 0", "x real[n, c]; y real[n, c]: 0..1; c int", "-mean(sum[c](y * log_softmax[c](x)))", Rows),
        new("likelihood of many labels", "x real[n, c]; y byte[n, c]; c int", "p = sigmoid(x); -mean[n](log(prod[c](y > 1 ? p : 1 - p)))", Rows,
            Reference: "mean[n](sum[c](softplus(y > 1 ? -x : x)))"),
        new("xlogy of large logits", "x real[n, c]; y! real[n, c]: 0..2 whole; c int", "-mean[n](sum[c](xlogy(y, softmax[c](x))))", Rows, Reference: "-mean[n](sum[c](y * log_softmax[c](x)))"),
        new("naive cross-entropy of large logits", "x real[n, c]; label int[n]: 0..c", "-mean(log(exp(x) / sum[c](exp(x)))[c: label])", Rows,
            Reference: "-mean(log_softmax[c](x)[c: label])"),
        new("logsumexp of large logits", "x real[n, c]; c int", "mean(log(sum[c](exp(x))))", Rows,
            Reference: "mean(logsumexp[c](x))"),
        new("logaddexp of large logits", "x! real[]; y! real[]", "mean(log(exp(x) + exp(y)))", Flat,
            Reference: "mean(logaddexp(x, y))"),
        new("focal of large logits", "x real[]; y byte[]", "p = sigmoid(x); -mean(y * (1 - p)^2 * log(p) + (1 - y) * p^2 * log(1 - p))", Flat,
            Reference: "mean(y * sigmoid(-x)^2 * softplus(-x) + (1 - y) * sigmoid(x)^2 * softplus(x))"),
        new("xlogy of certain probabilities", "x! real[]; y! real[]: 0.1..0.9", "-mean(xlogy(x, y) + xlogy(1 - x, 1 - y))", Flat),
        new("kl of certain probabilities", "p real[n, c]; q! real[n, c]: 0.1..0.9; c int", "mean[n](sum[c](xlogy(p, p) - xlogy(p, q)))", Rows),
        new("norm of large values", "x real[n, c]; c int", "mean(norm[c](x) / 1e19)", Rows),
        new("norm of zeros", "x real[n, c]; c int", "mean(norm[c](x) + sqrt(sum[c](x^2)))", Rows),
        new("norm of small values", "x real[n, c]; c int", "mean(norm[c](x)) * 1e15", Rows),
        new("masked by a byte", "x real[]; mask byte[]", "mean(mask != 0 && abs(x) < 3 ? x^2 : 0)", Flat),
        new("masked by a comparison", "x real[]; y real[]", "mean(x > -3 && x < 3 ? exp(x) * y : 0)", Flat),
        new("masked by truth, under functions", "x! real[]; y! real[]: 1..2", "ok = abs(x) < 3; mean(ok ? log(x^2 + y) * sqrt(abs(x) + y) / y : y)", Flat),
        new("masked rows", "x real[n, c]; c int", "mean(all[c](abs(x) < 3) ? logsumexp[c](x) : 0)", Rows),
        new("masked in a maximum", "x real[n, c]; c int", "mean(max[c](abs(x) < 3 ? x : -5))", Rows),
        new("mean over the unmasked", "x real[]", "ok = abs(x) < 3; sum(ok ? x^2 : 0) / count(ok)", Flat),
        new("masked pairs", "x real[n, d]; d int", "axis m = size(n); ok = all[d](abs(x) < 3); mean(ok && ok[n: m] ? exp(-sum[d]((x - x[n: m])^2) / size(d)) : 0) + 1", Points),
        new("masked pairs of one weight", "x real[n, d]; d int", "axis m = size(n); ok = all[d](abs(x) < 3); mean(ok && ok[n: m] ? sum[d]((x - x[n: m])^2) : 0)", Points),
        new("pairs with an infinity", "x real[n, d]; d int", "axis m = size(n); mean(n == m ? 0 : exp(-sum[d]((x - x[n: m])^2))) + 1", Points),
        new("norms of large differences", "x real[n, d]; d int", "axis m = size(n); mean(n == m ? 0 : norm[d](x - x[n: m]))", Points),
        new("unmasked NaN", "x real[]", "mean(x^2)", Flat),
        new("NaN in max", "x real[]; y real[]", "mean(max(x, y) + min(x, y))", Flat),
        new("NaN in the maximum of rows", "x real[n, c]; c int", "mean(max[c](x) - min[c](x))", Rows),
        new("NaN in relu and clamp", "x real[]", "mean(x + detach(relu(x)) + detach(clamp(x, 0, 3)))", Flat),
        new("infinity in a sum", "x real[]", "mean(x)", Flat),
        new("logsumexp of nothing but minus infinity", "x real[n, c]; c int", "mean(exp(logsumexp[c](x)))", Rows),
        new("logsumexp beside minus infinity", "x real[n, c]; c int", "mean(logsumexp[c](x))", Rows),
        new("masked products of columns", "x real[n, d]; y! real[n, d]; d int", "axis m = size(n); mean(sum[d](abs(x[n: m]) < 3 ? y * x[n: m] : 0)^2)", Points),
    ];

    public static IEnumerable<string> Differences(CompiledCase compiled)
    {
        if (compiled.Errors.Length > 0) return [compiled.Errors];
        CaseParameter first = compiled.Loss.Parameters[0];
        double[] values = Values[compiled.Loss.Name];
        return compiled.Loss.Shapes.SelectMany(shape =>
        {
            Inputs inputs = CaseInputs.Create(compiled.Loss, compiled.Real, shape);
            double[] extreme = new double[inputs.Reals[first.Name].Length];
            for (int i = 0; i < extreme.Length; i++) extreme[i] = CaseInputs.Round(first, compiled.Real, values[i % values.Length]);
            return new OracleComparison(compiled, inputs.With(first.Name, extreme), shape).Run();
        });
    }
}
