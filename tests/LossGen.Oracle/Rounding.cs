using LossGen.Compiler.Ir;

namespace LossGen.Oracle;

/// <summary>
/// Monte Carlo arithmetic: every operation is off by a random relative error, and overflows and underflows as in the precision that it stands
/// for. How far several such evaluations lie apart tells how far rounding may move a result, in whatever order a kernel computes it.
/// </summary>
/// <param name="seed">Of the errors.</param>
/// <param name="unit">The largest relative error of one operation.</param>
/// <param name="least">The largest absolute error, about the smallest normal number.</param>
/// <param name="largest">The largest finite number.</param>
internal sealed class Rounding(int seed, double unit, double least, double largest)
{
    /// <summary>Whole numbers up to here are exact in single precision.</summary>
    private const double LargestWhole = 1 << 22;

    /// <summary>These round nothing: their result is one of their arguments, or whole.</summary>
    private static readonly HashSet<Op> Exact =
        [Ops.Abs, Ops.Negate, Ops.Max, Ops.Min, Ops.NativeMax, Ops.Clamp, Ops.Sign, Ops.Floor, Ops.Ceil, Ops.Round, Ops.Detach];

    /// <summary>Whole numbers of whole numbers, so far as they are whole.</summary>
    private static readonly HashSet<Op> ExactOnWholes = [Ops.Add, Ops.Subtract, Ops.Multiply, Ops.Power, Ops.ToReal];

    /// <summary>Their slopes may be computed from the value, as 1 - tanh², which is off by a rounding of 1 rather than of itself.</summary>
    private static readonly HashSet<Op> SlopesOfValue = [Ops.Tanh, Ops.Sigmoid];

    private readonly Random _random = new(seed);

    /// <summary>The value of an operation, rounded.</summary>
    public double Value(Op op, double[] arguments, double value) =>
        Exact.Contains(op) || (ExactOnWholes.Contains(op) && IsWhole(value) && arguments.All(IsWhole)) ? value : Number(value);

    /// <summary>A number that an operation made, rounded.</summary>
    public double Number(double value) => Range((value * (1 + Error())) + (value == 0 ? 0 : least * ((2 * _random.NextDouble()) - 1)));

    /// <summary>A literal, as far as single precision lacks it.</summary>
    public double Literal(double value) => (float)value == value ? value : Number(value);

    /// <summary>The terms of a sum, product or norm, each with the rounding of its step.</summary>
    public double[] Terms(double[] terms) => terms.All(IsWhole) ? terms : Array.ConvertAll(terms, Number);

    /// <summary>The derivative by an argument, with the rounding of the product that it goes into.</summary>
    public double Slope(Op op, double slope) => (slope * (1 + Error())) + (SlopesOfValue.Contains(op) ? Error() : 0);

    /// <summary>What the derivative by one term of a reduction becomes.</summary>
    public double Weight(double weight) => weight * (1 + Error());

    /// <summary>Infinite beyond the largest number.</summary>
    public double Range(double value) => value > largest ? double.PositiveInfinity : value < -largest ? double.NegativeInfinity : value;

    private static bool IsWhole(double value) => Math.Abs(value) <= LargestWhole && value == Math.Floor(value);

    private double Error() => unit * ((2 * _random.NextDouble()) - 1);
}
