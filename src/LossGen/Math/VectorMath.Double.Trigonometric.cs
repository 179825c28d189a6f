using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>Sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sin(Vector128<double> x)
    {
        Vector128<double> a = Vector128.Abs(x);
        Vector128<double> quarters = QuarterTurns(a);
        Vector128<double> r = RemoveQuarterTurns(a, quarters);
        Vector128<double> result = SineOfQuadrant(r, quarters) ^ (x & Vector128.Create(-0.0));
        Vector128<double> reduced = Vector128.LessThanOrEqual(a, Vector128.Create(1e6));
        if (Vector128.EqualsAll(reduced.AsInt64(), Vector128<long>.AllBitsSet))
            return result;
        return Vector128.ConditionalSelect(reduced, result, EachLane<SinFunction>(x));
    }

    /// <summary>Cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Cos(Vector128<double> x)
    {
        Vector128<double> a = Vector128.Abs(x);
        Vector128<double> quarters = QuarterTurns(a);
        Vector128<double> r = RemoveQuarterTurns(a, quarters);
        Vector128<double> result = SineOfQuadrant(r, quarters + Vector128<double>.One);
        Vector128<double> reduced = Vector128.LessThanOrEqual(a, Vector128.Create(1e6));
        if (Vector128.EqualsAll(reduced.AsInt64(), Vector128<long>.AllBitsSet))
            return result;
        return Vector128.ConditionalSelect(reduced, result, EachLane<CosFunction>(x));
    }

    /// <summary>Tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Tan(Vector128<double> x)
    {
        Vector128<double> a = Vector128.Abs(x);
        Vector128<double> quarters = QuarterTurns(a);
        Vector128<double> r = RemoveQuarterTurns(a, quarters);
        Vector128<double> sine = SineNearZero(r);
        Vector128<double> cosine = CosineNearZero(r);
        Vector128<double> odd = IsOdd(quarters);
        Vector128<double> result = Vector128.ConditionalSelect(odd, -cosine, sine) / Vector128.ConditionalSelect(odd, sine, cosine);
        result ^= x & Vector128.Create(-0.0);
        Vector128<double> reduced = Vector128.LessThanOrEqual(a, Vector128.Create(1e6));
        if (Vector128.EqualsAll(reduced.AsInt64(), Vector128<long>.AllBitsSet))
            return result;
        return Vector128.ConditionalSelect(reduced, result, EachLane<TanFunction>(x));
    }

    /// <summary>Inverse tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Atan(Vector128<double> x)
    {
        // atan(a) = pi/4 + atan((a - 1) / (a + 1)) above tan(pi/8), pi/2 - atan(1 / a) above tan(3 pi/8).
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> a = Vector128.Abs(x);
        Vector128<double> middle = Vector128.GreaterThan(a, Vector128.Create(0.41421356237309503));
        Vector128<double> large = Vector128.GreaterThan(a, Vector128.Create(2.414213562373095));
        Vector128<double> numerator = Vector128.ConditionalSelect(middle, a - one, a);
        Vector128<double> denominator = Vector128.ConditionalSelect(middle, a + one, one);
        numerator = Vector128.ConditionalSelect(large, -one, numerator);
        denominator = Vector128.ConditionalSelect(large, a, denominator);
        Vector128<double> t = numerator / denominator;
        Vector128<double> z = t * t;
        Vector128<double> offset = middle & Vector128.Create(0.7853981633974483);
        Vector128<double> offsetLow = middle & Vector128.Create(3.061616997868383e-17);
        offset = Vector128.ConditionalSelect(large, Vector128.Create(1.5707963267948966), offset);
        offsetLow = Vector128.ConditionalSelect(large, Vector128.Create(6.123233995736766e-17), offsetLow);
        Vector128<double> tail = Vector128.FusedMultiplyAdd(t * z, Horner(z, DoubleCoefficients.Atan), offsetLow);
        return Vector128.CopySign(offset + (t + tail), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> QuarterTurns(Vector128<double> a) =>
        Vector128.Round(a * Vector128.Create(0.6366197723675814));

    // a - n pi/2 with pi/2 in three parts: exact up to one rounding while n stays below 2^20.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> RemoveQuarterTurns(Vector128<double> a, Vector128<double> n)
    {
        Vector128<double> r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-1.5707963267948966), a);
        r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-6.123233995736765e-17), r);
        return Vector128.FusedMultiplyAdd(n, Vector128.Create(-1.082856673921914e-32), r);
    }

    // sin(r + n pi/2)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SineOfQuadrant(Vector128<double> r, Vector128<double> n)
    {
        Vector128<double> result = Vector128.ConditionalSelect(IsOdd(n), CosineNearZero(r), SineNearZero(r));
        Vector128<double> negative = IsOdd(Vector128.Floor(n * Vector128.Create(0.5)));
        return result ^ (negative & Vector128.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> IsOdd(Vector128<double> n)
    {
        Vector128<double> half = n * Vector128.Create(0.5);
        return ~Vector128.Equals(Vector128.Floor(half), half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SineNearZero(Vector128<double> r)
    {
        Vector128<double> z = r * r;
        return Vector128.FusedMultiplyAdd(r * z, Horner(z, DoubleCoefficients.Sin), r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> CosineNearZero(Vector128<double> r)
    {
        Vector128<double> z = r * r;
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> half = Vector128.Create(0.5) * z;
        Vector128<double> leading = one - half;
        return leading + Vector128.FusedMultiplyAdd(z * z, Horner(z, DoubleCoefficients.Cos), (one - leading) - half);
    }
}
