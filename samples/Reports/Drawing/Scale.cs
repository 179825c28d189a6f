using System.Globalization;
using Reports.History;

namespace Reports.Drawing;

/// <summary>Maps values to a stretch of a drawing, and says where marks stand.</summary>
public sealed class Scale
{
    private const double LogarithmicFrom = 4;
    private static readonly double[] RoundSteps = [1, 2, 5, 10];

    private readonly double low, high, from, to;

    private Scale(bool isLogarithmic, double low, double high, double from, double to, double[] ticks)
    {
        (IsLogarithmic, Ticks) = (isLogarithmic, ticks);
        (this.low, this.high, this.from, this.to) = (low, high, from, to);
    }

    /// <summary>Whether equal distances are equal ratios.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The round values that are marked.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>A scale for epochs: it ends at the first and the last one.</summary>
    public static Scale OfEpochs(int first, int last, double from, double to)
    {
        last = Math.Max(last, first + 1);
        // A mark takes about 45 pixels.
        double[] ticks = LinearTicks(first, last, Math.Max(2, (int)((to - from) / 45)));
        return new Scale(false, first, last, from, to, [.. ticks.Where(tick => tick == Math.Floor(tick))]);
    }

    /// <summary>A scale for the values of curves: it begins and ends at a mark.</summary>
    /// <remarks>Logarithmic where that helps: all values are positive, the highest is four times the lowest or more, and the second half
    /// of every curve lies in the lowest tenth of what the curves span. Otherwise it begins at 0 if the lowest value is not far
    /// from there.</remarks>
    public static Scale OfCurves(IReadOnlyList<Curve> curves, double from, double to)
    {
        double[] values = [.. curves.SelectMany(curve => curve.Values).Where(double.IsFinite)];
        (double low, double high) = values.Length == 0 ? (0, 1) : (values.Min(), values.Max());
        double lowestTenth = low + (high - low) / 10;
        bool staysLow = curves.All(curve => curve.Values[(curve.Values.Length / 2)..].All(value => value <= lowestTenth));
        if (staysLow && low > 0 && high / low >= LogarithmicFrom)
        {
            double[] rounded = LogarithmicTicks(low, high);
            return new Scale(true, rounded[0], rounded[^1], from, to, rounded);
        }
        if (low > 0 && low < 0.4 * high)
            low = 0;
        // A constant gets a stretch around it.
        if (low == high)
            (low, high) = low == 0 ? (0, 1) : (low - Math.Abs(low) / 2, high + Math.Abs(high) / 2);
        double[] ticks = LinearTicks(low, high, 5);
        double step = ticks.Length > 1 ? ticks[1] - ticks[0] : high - low;
        if (ticks[0] - low > 1e-9 * step)
            ticks = [ticks[0] - step, .. ticks];
        if (high - ticks[^1] > 1e-9 * step)
            ticks = [.. ticks, ticks[^1] + step];
        return new Scale(false, ticks[0], ticks[^1], from, to, ticks);
    }

    /// <summary>Where a value stands.</summary>
    public double Position(double value) => from + (to - from) * (IsLogarithmic
        ? Math.Log(value / low) / Math.Log(high / low)
        : (value - low) / (high - low));

    /// <summary>What stands at a mark: as many decimals as tell it from its neighbours.</summary>
    public string Label(double tick)
    {
        double step = IsLogarithmic ? tick : Ticks.Count > 1 ? Ticks[1] - Ticks[0] : 1;
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        // Adding 0 turns -0 into 0.
        return (Math.Round(tick, Math.Min(decimals, 15)) + 0.0).ToString("F" + decimals, CultureInfo.InvariantCulture);
    }

    private static double[] LinearTicks(double low, double high, int most)
    {
        double rough = Math.Max(high - low, double.Epsilon) / most;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * RoundSteps.First(factor => factor * power >= rough * (1 - 1e-9));
        var ticks = new List<double>();
        // Multiples, not a running sum, which would drift off the round values.
        for (double multiple = Math.Ceiling(low / step - 1e-9); multiple * step <= high + 1e-9 * step; multiple++)
            ticks.Add(multiple * step);
        return [.. ticks];
    }

    private static double[] LogarithmicTicks(double low, double high)
    {
        double[] factors = high / low > 1000 ? [1] : [1, 2, 5];
        var ticks = new List<double>();
        for (double power = Math.Floor(Math.Log10(low)); power <= Math.Ceiling(Math.Log10(high)); power++)
            ticks.AddRange(factors.Select(factor => factor * Math.Pow(10, power)));
        int first = ticks.FindLastIndex(tick => tick <= low * (1 + 1e-9)), last = ticks.FindIndex(tick => tick >= high * (1 - 1e-9));
        return [.. ticks[first..(last + 1)]];
    }
}
