using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// One lane of the 128-bit functions, so that a scalar and a lane agree bit for bit.
public static partial class VectorMath
{
    /// <summary>Square root.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sqrt(float x) => Sqrt(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Absolute value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Abs(float x) => Abs(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>The nearest integer, half to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Round(float x) => Round(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>The largest integer that is not above x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Floor(float x) => Floor(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>The smallest integer that is not below x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Ceiling(float x) => Ceiling(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>-1, 0 or 1; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sign(float x) => Sign(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>e to the power x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Exp(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>e to the power x for x that is not positive (or NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ExpNonPositive(float x) => ExpNonPositive(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>exp(x) - 1 without cancellation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Expm1(float x) => Expm1(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>exp(x) - 1 for x that is not positive (or NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Expm1NonPositive(float x) => Expm1NonPositive(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) =>
        float.IsNormal(x) && x > 0 ? LogOfNormal(Vector128.CreateScalarUnsafe(x)).ToScalar() : LogOfUnusual(x);

    // Zero, subnormal, infinite, negative or NaN: seldom enough to stay out of line.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float LogOfUnusual(float x) => Log(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(a) - log(b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogRatio(float a, float b) => LogRatio(Vector128.Create(a), Vector128.Create(b)).ToScalar();

    /// <summary>x (log(a) - log(b)), which is 0 where x is 0, whatever a and b are (but NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float XLogRatio(float x, float a, float b) => XLogRatio(Vector128.Create(x), Vector128.Create(a), Vector128.Create(b)).ToScalar();

    /// <summary>Natural logarithm of a finite number of at least 1 (or NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogFromOne(float x) => LogFromOne(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(1 + x) without cancellation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log1p(float x) => Log1p(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(1 + x) for x in [0, 1] (or NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log1pUnit(float x) => Log1pUnit(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(1 - exp(x)) for negative x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log1mExp(float x) => Log1mExp(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sin(float x) => Sin(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cos(float x) => Cos(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tan(float x) => Tan(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Arc tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Atan(float x) => Atan(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Hyperbolic sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sinh(float x) => Sinh(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Hyperbolic cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cosh(float x) => Cosh(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(cosh(x)) of x and exp(-2|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogCosh(float x, float decay) => LogCosh(Vector128.CreateScalarUnsafe(x), Vector128.CreateScalarUnsafe(decay)).ToScalar();

    /// <summary>Hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => Tanh(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>1 / (1 + exp(-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x) => Sigmoid(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(sigmoid(x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogSigmoid(float x) => LogSigmoid(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(1 + exp(x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Softplus(float x) => Softplus(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>The larger operand; NaN when either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(float a, float b) =>
        Max(Vector128.CreateScalarUnsafe(a), Vector128.CreateScalarUnsafe(b)).ToScalar();

    /// <summary>The smaller operand; NaN when either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(float a, float b) =>
        Min(Vector128.CreateScalarUnsafe(a), Vector128.CreateScalarUnsafe(b)).ToScalar();

    /// <summary>log(exp(a) + exp(b)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogAddExp(float a, float b) =>
        LogAddExp(Vector128.CreateScalarUnsafe(a), Vector128.CreateScalarUnsafe(b)).ToScalar();

    /// <summary>x log(y), which is 0 where x is 0, whatever y is (but NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float XLogY(float x, float y) =>
        XLogY(Vector128.CreateScalarUnsafe(x), Vector128.CreateScalarUnsafe(y)).ToScalar();

    /// <summary>The error function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Erf(float x) => Erf(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>1 - erf(x) without cancellation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Erfc(float x) => Erfc(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>x to the power y, with the special cases of IEEE 754.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Pow(float x, float y) => Pow(Vector128.CreateScalarUnsafe(x), Vector128.CreateScalarUnsafe(y)).ToScalar();

    /// <summary>x to the power y from less, which is x to the power y - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float PowFrom(float x, float less, float y) =>
        PowFrom(Vector128.CreateScalarUnsafe(x), Vector128.CreateScalarUnsafe(less), Vector128.CreateScalarUnsafe(y)).ToScalar();

    /// <summary>log(|gamma(x)|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogGamma(float x) => LogGamma(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>The derivative of LogGamma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Digamma(float x) => Digamma(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>The derivative of Digamma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Trigamma(float x) => Trigamma(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>The derivative of Trigamma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tetragamma(float x) => (float)DoubleGamma.Tetragamma(x);

    /// <summary>log(I0(x)), of the modified Bessel function of order 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogI0(float x) => LogI0(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>I1(x) / I0(x), the derivative of LogI0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float BesselRatio(float x) => BesselRatio(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(|gamma(x + a)|) - log(|gamma(x)|), without the cancellation of large x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogGammaDelta(float x, float a) =>
        LogGammaDelta(Vector128.CreateScalarUnsafe(x), Vector128.CreateScalarUnsafe(a)).ToScalar();

    /// <summary>digamma(x + a) - digamma(x), without the cancellation of large x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float DigammaDelta(float x, float a) => (float)DoubleGamma.DigammaDelta(x, a);
}
