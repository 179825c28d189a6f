using static System.MathF;

namespace LossGen.Kernels.Tests.Numerics;

/// <summary>The closed list of stable forms.</summary>
internal static class StableForms
{
    public static readonly StableForm[] All =
    [
        Of("log(sigmoid(x))", "-softplus(-x)", [-100, -200, 3], x => Log(1 / (1 + Exp(-x)))),
        Of("log(1 - sigmoid(x))", "-softplus(x)", [30, 100, -3], x => Log(1 - (1 / (1 + Exp(-x))))),
        Of("1 - sigmoid(x)", "sigmoid(-x)", [20, 40, -3], x => 1 - (1 / (1 + Exp(-x)))),
        Of("p = sigmoid(x); log(p / (1 - p))", "x + 0", [30, -50, 3], x => Log(1 / (1 + Exp(-x)) / (1 - (1 / (1 + Exp(-x)))))),
        Of("1 / (1 + exp(-x))", "sigmoid(x)", [-80, -60, 3], x => Exp(-x) / ((1 + Exp(-x)) * (1 + Exp(-x)))) with { IsDerivative = true },
        Of("log(1 + exp(x))", "softplus(x)", [100, -20, 3], x => Log(1 + Exp(x))),
        Of("log1p(exp(x))", "softplus(x)", [100, 500, 3], x => Log1P(Exp(x))),
        Of("log(1 + x)", "log1p(x)", [1e-8f, -3e-8f, 3], x => Log(1 + x)),
        Of("log(1 - x)", "log1p(-x)", [1e-8f, -3e-8f, 0.5f], x => Log(1 - x)),
        Of("exp(x) - 1", "expm1(x)", [1e-8f, -3e-8f, 1], x => Exp(x) - 1),
        Of("1 - exp(x)", "-expm1(x)", [1e-8f, -3e-8f, 1], x => 1 - Exp(x)),
        Of("log(1 - exp(x))", "log1mexp(x)", [-1e-9f, -30, -1], x => Log(1 - Exp(x))),
        Of("log(cosh(x))", "abs(x) + log1p(exp(-2 * abs(x))) - log(2)", [100, -300, 3], x => Log(Cosh(x))),
        Of("log(exp(x))", "x + 0", [100, -110, 3], x => Log(Exp(x))),
        Of("log(exp(x)^3)", "3 * x", [50, -60, 3], x => Log(Exp(x) * Exp(x) * Exp(x))),
        Of("log(sigmoid(x)^40)", "-40 * softplus(-x)", [-5, -9, 3], x => Log(Pow(1 / (1 + Exp(-x)), 40))),
        Of("log(sqrt(exp(x)))", "x / 2", [100, -120, 3], x => Log(Sqrt(Exp(x)))),
        Of("log(1 / exp(x))", "-x", [100, -120, 3], x => Log(1 / Exp(x))),
        Of("log(sigmoid(x) * sigmoid(y))", "-softplus(-x) - softplus(-y)", [-60, -70, 3], x => Log(1 / (1 + Exp(-x)) * (1 / (1 + Exp(-x))))),
        Of("log(sigmoid(-x) / sigmoid(x))", "softplus(-x) - softplus(x)", [-100, 100, 3], x => Log(1 / (1 + Exp(x)) / (1 / (1 + Exp(-x))))),
        Of("log(exp(x) + exp(y))", "logaddexp(x, y)", [100, -120, 3], x => Log(Exp(x) + Exp(x))),
        Of("log(exp(x) + exp(y) + exp(1))", "logaddexp(logaddexp(x, y), 1)", [100, 90, 3], x => Log(Exp(x) + Exp(x) + Exp(1))),
        Of("lgamma(x + 0.5) - lgamma(x)", "0.5 * log(x) - 1 / (8 * x) + 1 / (192 * x^3)", [1e6f, 1e8f, 3e7f], x => (float)Lgamma(x + 0.5f) - (float)Lgamma(x)),
        Of("x^3", "x * x * x", [-2, -0.5f, 3], x => Exp(3 * Log(x))),
        Of("x^-1", "1 / x", [-2, -0.5f, 3], x => Exp(-Log(x))),
        Of("x^0.5", "sqrt(x)", [0, 4, 9], x => 0.5f * Exp(0.5f * Log(x)) / x) with { IsDerivative = true },
        Row("softmax[c](x)", "softmax[c](x)", [100, 101, 99], Softmax),
        Row("exp(x) / sum[c](exp(x))", "softmax[c](x)", [100, 101, 99], Softmax),
        Row("log_softmax[c](x)", "log_softmax[c](x)", [0, 200, 199], x => [.. Softmax(x).Select(v => Log(v))]),
        Row("log(softmax[c](x))", "log_softmax[c](x)", [0, -200, -199], x => [.. Softmax(x).Select(v => Log(v))]),
        Row("log(exp(x) / sum[c](exp(x)))", "log_softmax[c](x)", [0, -200, -199], x => [.. Softmax(x).Select(v => Log(v))]),
        Row("exp(log_softmax[c](x))", "softmax[c](x)", [1000000, 1000000.5f, 1000001], x => [.. x.Select(v => Exp(v - (1000001 + Log(x.Sum(w => Exp(w - 1000001))))))]),
        Reduced("logsumexp[c](x)", "logsumexp[c](x)", [100, 101, 99], x => Log(x.Sum(Exp))),
        Reduced("log(sum[c](exp(x)))", "logsumexp[c](x)", [-110, -111, -120], x => Log(x.Sum(Exp))),
        Reduced("log(mean[c](exp(x)))", "logsumexp[c](x) - log(size(c))", [100, 101, 99], x => Log(x.Sum(Exp) / x.Length)),
        Reduced("sqrt(sum[c](x^2))", "norm[c](x)", [1e20f, -3e19f, 2e20f], x => Sqrt(x.Sum(v => v * v))),
        Reduced("norm[c](x)", "norm[c](x)", [1e20f, -3e19f, 2e20f], x => Sqrt(x.Sum(v => v * v))),
        Row("norm[c](x)", "norm[c](x)", [0, 0, 0], x => [.. x.Select(v => v / Sqrt(x.Sum(w => w * w)))]) with { IsDerivative = true, IsReduced = true },
        Row("logsumexp[c](x)", "logsumexp[c](x)", [float.NegativeInfinity, float.NegativeInfinity], x => [.. x.Select(v => Exp(v - Log(x.Sum(Exp))))]) with { IsDerivative = true, IsReduced = true },
    ];

    private static StableForm Of(string written, string stable, float[] x, Func<float, float> naive) => new(written, stable, x, x => [.. x.Select(naive)]);

    private static StableForm Row(string written, string stable, float[] x, Func<float[], float[]> naive) => new(written, stable, x, naive) { IsRow = true };

    private static StableForm Reduced(string written, string stable, float[] x, Func<float[], float> naive) =>
        Row(written, stable, x, x => [naive(x)]) with { IsReduced = true };

    private static float[] Softmax(float[] x) => [.. x.Select(v => Exp(v) / x.Sum(Exp))];

    private static float Log1P(float x) => Log(1 + x);

    // Stirling's series, in float as a float library would return it.
    private static double Lgamma(float x) => ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12.0 * x));
}
