using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Rewriting;
using LossGen.Compiler.Tests.Binding;
using Xunit;

namespace LossGen.Compiler.Tests.Differentiation;

/// <summary>That gradients of windows that stand apart go through the few that hold a position. That they are the right ones is for the corpus to say.</summary>
public class WindowStepsTests
{
    [Theory]
    [InlineData("axis r = 2; axis u = div(size(n), 2); mean(sum[r](x[n: 2 * u + r])^2)", 1)]
    [InlineData("axis r = 3; axis u = div(size(n) - 1, 2); mean(sum[r](x[n: 2 * u + r])^2)", 2)] // each second position lies in two
    [InlineData("axis r = 2; axis u = div(size(n), 3); mean(sum[r](x[n: 3 * u + r])^2)", 1)]
    [InlineData("axis r = 3; axis u = div(size(n) - 1, 2); mean(sum[r](x[n: size(n) - 1 - 2 * u - r])^2)", 2)]
    public void No_sum_is_left_over_the_windows(string formula, int terms)
    {
        Node gradient = GradientOf("x! float[n]", formula);
        Assert.DoesNotContain(Reachability.Of([gradient]), n => n.Is(Ops.Scatter) || (n.Is(Ops.Reduce) && n.Reduction.Ranges.Any(r => r.Axis.Name == "u") && !n.Axes.IsEmpty));
        Assert.Equal(terms, Reachability.Of([gradient]).Where(n => n.Is(Ops.IntegerDivide) || (n.Is(Ops.IntegerSubtract) && n[0].Is(Ops.IntegerDivide))).Distinct().Count());
    }

    [Theory]
    [InlineData("x! float[n]; w! float[r]", "axis u = div(size(n) - size(r), 2); mean(sum[r](w * x[n: 2 * u + r])^2)")] // in how many a position lies is not known
    [InlineData("x! float[n]", "axis r = 50; axis u = div(size(n) - 48, 2); mean(sum[r](x[n: 2 * u + r])^2)")] // in 25
    public void Windows_that_are_too_many_are_scattered(string parameters, string formula) =>
        Assert.Contains(Reachability.Of([GradientOf(parameters, formula)]), n => n.Is(Ops.Scatter));

    private static Node GradientOf(string parameters, string formula)
    {
        BoundLoss loss = Rewriter.Rewrite(Declaration.Bound(parameters, formula));
        return Differentiator.Differentiate(loss, ElementType.Single).Gradients[0].Value;
    }
}
