using LossGen.Compiler.Binding;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Model;
using LossGen.Compiler.Rewriting;
using LossGen.Compiler.Tests.Binding;
using Xunit;

namespace LossGen.Compiler.Tests.Differentiation;

/// <summary>Which gradients are stored position by position. That they are the right ones is for the corpus to say.</summary>
public class GradientSlicesTests
{
    [Theory]
    [InlineData("p! float[n, k = 4]", "mean((p[k: 2] - p[k: 0]) * (p[k: 3] - p[k: 1]))", 4)]
    [InlineData("p! float[k = 4, n]", "mean(p[k: 2] * p[k: 0])", 4)]
    [InlineData("p! float[n, a = 2, b = 2]", "mean(p[a: 0, b: 0] * p[a: 1, b: 1])", 4)]
    [InlineData("p! float[n, k = 4]", "mean[n](sum[k](k < 2 ? p : p^2))", 4)]
    [InlineData("p! float[n, k = 4]", "mean(p^2)", 1)] // nothing tells positions apart
    [InlineData("p! float[n, k = 9]", "mean(p[k: 0] * p[k: 1])", 1)] // too many
    [InlineData("p! float[n, a = 4, b = 4]", "mean(p[a: 0, b: 0] * p[a: 1, b: 1])", 1)] // too many together
    [InlineData("p! float[k = 4]", "p[k: 0] * p[k: 1]", 1)] // no loop would be left
    [InlineData("p! float[n, k]; k int", "mean(p[k: 0]^2)", 1)] // of any size
    public void Gradients_by_positions(string parameters, string formula, int slices)
    {
        BoundLoss loss = Rewriter.Rewrite(Declaration.Bound(parameters, formula));
        ParameterGradient gradient = Assert.Single(Differentiator.Differentiate(loss, ElementType.Single).Gradients);
        Assert.Equal(slices, GradientSlices.Of(loss.Graph, gradient).Length);
        Assert.All(GradientSlices.Of(loss.Graph, gradient), slice => Assert.DoesNotContain(slice.At, p => slice.Value.Axes.Contains(p.Axis)));
    }
}
