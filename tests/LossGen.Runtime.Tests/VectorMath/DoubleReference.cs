using System.Globalization;

namespace LossGen.Runtime.Tests;

/// <summary>A row of References/vector-math-double.csv: Value is the double nearest to the true result, Rest what is missing.</summary>
public sealed record DoubleReference(string Function, double X, double Y, double Value, double Rest)
{
    private static readonly Lazy<ILookup<string, DoubleReference>> Table = new(Read);

    public static IEnumerable<DoubleReference> Of(string function) => Table.Value[function];

    /// <summary>The distance from the true result in units of its last place; 0 for equal infinities.</summary>
    public double UlpsFrom(double actual)
    {
        if (double.IsInfinity(Value))
            return actual.Equals(Value) ? 0 : double.PositiveInfinity;
        double magnitude = Math.Abs(Value);
        double ulps = DistanceFrom(actual) / (magnitude - Math.BitDecrement(magnitude));
        return double.IsNaN(ulps) ? double.PositiveInfinity : ulps;
    }

    public double DistanceFrom(double actual) => Math.Abs((actual - Value) - Rest);

    private static ILookup<string, DoubleReference> Read()
    {
        using Stream stream = typeof(DoubleReference).Assembly.GetManifestResourceStream("vector-math-double.csv")!;
        using StreamReader reader = new(stream);
        List<DoubleReference> rows = [];
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            double[] numbers = [.. cells[1..].Select(cell => double.Parse(cell.Replace("inf", "Infinity"), CultureInfo.InvariantCulture))];
            rows.Add(new(cells[0], numbers[0], numbers[^3], numbers[^2], numbers[^1]));
        }

        return rows.ToLookup(row => row.Function);
    }
}
