using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

public static partial class VectorMath
{
    /// <summary>e to the power x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Exp(double x) => Exp(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>e to the power x, for x up to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ExpNonPositive(double x) => ExpNonPositive(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>e to the power x, minus 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Expm1(double x) => Expm1(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>e to the power x, minus 1, for x that is not positive (or NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Expm1NonPositive(double x) => Expm1(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(a) - log(b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogRatio(double a, double b) => LogRatio(Vector128.Create(a), Vector128.Create(b)).ToScalar();

    /// <summary>x (log(a) - log(b)), which is 0 where x is 0, whatever a and b are (but NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double XLogRatio(double x, double a, double b) => XLogRatio(Vector128.Create(x), Vector128.Create(a), Vector128.Create(b)).ToScalar();

    /// <summary>Natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log(double x) => Log(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Natural logarithm of a number of at least 1 (or NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogFromOne(double x) => Log(x);

    /// <summary>log(1 + x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log1p(double x) => Log1p(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(1 + x) for x from 0 to 1; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log1pUnit(double x) => Log1pUnit(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(1 - e^x) for negative x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log1mExp(double x) => Log1mExp(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sigmoid(double x) => Sigmoid(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(1 / (1 + e^-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogSigmoid(double x) => LogSigmoid(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(1 + e^x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Softplus(double x) => Softplus(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sin(double x) => Sin(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Cos(double x) => Cos(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Tan(double x) => Tan(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Inverse tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Atan(double x) => Atan(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Hyperbolic sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sinh(double x) => Sinh(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Hyperbolic cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Cosh(double x) => Cosh(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(cosh(x)) of x and e^-2|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogCosh(double x, double decay) => LogCosh(Vector128.CreateScalarUnsafe(x), Vector128.CreateScalarUnsafe(decay)).ToScalar();

    /// <summary>Hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Tanh(double x) => Tanh(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Error function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Erf(double x) => Erf(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Complementary error function, 1 - erf(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Erfc(double x) => Erfc(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(I0(x)), of the modified Bessel function of order 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogI0(double x) => LogI0(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>I1(x) / I0(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double BesselRatio(double x) => BesselRatio(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(|gamma(x)|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogGamma(double x) => DoubleGamma.Log(x);

    /// <summary>The derivative of log(|gamma(x)|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Digamma(double x) => Digamma(Vector128.Create(x)).ToScalar();

    /// <summary>The second derivative of log(|gamma(x)|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Trigamma(double x) => Trigamma(Vector128.Create(x)).ToScalar();

    /// <summary>The third derivative of log(|gamma(x)|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Tetragamma(double x) => DoubleGamma.Tetragamma(x);

    /// <summary>The nearest integer, half to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Round(double x) => Math.Round(x);

    /// <summary>The largest integer that is not above x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Floor(double x) => Math.Floor(x);

    /// <summary>The smallest integer that is not below x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Ceiling(double x) => Math.Ceiling(x);

    /// <summary>Square root.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sqrt(double x) => Math.Sqrt(x);

    /// <summary>Absolute value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Abs(double x) => Math.Abs(x);

    /// <summary>-1, 0 or 1; NaN stays NaN and both zeros give 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sign(double x) => x > 0 ? 1 : x < 0 ? -1 : x + 0.0;

    /// <summary>x to the power y, with the special cases of IEEE 754.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Pow(double x, double y) =>
        Pow(Vector128.CreateScalarUnsafe(x), Vector128.CreateScalarUnsafe(y)).ToScalar();

    /// <summary>x to the power y from less, which is x to the power y - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double PowFrom(double x, double less, double y) =>
        PowFrom(Vector128.CreateScalarUnsafe(x), Vector128.CreateScalarUnsafe(less), Vector128.CreateScalarUnsafe(y)).ToScalar();

    /// <summary>x log(y), and 0 where x is 0 and y no NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double XLogY(double x, double y) =>
        XLogY(Vector128.CreateScalarUnsafe(x), Vector128.CreateScalarUnsafe(y)).ToScalar();

    /// <summary>log(e^a + e^b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogAddExp(double a, double b) =>
        LogAddExp(Vector128.CreateScalarUnsafe(a), Vector128.CreateScalarUnsafe(b)).ToScalar();

    /// <summary>log(|gamma(x + a)|) - log(|gamma(x)|), without the cancellation of large x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogGammaDelta(double x, double a) => DoubleGamma.LogDelta(x, a);

    /// <summary>digamma(x + a) - digamma(x), without the cancellation of large x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double DigammaDelta(double x, double a) => DoubleGamma.DigammaDelta(x, a);

    /// <summary>The larger operand; NaN when either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Max(double a, double b) => Math.Max(a, b);

    /// <summary>The smaller operand; NaN when either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Min(double a, double b) => Math.Min(a, b);
}
