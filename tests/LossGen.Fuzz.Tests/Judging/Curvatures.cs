using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Model;
using LossGen.Compiler.Rewriting;
using LossGen.Oracle;

namespace LossGen.Fuzz.Tests.Judging;

/// <summary>
/// Second derivatives by single elements: differences of the oracle's first derivatives, which the compiler has no part in. How far rounding may
/// move one is measured on the compiler's own graph; that says nothing of its value.
/// </summary>
internal sealed class Curvatures
{
    // Differences with steps of these sizes agree where a derivative is smooth.
    private const double Wide = 0.01;
    private const double Narrow = 0.003;
    private const double Settled = 1e-7;

    // Of the differences, beside what rounding does.
    private const double Allowance = 3e-7;

    private readonly BoundLoss _written;
    private readonly BoundLoss _loss;
    private readonly ParameterGradient[] _nodes;
    private readonly Inputs _inputs;
    private readonly Inputs _all;
    private readonly Precision _precision;
    private readonly double[] _upstream;

    public Curvatures(BoundLoss written, Inputs inputs, double[] upstream, ElementType real)
    {
        _written = written;
        _inputs = inputs;
        _upstream = upstream;
        _precision = Precision.Of(real);
        _loss = Rewriter.Rewrite(AxisCollapsing.Apply(written));
        LossGradients gradients = Differentiator.Differentiate(_loss, real);
        _all = gradients.UpstreamSpan is null ? inputs.WithScalar("upstream", upstream[0]) : inputs.With("upstream", upstream);
        _nodes = [.. Curvature.Of(_loss, gradients)];
    }

    /// <summary>Consecutive elements of the curvature by one parameter.</summary>
    public Expectation[] Of(int parameter, int start, int count, int samples)
    {
        DifferentiatedParameter by = _written.Differentiated[parameter];
        double[][] rounded = [.. Enumerable.Range(0, samples + 1).Select(seed => OnGraph(_nodes[parameter], seed == 0 ? null : _precision.Rounding(seed)))];
        double[] expected = [.. Enumerable.Range(start, count).Select(i => Second(by, i))];
        double largest = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return [.. expected.Select((value, i) => new Expectation(
            $"d2/d{by.Name}[{start + i}]", value, Spread(rounded, start + i) + (Allowance * Math.Max(1, Math.Abs(value)) / _precision.Scale), Math.Max(1, largest)))];
    }

    private double[] OnGraph(ParameterGradient node, Rounding? rounding) => node.Parameter.Tensor is null
        ? Interpreter.Evaluate(_loss, _all, node.Value, rounding).Reals! : Interpreter.Evaluate(_loss, _all, node.Value, node.Axes, rounding);

    private static double Spread(double[][] rounded, int element)
    {
        double spread = rounded.Max(r => Math.Abs(r[element] - rounded[0][element]));
        return double.IsNaN(spread) ? double.PositiveInfinity : spread;
    }

    /// <summary>NaN where it is near a kink; at 0 there may be one with the same slope on both sides, as of relu(x^2).</summary>
    private double Second(DifferentiatedParameter parameter, int element)
    {
        double[] point = parameter.Tensor is null ? [_inputs.Scalars[parameter.Name]] : _inputs.Reals[parameter.Name];
        if (point[element] == 0) return double.NaN;
        double Slope(double x)
        {
            double[] moved = (double[])point.Clone();
            moved[element] = x;
            Inputs there = parameter.Tensor is null ? _inputs.WithScalar(parameter.Name, x) : _inputs.With(parameter.Name, moved);
            var evaluation = new Evaluation(_written, there, new Directions(parameter, element, 1));
            evaluation.Run([_written.Result]);
            return evaluation.ResultTangents(_upstream)[0];
        }

        (double wide, bool isKink) = CentralDifferences.Derivative(Slope, point[element], Wide);
        double narrow = CentralDifferences.Derivative(Slope, point[element], Narrow).Slope;
        return isKink || !(Math.Abs(wide - narrow) <= Settled * Math.Max(1, Math.Abs(wide))) ? double.NaN : wide;
    }
}
