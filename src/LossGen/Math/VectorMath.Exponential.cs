using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    private const float Log2E = 1.44269504f;
    private const float Ln2 = 0.693147182f;
    private const float Ln2Low = -1.90465421e-9f; // ln 2 - Ln2

    // Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits, cheaper than a rounding and a conversion.
    private const float RoundingMagic = 12582912f;

    // The same for a power of two, with the exponent's bias: a shift makes the power.
    private const float ExponentMagic = RoundingMagic + 127;
    private const float QuarterMagic = RoundingMagic + (4 * 127); // in quarters

    // exp of this is below half the smallest subnormal number.
    private const float ExpUnderflow = -104f;

    /// <summary>e to the power x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x)
    {
        Vector128<float> within = Vector128.Min(Vector128.Max(x, Vector128.Create(ExpUnderflow)), Vector128.Create(89f));
        Vector128<float> t = Vector128.FusedMultiplyAdd(Vector128.Create(4 * Log2E), within, Vector128.Create(QuarterMagic));
        // In two factors: the power itself may be out of range, or subnormal.
        Vector128<int> half = Vector128.ShiftRightArithmetic(t.AsInt32(), 3);
        Vector128<float> rest = (Vector128.ShiftLeft(half, 23) + Vector128.Create(64 << 23)).AsSingle();
        Vector128<float> scale = QuarterPower(t.AsInt32(), t.AsInt32() - Vector128.ShiftLeft(half, 2) + Vector128.Create(4 * 63));
        return Vector128.FusedMultiplyAdd(Expm1OfQuarter(within, t), scale, scale) * rest;
    }

    /// <summary>
    /// e to the power x for x that is not positive (or NaN), cheaper than <see cref="Exp(Vector128{float})"/>. It underflows early:
    /// below the smallest normal number the result is only that small, and 0 for x of -88.1 or less.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpNonPositive(Vector128<float> x)
    {
        // At the least x the biased exponent and the table's index are 0, and so is the power. As second operand a NaN survives the one-instruction maximum.
        Vector128<float> within = Vector128.MaxNative(Vector128.Create(-88.03f), x);
        return ExpInQuarters(within);
    }

    // exp where the result is a normal number, or at the lower end 0. In quarters of powers of two |r| <= ln(2) / 8, which takes two terms less than ln(2) / 2 does.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ExpInQuarters(Vector128<float> x)
    {
        Vector128<float> t = Vector128.FusedMultiplyAdd(Vector128.Create(4 * Log2E), x, Vector128.Create(QuarterMagic));
        Vector128<float> p = Expm1OfQuarter(x, t), scale = QuarterPower(t.AsInt32(), t.AsInt32());
        return Vector128.FusedMultiplyAdd(p, scale, scale);
    }

    // exp(r) - 1 for the r that x is above a quarter of a power of two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Expm1OfQuarter(Vector128<float> x, Vector128<float> t)
    {
        Vector128<float> n = t - Vector128.Create(QuarterMagic);
        Vector128<float> r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-Ln2 / 4), x);
        // What ln 2 / 4 lacks as a float matters in the first term only.
        Vector128<float> first = Vector128.FusedMultiplyAdd(n, Vector128.Create(-Ln2Low / 4), r);
        Vector128<float> r2 = r * r;
        Vector128<float> q = Vector128.FusedMultiplyAdd(Vector128.Create(0.166721016f), r, Vector128.Create(0.500000179f));
        q = Vector128.FusedMultiplyAdd(r2, Vector128.Create(0.0416450016f), q);
        return Vector128.FusedMultiplyAdd(r2, q, first);
    }

    // 2^(n / 4) but for the exponent's bias, which n brings; its two lowest bits are those of the first operand.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> QuarterPower(Vector128<int> index, Vector128<int> n) => (Vector128.ShiftLeft(n, 21) + QuarterPower(index)).AsSingle();

    // exp of a number that is not positive (or NaN), for results down to the smallest subnormal number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ExpGradual(Vector128<float> x)
    {
        Vector128<float> within = Vector128.MaxNative(Vector128.Create(ExpUnderflow), x);
        Vector128<float> t = Vector128.FusedMultiplyAdd(Vector128.Create(Log2E), within, Vector128.Create(ExponentMagic));
        Vector128<float> p = Expm1Reduced(ExpRemainder(within, t));
        // 2^(n + 30) is a normal number for every n from -150 to 0; the last product alone may be subnormal.
        Vector128<float> scale = (Vector128.ShiftLeft(t.AsInt32(), 23) + Vector128.Create(30 << 23)).AsSingle();
        return Vector128.FusedMultiplyAdd(p, scale, scale) * Vector128.Create(1f / (1 << 30));
    }

    /// <summary>exp(x) - 1 without cancellation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Expm1(Vector128<float> x)
    {
        Vector128<float> within = Vector128.Min(Vector128.Max(x, Vector128.Create(-20f)), Vector128.Create(89f));
        Vector128<float> t = Vector128.FusedMultiplyAdd(Vector128.Create(Log2E), within, Vector128.Create(ExponentMagic));
        Vector128<float> p = Expm1Reduced(ExpRemainder(within, t));
        // Where 2^n may overflow, halved: 2 (p s + s) with s = 2^(n - 1). A subnormal p would lose a bit.
        Vector128<float> half = (Vector128.ShiftLeft(t.AsInt32(), 23) - Vector128.Create(1 << 23)).AsSingle();
        Vector128<float> large = Vector128.FusedMultiplyAdd(p, half, half);
        return Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128.Create(OrdinaryExponent)), large + large, LessOne(p, WholePower(t)));
    }

    /// <summary>exp(x) - 1 for x that is not positive (or NaN), cheaper than <see cref="Expm1(Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Expm1NonPositive(Vector128<float> x)
    {
        // As second operand a NaN survives the one-instruction maximum.
        Vector128<float> within = Vector128.MaxNative(Vector128.Create(-OrdinaryExponent), x);
        Vector128<float> t = Vector128.FusedMultiplyAdd(Vector128.Create(Log2E), within, Vector128.Create(ExponentMagic));
        return LessOne(Expm1Reduced(ExpRemainder(within, t)), WholePower(t));
    }

    /// <summary>log(1 - exp(x)) for negative x, without cancellation at either end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log1mExp(Vector128<float> x)
    {
        Vector128<float> within = Vector128.Min(Vector128.Max(x, Vector128.Create(ExpUnderflow)), Vector128<float>.One);
        Vector128<float> t = Vector128.FusedMultiplyAdd(Vector128.Create(Log2E), within, Vector128.Create(ExponentMagic));
        Vector128<float> p = Expm1Reduced(ExpRemainder(within, t));
        Vector128<float> scale = HalfPower(t, out Vector128<float> rest);
        scale *= rest;
        Vector128<float> exp = Vector128.FusedMultiplyAdd(p, scale, scale);
        Vector128<float> minusExpm1 = Vector128.FusedMultiplyAdd(-p, scale, Vector128<float>.One - scale);
        // Below -ln 2 the logarithm is taken of 1 - exp(x), above it of -expm1(x): neither loses digits in its half.
        Vector128<float> near = Vector128.GreaterThan(x, Vector128.Create(-Ln2));
        Vector128<float> far = Log1pAboveMinusOne(Vector128.ConditionalSelect(near, Vector128<float>.Zero, -exp));
        return Vector128.ConditionalSelect(near, Log(minusExpm1), far);
    }

    // x - n ln 2 for t = n + magic; the first step is exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ExpRemainder(Vector128<float> x, Vector128<float> t)
    {
        Vector128<float> n = t - Vector128.Create(ExponentMagic);
        Vector128<float> r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-Ln2), x);
        return Vector128.FusedMultiplyAdd(n, Vector128.Create(-Ln2Low), r);
    }

    // 2^n for t = n + magic, where that is a normal number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> WholePower(Vector128<float> t) => Vector128.ShiftLeft(t.AsInt32(), 23).AsSingle();

    // (p + 1) s - 1; from 1 - s, which is +0 for s = 1, so that a p of -0 keeps its sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LessOne(Vector128<float> p, Vector128<float> scale) => Vector128.FusedMultiplyAdd(p, scale, -(Vector128<float>.One - scale));

    // 2^n for t = n + magic, in two factors: the power itself may be out of range, or subnormal.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> HalfPower(Vector128<float> t, out Vector128<float> rest)
    {
        Vector128<int> half = Vector128.ShiftRightArithmetic(t.AsInt32(), 1);
        rest = (Vector128.ShiftLeft(t.AsInt32() - half, 23) + Vector128.Create(63 << 23)).AsSingle();
        return (Vector128.ShiftLeft(half, 23) + Vector128.Create(64 << 23)).AsSingle();
    }

    // exp(r) - 1 for |r| <= ln(2) / 2, relative error 2^-26.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Expm1Reduced(Vector128<float> r)
    {
        Vector128<float> r2 = r * r;
        Vector128<float> low = Vector128.FusedMultiplyAdd(Vector128.Create(0.166665465f), r, Vector128.Create(0.49999997f));
        Vector128<float> high = Vector128.FusedMultiplyAdd(Vector128.Create(0.00836621225f), r, Vector128.Create(0.0416676104f));
        high = Vector128.FusedMultiplyAdd(r2, Vector128.Create(0.00138558459f), high);
        return Vector128.FusedMultiplyAdd(Vector128.FusedMultiplyAdd(r2, high, low), r2, r);
    }
}
