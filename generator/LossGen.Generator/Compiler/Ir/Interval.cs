namespace LossGen.Compiler.Ir;

/// <summary>A range of real values; an open end is not reached in exact arithmetic.</summary>
internal readonly record struct Interval(double Low, double High, bool LowOpen = false, bool HighOpen = false)
{
    public static readonly Interval All = new(double.NegativeInfinity, double.PositiveInfinity);

    public static readonly Interval Positive = new(0, double.PositiveInfinity, LowOpen: true);

    public static readonly Interval NonNegative = new(0, double.PositiveInfinity);

    public static readonly Interval Unit = new(0, 1);

    public static Interval Point(double value) => new(value, value);

    public bool IsPositive => Low > 0 || (Low == 0 && LowOpen);

    public bool IsNonNegative => Low >= 0;

    public bool IsNegative => High < 0 || (High == 0 && HighOpen);

    /// <summary>The image under a function that never decreases.</summary>
    public Interval Increasing(Func<double, double> function) => new(function(Low), function(High), LowOpen, HighOpen);

    public Interval Negated => new(-High, -Low, HighOpen, LowOpen);

    public Interval Union(Interval other) => new(
        Math.Min(Low, other.Low),
        Math.Max(High, other.High),
        (Low < other.Low ? LowOpen : other.Low < Low ? other.LowOpen : LowOpen && other.LowOpen),
        (High > other.High ? HighOpen : other.High > High ? other.HighOpen : HighOpen && other.HighOpen));

    public static Interval operator +(Interval a, Interval b) => Sane(a.Low + b.Low, a.High + b.High, a.LowOpen || b.LowOpen, a.HighOpen || b.HighOpen);

    public static Interval operator *(Interval a, Interval b)
    {
        double[] corners = { Product(a.Low, b.Low), Product(a.Low, b.High), Product(a.High, b.Low), Product(a.High, b.High) };
        bool bothPositive = a.IsPositive && b.IsPositive;
        return new(corners.Min(), corners.Max(), bothPositive && corners.Min() == 0);
    }

    /// <summary>As written in mathematics: [0, inf).</summary>
    public override string ToString() => $"{(LowOpen ? "(" : "[")}{NodePrinter.Number(Low)}, {NodePrinter.Number(High)}{(HighOpen ? ")" : "]")}";

    private static Interval Sane(double low, double high, bool lowOpen, bool highOpen) =>
        new(double.IsNaN(low) ? double.NegativeInfinity : low, double.IsNaN(high) ? double.PositiveInfinity : high, lowOpen, highOpen);

    // An end at 0 times an end at infinity: the values between them stay finite, so 0 bounds them.
    private static double Product(double a, double b) => a == 0 || b == 0 ? 0 : a * b;
}
