using LossGen.Compiler.Model;
using LossGen.Oracle;

namespace LossGen.Fuzz.Tests.Judging;

/// <summary>What to expect of a kernel in one real type.</summary>
/// <param name="Unit">The relative error that evaluations get at every operation.</param>
/// <param name="Scale">How much smaller the kernel's own errors are: several roundings, in units of <paramref name="Unit"/>.</param>
/// <param name="Least">About the smallest normal number.</param>
/// <param name="Largest">The largest finite number.</param>
/// <param name="Base">What is allowed where nothing is ill-conditioned, relative to the value or the largest gradient.</param>
/// <param name="Limit">Where more than this would have to be allowed, relative to the same, nothing is judged.</param>
internal sealed record Precision(double Unit, double Scale, double Least, double Largest, double Base, double Limit)
{
    /// <summary>Errors of single precision as they are, since its kernels may overflow and underflow where float64 does not.</summary>
    public static readonly Precision Single = new(Math.ScaleB(1, -22), 4, 1e-37, float.MaxValue, 1e-5, 0.02);

    /// <summary>Errors large beside those of the oracle itself, scaled back to some roundings of double precision.</summary>
    public static readonly Precision Double = new(Math.ScaleB(1, -44), Math.ScaleB(1, -4), 1e-300, double.MaxValue, 1e-11, 1e-6);

    public static Precision Of(ElementType real) => real == ElementType.Single ? Single : Double;

    public Rounding Rounding(int seed) => new(seed, Unit, Least, Largest);
}
