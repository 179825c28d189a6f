using Xunit;

namespace LossGen.Compiler.Tests.Binding;

/// <summary>Formulas and what they mean, written out: nothing is simplified but integers.</summary>
public class BinderTests
{
    private const string Everything =
        "z float[n, c]; label int[n]; b bool[n]; perm int[n]; w float[d]; tau float = 0.5; ignore int; k int; d int";

    [Theory]
    [InlineData("mean((x - y)^2)", "sum[i]((x - y)^2) / size(i)")]
    [InlineData("d = x - y; mean(d * d)", "sum[i]((x - y) * (x - y)) / size(i)")]
    [InlineData("f(a, b) = a * b; sum(f(x, y)) + f(2, 3)", "sum[i](x * y) + 6")]
    public void BindsTensorsWithoutAxes(string formula, string expected) =>
        Assert.Equal(expected, Declaration.Print(Declaration.Bind("x float[]; y float[]", formula)));

    [Theory]
    [InlineData("-mean(log_softmax[c](z)[c: label])", "-(sum[n](z[n, label] - logsumexp[c](z)) / size(n))")]
    [InlineData("-mean(softmax[c](z)[c: 0])", "-(sum[n](exp(z[n, 0] - logsumexp[c](z))) / size(n))")]
    [InlineData("sum(z[c: size(c) - 1, n: k])", "z[k, size(c) - 1]")]
    [InlineData("l = label; sum(z[c: l])", "sum[n](z[n, label])")]
    [InlineData("centre(x) = x - mean[n](x); sum(centre(z)^2)", "sum[n, c]((z - (sum[n](z) / size(n)))^2)")]
    [InlineData("sum[n](sum[c](z * c)) / size(d)", "sum[n](sum[c](z * c)) / size(d)")]
    [InlineData("sum(label != ignore ? -log_softmax[c](z)[c: label] : 0) / count(label != ignore)", "sum[n]((label != ignore) ? -(z[n, label] - logsumexp[c](z)) : 0) / sum[n]((label != ignore) ? 1 : 0)")]
    [InlineData("mean(max(0, max[c](z) - min[c](z)))", "sum[n](max(0, max[c](z) - min[c](z))) / size(n)")]
    [InlineData("any(z > 0) && all(z < 1) ? norm(z) : prod(z)", "((max[n, c]((z > 0) ? 1 : 0) > 0.5) && (min[n, c]((z < 1) ? 1 : 0) > 0.5)) ? norm[n, c](z) : product[n, c](z)")]
    [InlineData("sum(clamp(z, 0, 1) * relu(z) + square(z) - log_sigmoid(z))", "sum[n, c](((clamp(z, 0, 1) * max(z, 0)) + (z * z)) - -softplus(-z))")]
    [InlineData("sum(where(b, z, 1)) + logaddexp(tau, 1, 2) + xlogy(tau, sum(z))", "(sum[n, c](b ? z : 1) + logaddexp(tau, 1, 2)) + xlogy(tau, sum[n, c](z))")]
    [InlineData("sum(z * div(label, 2) + mod(label * label, 3))", "sum[n, c]((z * div(label, 2)) + mod(label * label, 3))")]
    [InlineData("sum(z * b) + sum(detach(z)) + 2 * 3 + 1/2 + 2^3", "(((sum[n, c](z * (b ? 1 : 0)) + sum[n, c](z)) + 6) + (1 / 2)) + 2^3")]
    [InlineData("sum(z * (n == c)) + sum(z * (label == c))", "sum[n, c](z * ((n == c) ? 1 : 0)) + sum[n, c](z * ((label == c) ? 1 : 0))")]
    [InlineData("sum(z * -(c - 2 * c))", "sum[n, c](z * c)")]
    [InlineData("sum(z) * 9007199254740992 * 4", "(sum[n, c](z) * 9007199254740992) * 4")]
    [InlineData("9007199254740992 * 4 * sum(z)", "(9007199254740992 * 4) * sum[n, c](z)")]
    [InlineData("sum(z * max(label, 1)) + sum(z * (b ? label : 2)) + sum((b ? b : !b) ? z : 0)", "(sum[n, c](z * max(label, 1)) + sum[n, c](z * (b ? label : 2))) + sum[n, c](((b && b) || (!b && !b)) ? z : 0)")]
    [InlineData("sum(z[n: perm])", "sum[n, c](z[perm, c])")]
    [InlineData("logsumexp[n, c](z) + mean(3) + norm(-3) + (any(true) ? 1 : 0)", "((logsumexp[n, c](z) + 3) + abs(-3)) + (true ? 1 : 0)")]
    [InlineData("pi * sum(z) + (tau < inf ? 1 : 0)", "(3.141592653589793 * sum[n, c](z)) + ((tau < inf) ? 1 : 0)")]
    public void BindsNamedAxes(string formula, string expected) =>
        Assert.Equal(expected, Declaration.Print(Declaration.Bind(Everything, formula)));
}
