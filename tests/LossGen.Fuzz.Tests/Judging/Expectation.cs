using LossGen.Compiler.Binding;
using LossGen.Oracle;

namespace LossGen.Fuzz.Tests.Judging;

/// <summary>One number that a call should give: what the oracle says, and how far rounding may move it.</summary>
/// <param name="What">Its name in messages.</param>
/// <param name="Value">The oracle's value.</param>
/// <param name="Spread">The largest distance of an evaluation with rounding errors; infinite where one of them is not finite.</param>
/// <param name="Scale">The largest of the numbers that belong together.</param>
internal sealed record Expectation(string What, double Value, double Spread, double Scale);

/// <summary>Value and parts of a loss, and some elements of a gradient, with their spread over evaluations with rounding errors.</summary>
internal sealed class Expectations(BoundLoss loss, Inputs inputs, Precision precision)
{
    /// <summary>The result and the parts.</summary>
    public Expectation[] Values(int samples) => Spread(null, samples, evaluation =>
        [evaluation[loss.Result].Reals![0], .. loss.Parts.Select(p => evaluation[p.Value].Reals![0])],
        i => i == 0 ? "value" : $"part {loss.Parts[i - 1].Name}", together: false);

    /// <summary>Derivatives by consecutive elements, times the derivative of what follows.</summary>
    public Expectation[] Gradient(Directions directions, double upstream, int samples) => Spread(directions, samples, evaluation =>
        evaluation[loss.Result].Tangents?.Select(t => t * upstream).ToArray() ?? new double[directions.Count],
        i => directions.Parameter.Tensor is null ? $"d/d{directions.Parameter.Name}" : $"d/d{directions.Parameter.Name}[{directions.Start + i}]", together: true);

    private Expectation[] Spread(Directions? directions, int samples, Func<Evaluation, double[]> read, Func<int, string> name, bool together)
    {
        double[] exact = read(Run(directions, null));
        var spread = new double[exact.Length];
        for (int seed = 0; seed < samples; seed++)
        {
            double[] rounded = read(Run(directions, precision.Rounding(seed)));
            for (int i = 0; i < spread.Length; i++)
            {
                double distance = Math.Abs(rounded[i] - exact[i]);
                spread[i] = double.IsNaN(distance) ? double.PositiveInfinity : Math.Max(spread[i], distance);
            }
        }

        double largest = exact.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return exact.Select((value, i) => new Expectation(name(i), value, spread[i], together ? largest : Math.Abs(value))).ToArray();
    }

    private Evaluation Run(Directions? directions, Rounding? rounding)
    {
        var evaluation = new Evaluation(loss, inputs, directions, rounding);
        evaluation.Run(directions is null ? loss.Roots : [loss.Result]);
        return evaluation;
    }
}
