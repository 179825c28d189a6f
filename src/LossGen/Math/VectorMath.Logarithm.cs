using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    // Bits of 2/3: mantissas are taken from [2/3, 4/3).
    private const int TwoThirdsBits = 0x3F2AAAAB;

    /// <summary>Natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x)
    {
        // Subnormal numbers are scaled by 2^23; the exponent of the scale is taken off again.
        Vector128<float> scale = Vector128.ConditionalSelect(
            Vector128.LessThan(x, Vector128.Create(1.17549435e-38f)), Vector128.Create(8388608f), Vector128<float>.One);
        Vector128<int> bits = (x * scale).AsInt32();
        Vector128<float> y = LogOfBits(bits, bits - scale.AsInt32() + Vector128.Create((127 << 23) - TwoThirdsBits));
        Vector128<float> outside = Vector128.ConditionalSelect(
            Vector128.Equals(x, Vector128<float>.Zero), Vector128.Create(float.NegativeInfinity), Vector128.Create(float.NaN));
        y = Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128<float>.Zero), y, outside);
        return Vector128.ConditionalSelect(Vector128.Equals(x, Vector128.Create(float.PositiveInfinity)), x, y);
    }

    /// <summary>Natural logarithm of a finite number of at least 1 (or NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogFromOne(Vector128<float> x) => Vector128.FusedMultiplyAdd(x, Vector128<float>.Zero, LogOfNormal(x));

    /// <summary>log(a) - log(b), by one logarithm of the quotient where that is an ordinary number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogRatio(Vector128<float> a, Vector128<float> b)
    {
        Vector128<float> unusual = IsUnusualRatio(a, b);
        Vector128<float> y = LogRatioOrdinary(a, b);
        return Vector128.ExtractMostSignificantBits(unusual) == 0 ? y : DifferenceOfLogs(a, b, unusual, y);
    }

    /// <summary>x (log(a) - log(b)), which is 0 where x is 0, whatever a and b are (but NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> XLogRatio(Vector128<float> x, Vector128<float> a, Vector128<float> b)
    {
        Vector128<float> unusual = IsUnusualXLogRatio(x, a, b);
        Vector128<float> y = XLogRatioOrdinary(x, a, b);
        return Vector128.ExtractMostSignificantBits(unusual) == 0 ? y : XLogRatioOfUnusual(x, a, b, unusual, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> DifferenceOfLogs(Vector128<float> a, Vector128<float> b, Vector128<float> unusual, Vector128<float> ordinary)
    {
        Vector128<float> mask = Vector128.ShiftRightArithmetic(unusual.AsInt32(), 31).AsSingle();
        return Vector128.ConditionalSelect(mask, Log(a) - Log(b), ordinary);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> XLogRatioOfUnusual(
        Vector128<float> x, Vector128<float> a, Vector128<float> b, Vector128<float> unusual, Vector128<float> ordinary)
    {
        Vector128<float> mask = Vector128.ShiftRightArithmetic(unusual.AsInt32(), 31).AsSingle();
        return Vector128.ConditionalSelect(mask, Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<float>.Zero), ZeroOrNaN(a) + ZeroOrNaN(b), x * (Log(a) - Log(b))), ordinary);
    }

    // Of a normal number that is positive.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LogOfNormal(Vector128<float> x) => LogOfBits(x.AsInt32(), x.AsInt32() - Vector128.Create(TwoThirdsBits));

    // Of a normal number; the upper bits of the exponent's say to which power of two it belongs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LogOfBits(Vector128<int> bits, Vector128<int> exponent)
    {
        Vector128<int> above = bits - Vector128.Create(TwoThirdsBits);
        Vector128<float> mantissa = (bits - (above & Vector128.Create(unchecked((int)0xFF800000)))).AsSingle();
        Vector128<float> n = Vector128.ConvertToSingle(Vector128.ShiftRightArithmetic(exponent, 23));
        return Vector128.FusedMultiplyAdd(n, Vector128.Create(Ln2), Log1pReduced(mantissa - Vector128<float>.One));
    }

    /// <summary>log(1 + x) without cancellation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log1p(Vector128<float> x)
    {
        Vector128<float> y = Log1pAboveMinusOne(x);
        Vector128<float> minusOne = Vector128.Create(-1f);
        Vector128<float> outside = Vector128.ConditionalSelect(
            Vector128.Equals(x, minusOne), Vector128.Create(float.NegativeInfinity), Vector128.Create(float.NaN));
        y = Vector128.ConditionalSelect(Vector128.GreaterThan(x, minusOne), y, outside);
        return Vector128.ConditionalSelect(Vector128.Equals(x, Vector128.Create(float.PositiveInfinity)), x, y);
    }

    /// <summary>log(1 + x) for x in [0, 1] (or NaN): one polynomial.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log1pUnit(Vector128<float> x)
    {
        Vector128<float> x2 = x * x;
        Vector128<float> a = Vector128.FusedMultiplyAdd(Vector128.Create(0.333304793f), x, Vector128.Create(-0.499999315f));
        Vector128<float> b = Vector128.FusedMultiplyAdd(Vector128.Create(0.196940124f), x, Vector128.Create(-0.249582916f));
        Vector128<float> c = Vector128.FusedMultiplyAdd(Vector128.Create(0.106746174f), x, Vector128.Create(-0.153516799f));
        Vector128<float> d = Vector128.FusedMultiplyAdd(Vector128.Create(0.0201754626f), x, Vector128.Create(-0.0576082505f));
        Vector128<float> low = Vector128.FusedMultiplyAdd(x2, b, a);
        d = Vector128.FusedMultiplyAdd(x2, Vector128.Create(-0.0033120953f), d);
        Vector128<float> high = Vector128.FusedMultiplyAdd(x2, d, c);
        return Vector128.FusedMultiplyAdd(Vector128.FusedMultiplyAdd(x2 * x2, high, low), x2, x);
    }

    // log(1 + x) for finite x above -1. With 2^-k (1 + x) in [2/3, 4/3), f = 2^-k x - (1 - 2^-k) is exact but for one rounding.
    // f is held times 4, since 2^-128 is subnormal, and k negated, so that -0 gives -0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Log1pAboveMinusOne(Vector128<float> x)
    {
        Vector128<int> bits = (x + Vector128<float>.One).AsInt32();
        Vector128<int> below = Vector128.Create(TwoThirdsBits + 0x7FFFFF) - bits;
        Vector128<int> power = below & Vector128.Create(unchecked((int)0xFF800000));
        Vector128<float> scale = (power + Vector128.Create(129 << 23)).AsSingle();
        Vector128<float> f4 = Vector128.FusedMultiplyAdd(x, scale, -(Vector128.Create(4f) - scale));
        Vector128<float> minusK = Vector128.ConvertToSingle(Vector128.ShiftRightArithmetic(below, 23));
        return Vector128.FusedMultiplyAdd(minusK, Vector128.Create(-Ln2), Log1pReduced(f4 * Vector128.Create(0.25f)));
    }

    // log(1 + f) for |f| <= 1/3, relative error 2^-25.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Log1pReduced(Vector128<float> f)
    {
        Vector128<float> f2 = f * f;
        Vector128<float> a = Vector128.FusedMultiplyAdd(Vector128.Create(0.333331972f), f, Vector128.Create(-0.499999374f));
        Vector128<float> b = Vector128.FusedMultiplyAdd(Vector128.Create(0.200111687f), f, Vector128.Create(-0.250078201f));
        Vector128<float> c = Vector128.FusedMultiplyAdd(Vector128.Create(0.139958054f), f, Vector128.Create(-0.164159596f));
        Vector128<float> d = Vector128.FusedMultiplyAdd(Vector128.Create(0.140263692f), f, Vector128.Create(-0.153885424f));
        Vector128<float> low = Vector128.FusedMultiplyAdd(f2, b, a);
        Vector128<float> high = Vector128.FusedMultiplyAdd(f2, d, c);
        return Vector128.FusedMultiplyAdd(Vector128.FusedMultiplyAdd(f2 * f2, high, low), f2, f);
    }
}
