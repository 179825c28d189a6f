using LossGen.Oracle;
using Xunit;

namespace LossGen.Compiler.Tests.Binding;

/// <summary>The value of bound formulas on numbers that can be followed by hand.</summary>
public class MeaningTests
{
    private const string Parameters = "z float[n, c]; y byte[n, c]; label int[n]; b bool[n]; tau float; k int; q float[c]; c int";

    // z = 1 2 4 | -1 0.5 0    y = 1 0 2 | 0 0 1    label = 2 0    b = true false    q = 3 5 7
    private static readonly Inputs Arguments = new Inputs()
        .With("z", 1, 2, 4, -1, 0.5, 0)
        .WithIntegers("y", 1, 0, 2, 0, 0, 1)
        .WithIntegers("label", 2, 0)
        .WithIntegers("b", 1, 0)
        .With("q", 3, 5, 7)
        .WithScalar("tau", 0.25)
        .WithInteger("k", 1)
        .WithInteger("c", 3);

    [Theory]
    [InlineData("sum(z)", 6.5)]
    [InlineData("mean(z)", 6.5 / 6)]
    [InlineData("sum(mean[n](z))", 6.5 / 2)]
    [InlineData("sum(z * y)", 9)]
    [InlineData("sum(z * q)", 3 + 10 + 28 - 3 + 2.5)]
    [InlineData("sum(z[c: label])", 4 - 1)]
    [InlineData("sum(z[c: k])", 2.5)]
    [InlineData("sum(z[n: 1])", -0.5)]
    [InlineData("sum((z * q)[c: label])", 28 - 3)]
    [InlineData("sum(sum[n](z)[c: label])", 4 + 0)]
    [InlineData("sum((z - mean[n](z))[n: label[n: 1]])", 1 + 0.75 + 2)]
    [InlineData("count(z > 0)", 4)]
    [InlineData("sum(any[c](z > 3) ? 1 : 0) + (all(z > -2) ? 10 : 0)", 11)]
    [InlineData("sum(b ? z : 0)", 7)]
    [InlineData("sum(z * b)", 7)]
    [InlineData("sum(c * z)", 0 + 2 + 8 + 0.5)]
    [InlineData("sum(z) / size(c)", 6.5 / 3)]
    [InlineData("sum(c == label ? z : 0)", 4 - 1)]
    [InlineData("1/2 + 3 * 4 - 2^3 + div(7, 2) - mod(-1, 3) + tau * 0", 0.5 + 12 - 8 + 3 - 2)]
    [InlineData("max(k, 4) + min(k, -2) + max(tau, 0) + max(z) + min[n, c](z)", 4 - 2 + 0.25 + 4 - 1)]
    [InlineData("-2^2 + 2^-1 + 2^3^0", -4 + 0.5 + 2)]
    [InlineData("k == 1 && tau < 1 || k > 5 ? 1 : 2", 1)]
    [InlineData("f(x, s) = sum(x) * s; g(x) = f(x, 2) + f(x * x, tau); g(q)", 30 + 83 * 0.25)]
    [InlineData("prod(q) + norm(q)^2 + norm(-2)", 105 + 83 + 2)]
    [InlineData("sum(z[c: c + 1] - z)", 3 + 1)]
    [InlineData("mean(z[c: c + 1] - z)", 1)]
    [InlineData("sum(z[c: c - 1])", 2.5)]
    [InlineData("sum(mean[n](z[c: c + 1]) * c)", 2)]
    [InlineData("axis u = 2; sum(sum[u](z[c: c + u]))", 9)]
    [InlineData("axis u = 2; mean(sum[u](z[c: c + u]))", 9.0 / 4)]
    [InlineData("axis u = 2; sum(z[c: u])", 2.5)]
    [InlineData("sum(c < 2 ? z[c: c + 1] : 10 * z)", 46.5)]
    [InlineData("mean(c < 2 ? z[c: c + 1] : 10 * z)", 46.5 / 6)]
    [InlineData("sum(z[c: size(c) - 1 - c] * q)", 5 * 2.5 + 3 * 4 + 7 * 0)]
    [InlineData("sum(z[c: c + k])", 6.5)]
    [InlineData("mean(z[c: c - k])", 2.5 / 4)]
    [InlineData("sum(y != 0 ? z[c: c + 1] : 0)", 2)]
    [InlineData("mean(y != 0 ? z[c: c + 1] : 0)", 2.0 / 4)]
    [InlineData("mean(y[c: c + 1] != 0 ? z[c: c + 1] : 0)", 4.0 / 4)]
    [InlineData("sum(z[c: label[n: 1 - n]])", 1 + 0)]
    [InlineData("axis m = size(n); sum(z * z[n: m])", 2.5 * 2.5 + 16)]
    [InlineData("axis m = size(n); sum(sum[n](z) * (m + 1))", 6.5 * 3)]
    [InlineData("axis u = 2; sum((u * 1.5)[u: c] * z)", 3 + 0.75)]
    [InlineData("sum(z[c: 2 * c])", 1 + 4 - 1 + 0)]
    [InlineData("mean(q[c: 2 * c + 1])", 5)]
    [InlineData("sum(max[c](z[c: c + 1]))", 4.5)]
    [InlineData("max(z[c: c + 1] - z)", 2)]
    [InlineData("sum(q[c: mod(c + 1, size(c))] * q)", 3 * 5 + 5 * 7 + 7 * 3)]
    [InlineData("sum(q[c: min(c + 1, size(c) - 1)] * q)", 15 + 35 + 49)]
    [InlineData("sum(q[c: div(c, 2)])", 3 + 3 + 5)]
    [InlineData("sum(softmax[c](z[c: c + 1]))", 2)]
    [InlineData("axis r = div(size(c), 2); sum(z[c: 2 * r + 1] * z[c: 2 * r])", 2 - 0.5)]
    [InlineData("axis r = div(size(c) + k, 2); axis s = size(r) - 1; sum(z[c: s])", 0)]
    [InlineData("sum(argmax[c](z)) + 10 * sum(argmin[c](z))", 2 + 1)]
    [InlineData("sum(argmax[c](y)) + sum(argmin[c](y))", 2 + 2 + 1 + 0)]
    [InlineData("sum(z[c: argmax[c](q)])", 4 + 0)]
    [InlineData("sum(argsort[c](z) * (c + 1))", 0 + 2 + 6 + 0 + 4 + 3)]
    [InlineData("s = z[c: argsort[c](z)]; sum(s * (c + 1))", 1 + 4 + 12 - 1 + 0 + 1.5)]
    [InlineData("s = z[c: argsort[c](-z)]; sum(s[c: 0])", 4.5)]
    [InlineData("sum(argsort[c](y) * c)", 0 * 1 + 1 * 0 + 2 * 2 + 0 + 1 + 4)]
    [InlineData("f(e) = e[c: c + 1]; sum(f(z) - z)", 4)]
    [InlineData("axis m = size(n); s = sum[m](z[n: m]); sum(s[c: label] * (n + 1))", 4 + 0)]
    public void IsTheValueByHand(string formula, double expected)
    {
        // The sum over z keeps a gradient in formulas that have none.
        Assert.Equal(expected, Value($"{Last(formula)} + 0 * sum(z)"), 1e-12);
    }

    [Fact]
    public void SoftmaxIsAlongItsAxis()
    {
        double first = Math.Exp(4) / (Math.Exp(1) + Math.Exp(2) + Math.Exp(4));
        double second = Math.Exp(-1) / (Math.Exp(-1) + Math.Exp(0.5) + 1);
        double columns = (Math.E / (Math.E + 1)) + 0.5 + (Math.E / (Math.E + 1));

        Assert.Equal(2, Value("sum(softmax[c](z))"), 1e-12);
        Assert.Equal(1, Value("sum(softmax[n, c](z))"), 1e-12);
        Assert.Equal((first + second) * columns, Value("sum(exp(log_softmax[c](z)[c: label]) * softmax[n](y)[n: 0])"), 1e-12);
    }

    private static double Value(string formula) => Interpreter.Evaluate(Declaration.Bind(Parameters, formula).Loss!, Arguments).Loss;

    private static string Last(string formula)
    {
        int end = formula.LastIndexOf(';') + 1;
        return $"{formula[..end]} ({formula[end..]})";
    }
}
