using LossGen.Compiler.Binding;

namespace LossGen.Oracle;

/// <summary>A gradient by differences, and which elements sit on a kink, where the one-sided differences disagree.</summary>
internal sealed record DifferenceGradient(double[] Values, bool[] Kinks);

/// <summary>Derivatives from values alone: central differences, extrapolated until they settle.</summary>
internal static class CentralDifferences
{
    private const int Levels = 7;

    public static DifferenceGradient Gradient(BoundLoss loss, Inputs inputs, DifferentiatedParameter parameter, double upstream = 1)
    {
        double[] point = parameter.Tensor is { } tensor ? inputs.Reals[tensor.Name] : [inputs.Scalars[parameter.Name]];
        var values = new double[point.Length];
        var kinks = new bool[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            int element = i;
            (double slope, kinks[i]) = Derivative(x => Interpreter.Evaluate(loss, Moved(inputs, parameter, point, element, x)).Loss, point[i]);
            values[i] = upstream * slope;
        }

        return new(values, kinks);
    }

    /// <summary>Richardson's table over halved steps (Ridders); the entry with the least estimated error wins.</summary>
    public static (double Slope, bool IsKink) Derivative(Func<double, double> function, double x, double? firstStep = null)
    {
        double step = firstStep ?? 0.02 * Math.Max(Math.Abs(x), 0.5);
        var table = new double[Levels, Levels];
        double best = double.NaN, error = double.PositiveInfinity;
        for (int i = 0; i < Levels; i++, step /= 2)
        {
            table[0, i] = Central(function, x, step);
            double factor = 1;
            for (int j = 1; j <= i; j++)
            {
                factor *= 4;
                table[j, i] = ((factor * table[j - 1, i]) - table[j - 1, i - 1]) / (factor - 1);
                double estimate = Math.Max(Math.Abs(table[j, i] - table[j - 1, i]), Math.Abs(table[j, i] - table[j - 1, i - 1]));
                if (estimate >= error) continue;
                error = estimate;
                best = table[j, i];
            }
        }

        return (best, IsKink(function, x));
    }

    private static double Central(Func<double, double> function, double x, double step)
    {
        double above = x + step, below = x - step;
        return (function(above) - function(below)) / (above - below);
    }

    // The gap between the one-sided differences shrinks with the step, unless there is a kink.
    private static bool IsKink(Func<double, double> function, double x)
    {
        double unit = Math.Max(Math.Abs(x), 0.5);
        double wide = Gap(function, x, 1e-3 * unit), narrow = Gap(function, x, 1e-5 * unit);
        return double.IsNaN(narrow) || (narrow > 1e-6 && narrow > 0.3 * wide);
    }

    private static double Gap(Func<double, double> function, double x, double step)
    {
        double middle = function(x);
        return Math.Abs(function(x + step) - middle - (middle - function(x - step))) / step;
    }

    private static Inputs Moved(Inputs inputs, DifferentiatedParameter parameter, double[] point, int element, double x)
    {
        if (parameter.Tensor is null) return inputs.WithScalar(parameter.Name, x);
        double[] moved = (double[])point.Clone();
        moved[element] = x;
        return inputs.With(parameter.Name, moved);
    }
}
