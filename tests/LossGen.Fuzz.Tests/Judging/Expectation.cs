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
    /// <summary>The results and the parts.</summary>
    public Expectation[] Values(int samples) => Spread(null, samples, evaluation =>
        [.. evaluation.ResultCells().Select(cell => evaluation[loss.Result].Reals![cell]), .. loss.Parts.Select(p => evaluation[p.Value].Reals![0])],
        (i, count) => i >= count - loss.Parts.Length ? $"part {loss.Parts[i - count + loss.Parts.Length].Name}" : count - loss.Parts.Length == 1 ? "value" : $"value {i}", together: false);

    /// <summary>Derivatives by consecutive elements, times the derivatives of what follows, one for each result.</summary>
    public Expectation[] Gradient(Directions directions, double[] upstream, int samples) => Spread(directions, samples, evaluation =>
        evaluation.ResultTangents(upstream),
        (i, _) => directions.Parameter.Tensor is null ? $"d/d{directions.Parameter.Name}" : $"d/d{directions.Parameter.Name}[{directions.Start + i}]", together: true);

    private Expectation[] Spread(Directions? directions, int samples, Func<Evaluation, double[]> read, Func<int, int, string> name, bool together)
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
        return exact.Select((value, i) => new Expectation(name(i, exact.Length), value, spread[i], together ? largest : Math.Abs(value))).ToArray();
    }

    private Evaluation Run(Directions? directions, Rounding? rounding)
    {
        var evaluation = new Evaluation(loss, inputs, directions, rounding);
        evaluation.Run(directions is null ? loss.Roots : [loss.Result]);
        return evaluation;
    }
}
