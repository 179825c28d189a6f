using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>log(I0(x)), of the modified Bessel function of order 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LogI0(Vector128<double> x)
    {
        Vector128<double> a = Vector128.Abs(x);
        Vector128<double> limit = Vector128.Create(8.0);
        Vector128<double> isSmall = Vector128.LessThan(a, limit);
        // The series overflows in lanes that do not use it.
        Vector128<double> half = Vector128.ConditionalSelect(isSmall, a, limit) * Vector128.Create(0.5);
        Vector128<double> z = half * half;
        Vector128<double> small = Log1p(z * Horner(z, DoubleCoefficients.BesselI0Series[1..]));
        Vector128<double> t = (Vector128.Create(16.0) / a) - Vector128<double>.One;
        Vector128<double> logarithm = Vector128.Create(0.5) * Log(a * Vector128.Create(6.283185307179586));
        Vector128<double> large = a - (logarithm - Horner(t, DoubleCoefficients.LogI0));
        // Where 2 pi x overflows, x itself is the logarithm.
        large = Vector128.ConditionalSelect(Vector128.GreaterThan(a, Vector128.Create(1e300)), a, large);
        return Vector128.ConditionalSelect(isSmall, small, large);
    }

    /// <summary>I1(x) / I0(x), the derivative of <see cref="LogI0(Vector128{double})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> BesselRatio(Vector128<double> x)
    {
        Vector128<double> a = Vector128.Abs(x);
        Vector128<double> limit = Vector128.Create(8.0);
        Vector128<double> isSmall = Vector128.LessThan(a, limit);
        Vector128<double> half = Vector128.ConditionalSelect(isSmall, a, limit) * Vector128.Create(0.5);
        Vector128<double> z = half * half;
        Vector128<double> small = half * Horner(z, DoubleCoefficients.BesselI1Series) / Horner(z, DoubleCoefficients.BesselI0Series);
        Vector128<double> t = (Vector128.Create(16.0) / a) - Vector128<double>.One;
        Vector128<double> large = Horner(t, DoubleCoefficients.BesselRatio);
        return Vector128.CopySign(Vector128.ConditionalSelect(isSmall, small, large), x);
    }
}
