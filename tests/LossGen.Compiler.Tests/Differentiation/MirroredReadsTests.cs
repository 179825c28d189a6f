using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Rewriting;
using LossGen.Compiler.Tests.Binding;
using Xunit;

namespace LossGen.Compiler.Tests.Differentiation;

/// <summary>Which losses of all pairs have one gradient for both of their reads. That it is the right one is for <see cref="GradientTests"/> to say.</summary>
public class MirroredReadsTests
{
    [Theory]
    [InlineData("mean(sum[d]((x - x[n: m])^2))", true)]
    [InlineData("mean(sum[d]((x[n: m] - x)^2))", true)]
    [InlineData("mean(n == m ? 0 : sqrt(sum[d]((x - x[n: m])^2)))", true)]
    [InlineData("log(sum(n == m ? 0 : exp(-2 * sum[d]((x - x[n: m])^2))))", true)]
    [InlineData("mean(sum[d](abs(x - x[n: m])))", true)]
    [InlineData("mean(sum[d](x * x[n: m])^2)", true)]
    [InlineData("mean(label == label[n: m] ? sum[d]((x - x[n: m])^2) : max(0, 1 - sqrt(sum[d]((x - x[n: m])^2) + 0.1))^2)", true)]
    [InlineData("mean(w * w[n: m] * sum[d]((x - x[n: m])^2))", true)]
    [InlineData("c = abs(w - w[n: m]); mean((c - mean[n](c) - mean[m](c)) * sum[d](x * x[n: m]))", true)] // terms in another order
    [InlineData("mean(sum[d](x * x[n: m])^2 + sum[d](x^2))", true)] // and a term of one read
    [InlineData("mean(m < n ? sum[d]((x - x[n: m])^2) : 0)", false)] // each pair once
    [InlineData("mean(w * sum[d]((x - x[n: m])^2))", false)] // the weight of one side
    [InlineData("mean(max(0, sum[d](x - x[n: m])))", false)] // a sign
    [InlineData("mean(logsumexp[m](sum[d](x * x[n: m])))", false)] // shares of one side
    [InlineData("mean(label < label[n: m] ? sum[d]((x - x[n: m])^2) : 0)", false)] // an order
    public void Reads_of_one_gradient(string formula, bool areOne)
    {
        BoundLoss loss = Rewriter.Rewrite(AxisCollapsing.Apply(Declaration.Bound("x! float[n, d]; w float[n]; label int[n]; d int", "axis m = size(n); " + formula)));
        ParameterGradient gradient = Assert.Single(Differentiator.Differentiate(loss, ElementType.Single).Gradients);
        Assert.Equal(areOne, !Reachability.WithRecurrences(loss.Graph, [gradient.Value]).Any(n => n.Op.Is(Ops.At)));
    }
}
