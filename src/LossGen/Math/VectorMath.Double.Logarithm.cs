using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>Natural logarithm of a number of at least 1 (or NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LogFromOne(Vector128<double> x) => Log(x);

    /// <summary>Natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Log(Vector128<double> x)
    {
        Vector128<double> subnormal = Vector128.LessThan(x, Vector128.Create(2.2250738585072014e-308));
        Vector128<double> u = Vector128.ConditionalSelect(subnormal, x * Vector128.Create(18014398509481984.0), x);
        Vector128<double> result = LogOfNormal(u, subnormal & Vector128.Create(-54.0), Vector128<double>.Zero);
        return LogSpecial(x, x, result);
    }

    /// <summary>log(a) - log(b), by one logarithm of the quotient where that is an ordinary number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LogRatio(Vector128<double> a, Vector128<double> b)
    {
        Vector128<double> quotient = a / b;
        Vector128<double> ordinary = IsOrdinaryQuotient(quotient, b);
        Vector128<double> y = LogOfNormal(quotient, Vector128<double>.Zero, Vector128<double>.Zero);
        return Vector128.EqualsAll(ordinary.AsInt64(), Vector128<long>.AllBitsSet) ? y : Vector128.ConditionalSelect(ordinary, y, DifferenceOfLogs(a, b));
    }

    /// <summary>x (log(a) - log(b)), which is 0 where x is 0, whatever a and b are (but NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> XLogRatio(Vector128<double> x, Vector128<double> a, Vector128<double> b)
    {
        return Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<double>.Zero), ZeroOrNaN(a) + ZeroOrNaN(b), x * LogRatio(a, b));
    }

    // Where log(a / b) is log(a) - log(b): two negative numbers have a positive quotient and no logarithms.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> IsOrdinaryQuotient(Vector128<double> quotient, Vector128<double> b) =>
        Vector128.GreaterThanOrEqual(quotient, Vector128.Create(2.2250738585072014e-308))
        & Vector128.LessThan(quotient, Vector128.Create(double.PositiveInfinity))
        & Vector128.GreaterThan(b, Vector128<double>.Zero);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector128<double> DifferenceOfLogs(Vector128<double> a, Vector128<double> b) => Log(a) - Log(b);

    /// <summary>log(1 + x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Log1p(Vector128<double> x)
    {
        // u + low is 1 + x exactly.
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> u = one + x;
        Vector128<double> back = u - one;
        Vector128<double> low = (x - back) + (one - (u - back));
        Vector128<double> result = LogOfNormal(u, Vector128<double>.Zero, low / u);
        result = Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<double>.Zero), x, result);
        return LogSpecial(u, x, result);
    }

    /// <summary>log(1 + x) for x from 0 to 1; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Log1pUnit(Vector128<double> x)
    {
        Vector128<double> above = Vector128.GreaterThan(x, Vector128.Create(0.5));
        Vector128<double> f = Vector128.ConditionalSelect(above, (x - Vector128<double>.One) * Vector128.Create(0.5), x);
        return LogOfReduced(f, above & Vector128<double>.One, Vector128<double>.Zero);
    }

    /// <summary>log(1 - e^x) for negative x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Log1mExp(Vector128<double> x)
    {
        // Near 0 the difference itself is small, far from 0 its distance from 1 is.
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> minusExp = -Exp(x);
        Vector128<double> sum = one + minusExp;
        Vector128<double> near = Vector128.GreaterThan(x, Vector128.Create(-0.6931471805599453));
        Vector128<double> u = Vector128.ConditionalSelect(near, -Expm1(x), sum);
        Vector128<double> low = Vector128.AndNot(((one - sum) + minusExp) / sum, near);
        Vector128<double> subnormal = Vector128.LessThan(u, Vector128.Create(2.2250738585072014e-308));
        Vector128<double> scaled = Vector128.ConditionalSelect(subnormal, u * Vector128.Create(18014398509481984.0), u);
        return LogSpecial(u, u, LogOfNormal(scaled, subnormal & Vector128.Create(-54.0), low));
    }

    // -inf for u = 0, NaN for u < 0, x for x infinite or NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> LogSpecial(Vector128<double> u, Vector128<double> x, Vector128<double> result)
    {
        Vector128<double> zero = Vector128<double>.Zero;
        Vector128<double> regular = Vector128.GreaterThan(u, zero) & Vector128.LessThan(u, Vector128.Create(double.PositiveInfinity));
        Vector128<double> special = Vector128.ConditionalSelect(Vector128.LessThan(u, zero), Vector128.Create(double.NaN), x);
        special = Vector128.ConditionalSelect(Vector128.Equals(u, zero), Vector128.Create(double.NegativeInfinity), special);
        return Vector128.ConditionalSelect(regular, result, special);
    }

    // log(u (1 + correction)) + exponent log(2) for normal u > 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> LogOfNormal(Vector128<double> u, Vector128<double> exponent, Vector128<double> correction) =>
        LogOfReduced(ReducedMantissa(u) - Vector128<double>.One, exponent + ReducedExponent(u), correction);

    // u / 2^ReducedExponent(u), between sqrt(1/2) and sqrt(2).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ReducedMantissa(Vector128<double> u)
    {
        Vector128<long> bits = u.AsInt64() + Vector128.Create(0x3FF0_0000_0000_0000L - 0x3FE6_A09E_667F_3BCDL);
        return ((bits & Vector128.Create(0x000F_FFFF_FFFF_FFFFL)) + Vector128.Create(0x3FE6_A09E_667F_3BCDL)).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ReducedExponent(Vector128<double> u)
    {
        Vector128<long> bits = u.AsInt64() + Vector128.Create(0x3FF0_0000_0000_0000L - 0x3FE6_A09E_667F_3BCDL);
        // The bits of 2^52 + biased exponent.
        Vector128<long> biased = Vector128.ShiftRightLogical(bits, 52) | Vector128.Create(0x4330_0000_0000_0000L);
        return biased.AsDouble() - Vector128.Create(4503599627370496.0 + 1023);
    }

    // log(1 + f) + exponent log(2) + correction, for f from -0.3 to 0.5.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> LogOfReduced(Vector128<double> f, Vector128<double> exponent, Vector128<double> correction)
    {
        // log(1 + f) = 2 atanh(s) = f - f²/2 + s (f²/2 + z P(z)).
        Vector128<double> s = f / (Vector128.Create(2.0) + f);
        Vector128<double> z = s * s;
        Vector128<double> halfSquare = Vector128.Create(0.5) * f * f;
        Vector128<double> low = Vector128.FusedMultiplyAdd(exponent, Vector128.Create(5.497923018708371e-14), correction);
        low = Vector128.FusedMultiplyAdd(s, Vector128.FusedMultiplyAdd(z, AtanhTail(z), halfSquare), low);
        return Vector128.FusedMultiplyAdd(exponent, Vector128.Create(0.6931471805598903), f - (halfSquare - low));
    }

    // (2 atanh(s) - 2 s) / s³ with z = s², for z up to 0.04.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> AtanhTail(Vector128<double> z)
    {
        Vector128<double> z2 = z * z;
        Vector128<double> z4 = z2 * z2;
        Vector128<double> a = Vector128.FusedMultiplyAdd(Vector128.Create(0.3999999999999991), z, Vector128.Create(0.6666666666666666));
        Vector128<double> b = Vector128.FusedMultiplyAdd(Vector128.Create(0.22222222206441009), z, Vector128.Create(0.2857142857149035));
        Vector128<double> c = Vector128.FusedMultiplyAdd(Vector128.Create(0.1538447089657833), z, Vector128.Create(0.18181820198587603));
        Vector128<double> d = Vector128.FusedMultiplyAdd(Vector128.Create(0.11617515331503465), z, Vector128.Create(0.13339393783338313));
        d = Vector128.FusedMultiplyAdd(z2, Vector128.Create(0.12423114056078084), d);
        a = Vector128.FusedMultiplyAdd(z2, b, a);
        c = Vector128.FusedMultiplyAdd(z2, d, c);
        return Vector128.FusedMultiplyAdd(z4, c, a);
    }
}
