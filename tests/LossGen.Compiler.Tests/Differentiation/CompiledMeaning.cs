using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Rewriting;
using LossGen.Compiler.Tests.Binding;
using LossGen.Oracle;
using Xunit;

namespace LossGen.Compiler.Tests.Differentiation;

/// <summary>Value and gradients of one formula after each stage that may change how they are computed.</summary>
internal sealed class CompiledMeaning
{
    private const double Upstream = -1.25;

    private readonly ImmutableArray<(string Stage, BoundLoss Loss, LossGradients Gradients)> _stages;

    public CompiledMeaning(string parameters, string formula)
    {
        BindingResult result = Declaration.Bind(parameters, formula);
        Assert.True(result.Loss is not null, Declaration.Print(result));
        Written = result.Loss!;
        BoundLoss collapsed = AxisCollapsing.Apply(Written);
        _stages = [Differentiated("rewritten", Rewriter.Rewrite(Written)), Differentiated("collapsed", Rewriter.Rewrite(collapsed)), Lowered(collapsed)];
    }

    public BoundLoss Written { get; }

    /// <summary>Compares every stage with the formula as written and derivatives that the compiler has no part in.</summary>
    public void AssertHolds(Inputs inputs, double tolerance = 1e-11)
    {
        double[] expected = Interpreter.EvaluateResults(Written, inputs).Results;
        double[] upstream = expected.Select((_, i) => Upstream + i).ToArray();
        double[][] slopes = Written.Differentiated.Select(d => DualInterpreter.Gradient(Written, inputs, d, upstream)).ToArray();
        foreach ((string stage, BoundLoss loss, LossGradients gradients) in _stages)
        {
            AssertClose(expected, Interpreter.EvaluateResults(loss, inputs).Results, tolerance, $"value, {stage}");
            for (int i = 0; i < slopes.Length; i++)
            {
                AssertClose(slopes[i], Gradient(loss, gradients, i, inputs, upstream), tolerance, $"gradient of {Written.Differentiated[i].Name}, {stage}");
            }
        }
    }

    private static (string, BoundLoss, LossGradients) Differentiated(string stage, BoundLoss loss) =>
        (stage, loss, Differentiator.Differentiate(loss, ElementType.Double));

    private static (string, BoundLoss, LossGradients) Lowered(BoundLoss collapsed)
    {
        BoundLoss loss = Rewriter.Rewrite(collapsed);
        LossGradients gradients = Differentiator.Differentiate(loss, ElementType.Double);
        ImmutableArray<Node> roots = [loss.Result, .. gradients.Gradients.Select(g => g.Value)];
        (Graph graph, ImmutableArray<Node> lowered, _) = Lowering.Lower(loss.Graph, roots, loss.Names, isDouble: true);
        IEnumerable<ParameterGradient> values = gradients.Gradients.Zip(lowered.Skip(1), (g, value) => g with { Value = value });
        return ("lowered", loss with { Graph = graph, Result = lowered[0], Parts = [] }, gradients with { Gradients = values.ToImmutableArray() });
    }

    private static double[] Gradient(BoundLoss loss, LossGradients gradients, int i, Inputs inputs, double[] upstream)
    {
        Inputs all = gradients.UpstreamSpan is { } span ? inputs.With(span.Name, upstream) : inputs.WithScalar(gradients.Upstream!.Name, Upstream);
        ParameterGradient gradient = gradients.Gradients[i];
        return gradient.Parameter.Tensor is not null
            ? Interpreter.Evaluate(loss, all, gradient.Value, gradient.Axes)
            : Interpreter.Evaluate(loss, all, gradient.Value).Reals!;
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < expected.Length; i++)
        {
            bool close = expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= tolerance * scale || (expected[i] == 0 && actual[i] == 0);
            Assert.True(close, $"{what} at {i}: {actual[i]:R}, not {expected[i]:R}");
        }
    }
}
