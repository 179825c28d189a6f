using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Rewriting;
using LossGen.Compiler.Tests.Binding;
using Xunit;

namespace LossGen.Compiler.Tests.Rewriting;

/// <summary>The table of stable forms in docs/language.md: what is written on the left becomes what is written on the right.</summary>
public class StableFormTests
{
    private const string Parameters = "x float[n, c]; y float[n, c]; w float[k = 4]; v float[l = 3]; a float; c int";

    [Theory]
    [InlineData("log(sigmoid(x))", "-softplus(-x)")]
    [InlineData("log_sigmoid(x)", "-softplus(-x)")]
    [InlineData("1 - sigmoid(x)", "sigmoid(-x)")]
    [InlineData("log(1 - sigmoid(x))", "-softplus(x)")]
    [InlineData("p = sigmoid(x); log(p / (1 - p))", "x")]
    [InlineData("1 / (1 + exp(-x))", "sigmoid(x)")]
    [InlineData("1 / (exp(x) + 1)", "sigmoid(-x)")]
    [InlineData("log(1 + exp(x))", "softplus(x)")]
    [InlineData("log1p(exp(x))", "softplus(x)")]
    [InlineData("log(x + 1)", "log1p(x)")]
    [InlineData("log(1 - x)", "log1p(-x)")]
    [InlineData("exp(x) - 1", "expm1(x)")]
    [InlineData("1 - exp(x)", "-expm1(x)")]
    [InlineData("log(1 - exp(x))", "log1mexp(x)")]
    [InlineData("log(exp(x))", "x")]
    [InlineData("log(exp(x)^a)", "x * a")]
    [InlineData("log(exp(x)^2)", "2 * x")]
    [InlineData("log(sqrt(exp(x)))", "0.5 * x")]
    [InlineData("log(exp(x) * exp(y))", "x + y")]
    [InlineData("log(sigmoid(x) * sigmoid(y))", "log_sigmoid(x) + log_sigmoid(y)")]
    [InlineData("log(1 / exp(x))", "-x")]
    [InlineData("log(exp(x) / exp(y))", "x - y")]
    [InlineData("log(softmax[c](x) / softmax[c](y))", "log_softmax[c](x) - log_softmax[c](y)")]
    [InlineData("log(softplus(x) / exp(y))", "log(softplus(x)) - y")]
    [InlineData("p = sigmoid(x); log(y > 0 ? p : 1 - p)", "y > 0 ? log_sigmoid(x) : log_sigmoid(-x)")]
    [InlineData("log(prod[c](softmax[c](x)))", "sum[c](log_softmax[c](x))")]
    [InlineData("log(prod[c](x * x))", "sum[c](log(x * x))")]
    [InlineData("log(prod[c](mean[n](x^2) + 0.1)^(1 / size(c)))", "1 / size(c) * sum[c](log(mean[n](x^2) + 0.1))")]
    [InlineData("log(prod[c](x))", "log(prod[c](x))")]
    [InlineData("log(prod[c](exp(x)) / prod(sigmoid(y)))", "sum[c](x) - sum(log_sigmoid(y))")]
    [InlineData("log(0.3 * exp(x))", "log(0.3) + x")]
    [InlineData("log(y > 0 ? sigmoid(x) : 1)", "y > 0 ? log_sigmoid(x) : 0")]
    [InlineData("xlogy(y, exp(x))", "y == 0 && abs(x) == inf ? 0 : x * y")]
    [InlineData("xlogy(y, softplus(x))", "xlogy(y, softplus(x))")]
    [InlineData("log(1 / cummax[c](softmax[c](x)))", "-log(cummax[c](softmax[c](x)))")]
    [InlineData("log(1 / scan[c](exp(x), p => p - 1))", "log(1 / scan[c](exp(x), p => p - 1))")]
    [InlineData("log(x * x)", "log(x * x)")]
    [InlineData("x > 0 || (y > 1 && x > 0) ? x : y", "x > 0 ? x : y")]
    [InlineData("(y > 1 && !(x > 0)) || x > 0 ? x : y", "y > 1 || x > 0 ? x : y")]
    [InlineData("log(sum[c](exp(x)))", "logsumexp[c](x)")]
    [InlineData("log(mean[c](exp(x)))", "logsumexp[c](x) - log(size(c))")]
    [InlineData("log(mean[k](exp(w)))", "logsumexp[k](w) - log(4)")]
    [InlineData("log(mean[l](exp(v)))", "logsumexp[l](v) - log(3)")]
    [InlineData("log(exp(x) + exp(y))", "logaddexp(x, y)")]
    [InlineData("log(exp(x) + exp(y) + exp(a))", "logaddexp(x, y, a)")]
    [InlineData("exp(x) / sum[c](exp(x))", "softmax[c](x)")]
    [InlineData("log(softmax[c](x))", "log_softmax[c](x)")]
    [InlineData("exp(log_softmax[c](x))", "softmax[c](x)")]
    [InlineData("e = exp(x); log(e / sum[c](e))", "log_softmax[c](x)")]
    [InlineData("sqrt(sum[c](x^2))", "norm[c](x)")]
    [InlineData("norm[c](x)^2", "sum[c](x * x)")]
    [InlineData("x^3", "x * (x * x)")]
    [InlineData("x^0.5", "sqrt(x)")]
    [InlineData("x^-1", "1 / x")]
    [InlineData("x^0", "1")]
    public void Becomes(string written, string computed) => Assert.Equal(Rewritten(computed), Rewritten(written));

    // These have no name in the language.
    [Theory]
    [InlineData("log(cosh(x))", "log(cosh(x))", "log cosh")]
    [InlineData("lgamma(x + a) - lgamma(x)", "(lgamma(x + a) - lgamma(x))", "lgamma delta")]
    public void BecomesAnOperationOfItsOwn(string written, string printed, string operation)
    {
        Node node = Assert.Single(Reachability.Of([Rewrite(written).Result]), n => n.Op.Name == operation);
        Assert.Equal(printed, NodePrinter.Print(node));
    }

    private static string Rewritten(string formula) => NodePrinter.Print(Rewrite(formula).Result);

    // The two terms beside it keep the axes, and x, whatever the form leaves.
    private static BoundLoss Rewrite(string formula)
    {
        int last = formula.LastIndexOf(';') + 1;
        BindingResult result = Declaration.Bind(Parameters, $"{formula[..last]} sum(atan({formula[last..]}) * y) + sum(x)");
        return Rewriter.Rewrite(result.Loss ?? throw new InvalidOperationException(Declaration.Print(result)));
    }
}
