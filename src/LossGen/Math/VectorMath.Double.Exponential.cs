using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>e to the power x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Exp(Vector128<double> x)
    {
        Vector128<double> result = ExpGradual(x);
        return Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128.Create(710.0)), Vector128.Create(double.PositiveInfinity), result);
    }

    /// <summary>e to the power x, for x up to 0; 0 where that is below the smallest normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ExpNonPositive(Vector128<double> x)
    {
        // At the least x the biased exponent is 0, and so is the power. As second operand a NaN survives the one-instruction maximum.
        Vector128<double> within = Vector128.MaxNative(Vector128.Create(-709.0), x);
        Vector128<double> magic = Vector128.Create(6755399441055744.0 + 1023);
        Vector128<double> t = Vector128.FusedMultiplyAdd(within, Vector128.Create(1.4426950408889634), magic);
        Vector128<double> r = ExpRemainder(within, t - magic);
        Vector128<double> scale = Vector128.ShiftLeft(t.AsInt64(), 52).AsDouble();
        return Vector128.FusedMultiplyAdd(r + ExpTail(r), scale, scale);
    }

    // e to the power x for x up to 710, with results down to the smallest subnormal number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ExpGradual(Vector128<double> x)
    {
        Vector128<double> n = RoundToPowerOfTwo(x);
        Vector128<double> r = ExpRemainder(x, n);
        Vector128<double> result = ScaleByPowerOfTwo(Vector128<double>.One + (r + ExpTail(r)), n);
        return Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(-746.0)), Vector128<double>.Zero, result);
    }

    /// <summary>e to the power x, minus 1, for x that is not positive (or NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Expm1NonPositive(Vector128<double> x) => Expm1(x);

    /// <summary>e to the power x, minus 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Expm1(Vector128<double> x)
    {
        Vector128<double> n = RoundToPowerOfTwo(x);
        Vector128<double> high = Vector128.FusedMultiplyAdd(n, Vector128.Create(-0.6931471805598903), x);
        Vector128<double> low = n * Vector128.Create(-5.497923018708371e-14);
        Vector128<double> r = high + low;
        Vector128<double> tail = ExpTail(r) + ((high - r) + low);

        // e^x - 1 = 2^n ((1 - 2^-n) + r + tail); the first sum is exact in two parts.
        Vector128<double> t = Vector128<double>.One - PowerOfTwo(-Vector128.MinNative(n, Vector128.Create(100.0)));
        Vector128<double> sum = t + r;
        Vector128<double> result = sum + (((t - sum) + r) + tail);
        // Doubled first: n reaches 1024, and halving a subnormal result would lose its last digit.
        result = (result + result) * PowerOfTwo(n - Vector128<double>.One);
        result = Vector128.ConditionalSelect(
            Vector128.GreaterThan(x, Vector128.Create(710.0)), Vector128.Create(double.PositiveInfinity), result);
        result = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(-40.0)), Vector128.Create(-1.0), result);
        return Vector128.CopySign(result, x);
    }

    // The integer nearest to x / log(2), for |x| below 2^50.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> RoundToPowerOfTwo(Vector128<double> x)
    {
        Vector128<double> shift = Vector128.Create(6755399441055744.0);
        return Vector128.FusedMultiplyAdd(x, Vector128.Create(1.4426950408889634), shift) - shift;
    }

    // x - n ln 2; the first step is exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ExpRemainder(Vector128<double> x, Vector128<double> n)
    {
        Vector128<double> r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-0.6931471805598903), x);
        return Vector128.FusedMultiplyAdd(n, Vector128.Create(-5.497923018708371e-14), r);
    }

    // 2^n for an integer n from -1022 to 1023.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> PowerOfTwo(Vector128<double> n) =>
        Vector128.ShiftLeft((n + Vector128.Create(6755399441055744.0 + 1023)).AsInt64(), 52).AsDouble();

    // y 2^n in two exact steps at most one of which rounds, so that subnormal results are rounded once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ScaleByPowerOfTwo(Vector128<double> y, Vector128<double> n)
    {
        Vector128<double> shift = Vector128.Create(6755399441055744.0);
        Vector128<double> half = Vector128.FusedMultiplyAdd(n, Vector128.Create(0.5), shift) - shift;
        return (y * PowerOfTwo(half)) * PowerOfTwo(n - half);
    }

    // e^r - 1 - r for |r| up to log(2) / 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ExpTail(Vector128<double> r)
    {
        Vector128<double> r2 = r * r;
        Vector128<double> r4 = r2 * r2;
        Vector128<double> a = Vector128.FusedMultiplyAdd(Vector128.Create(0.1666666666666667), r, Vector128.Create(0.5));
        Vector128<double> b = Vector128.FusedMultiplyAdd(Vector128.Create(0.008333333333326103), r, Vector128.Create(0.04166666666666667));
        Vector128<double> c = Vector128.FusedMultiplyAdd(Vector128.Create(0.0001984126987493351), r, Vector128.Create(0.0013888888888882042));
        Vector128<double> d = Vector128.FusedMultiplyAdd(Vector128.Create(2.755725525712302e-06), r, Vector128.Create(2.480158733010732e-05));
        Vector128<double> e = Vector128.FusedMultiplyAdd(Vector128.Create(2.5105276513581656e-08), r, Vector128.Create(2.7557268752835033e-07));
        e = Vector128.FusedMultiplyAdd(r2, Vector128.Create(2.0916498845782505e-09), e);
        a = Vector128.FusedMultiplyAdd(r2, b, a);
        c = Vector128.FusedMultiplyAdd(r2, d, c);
        return r2 * Vector128.FusedMultiplyAdd(r4, Vector128.FusedMultiplyAdd(r4, e, c), a);
    }
}
