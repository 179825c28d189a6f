using LossGen.Benchmarks.Peers;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Measurement;

/// <summary>What is compared before anything is timed: a peer that computes something else is no peer.</summary>
public sealed class Agreement
{
    private const double ValueTolerance = 1e-4;

    private readonly Problem _problem;
    private readonly double _value;
    private readonly float[][] _gradients;

    /// <summary>Takes the loss and gradients of the generated methods as the ones to agree with.</summary>
    public Agreement(Problem problem, PreparedLoss generated)
    {
        _problem = problem;
        _value = generated.Compute(gradient: true);
        _gradients = [.. Enumerable.Range(0, problem.Gradients).Select(i => problem.Gradient(i).ToArray())];
        double forward = generated.Compute(gradient: false);
        if (!Close(forward, _value, ValueTolerance * Math.Abs(_value))) throw new InvalidOperationException($"{problem.Row.Title}: {forward} without, {_value} with gradient");
    }

    /// <summary>Computes a peer's loss and gradients, and says where they differ; null if they agree.</summary>
    public string? Difference(string name, PreparedLoss peer)
    {
        double forward = peer.Compute(gradient: false);
        for (int i = 0; i < _gradients.Length; i++) _problem.Gradient(i).Fill(float.NaN);
        double value = peer.Compute(gradient: true);
        // Some peers add up all elements in one float or a few.
        double tolerance = ValueTolerance * Math.Abs(_value) * Math.Max(1, _problem.Row.Elements(_problem.Size) / (1 << 20));
        if (!Close(value, _value, tolerance) || !Close(forward, _value, tolerance))
            return $"{_problem.Row.Title} {_problem.Size.Name}: {name} gives {forward} and {value}, LossGen {_value}";
        for (int i = 0; i < _gradients.Length; i++)
        {
            ReadOnlySpan<float> expected = _gradients[i], actual = _problem.Gradient(i);
            double largest = 0, difference = 0;
            int worst = 0;
            for (int j = 0; j < expected.Length; j++)
            {
                largest = Math.Max(largest, Math.Abs(expected[j]));
                double distance = Math.Abs((double)expected[j] - actual[j]);
                if (!(distance <= difference)) (difference, worst) = (distance, j);
            }

            if (!(difference <= _problem.Row.GradientTolerance * largest))
                return $"{_problem.Row.Title} {_problem.Size.Name}: gradient {i} at {worst} is {actual[worst]} by {name}, {expected[worst]} by LossGen, largest {largest}";
        }

        return null;
    }

    private static bool Close(double a, double b, double tolerance) => Math.Abs(a - b) <= tolerance;
}
