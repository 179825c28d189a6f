using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>x to the power y from less, which is x to the power y - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> PowFrom(Vector128<double> x, Vector128<double> less, Vector128<double> y)
    {
        Vector128<double> ordinary = Vector128.GreaterThanOrEqual(less, Vector128.Create(2.2250738585072014e-308))
            & Vector128.LessThan(less, Vector128.Create(double.PositiveInfinity));
        Vector128<double> power = x * less;
        return Vector128.EqualsAll(ordinary.AsInt64(), Vector128<long>.AllBitsSet) ? power : PowFromUnusual(x, y, ordinary, power);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector128<double> PowFromUnusual(Vector128<double> x, Vector128<double> y, Vector128<double> ordinary, Vector128<double> power) =>
        Vector128.ConditionalSelect(ordinary, power, Pow(x, y));

    /// <summary>x to the power y, with the special cases of IEEE 754.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Pow(Vector128<double> x, Vector128<double> y)
    {
        Vector128<double> zero = Vector128<double>.Zero;
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> infinity = Vector128.Create(double.PositiveInfinity);
        Vector128<double> a = Vector128.Abs(x);
        Vector128<double> subnormal = Vector128.LessThan(a, Vector128.Create(2.2250738585072014e-308));
        Vector128<double> u = Vector128.ConditionalSelect(subnormal, a * Vector128.Create(18014398509481984.0), a);
        Vector128<double> exponent = ReducedExponent(u) + (subnormal & Vector128.Create(-54.0));

        // log(a) = log + logLow to about 12 bits more than one double holds: y may multiply its error by 745.
        Vector128<double> f = ReducedMantissa(u) - one;
        Vector128<double> two = Vector128.Create(2.0);
        Vector128<double> d = two + f;
        Vector128<double> s = f / d;
        Vector128<double> sLow = Vector128.FusedMultiplyAdd(-s, f - (d - two), Vector128.FusedMultiplyAdd(-s, d, f)) / d;
        Vector128<double> z = s * s;
        Vector128<double> high = s + s;
        Vector128<double> low = Vector128.FusedMultiplyAdd(s * z, AtanhTail(z), sLow + sLow);
        low = Vector128.FusedMultiplyAdd(exponent, Vector128.Create(5.497923018708371e-14), low);
        Vector128<double> main = exponent * Vector128.Create(0.6931471805598903);
        Vector128<double> sum = main + high;
        low = ((main - sum) + high) + low;
        Vector128<double> log = sum + low;
        Vector128<double> logLow = (sum - log) + low;
        Vector128<double> finite = Vector128.GreaterThan(Vector128.ConditionalSelect(Vector128.LessThan(a, infinity), a, zero), zero);
        log = Vector128.ConditionalSelect(finite, log, Vector128.ConditionalSelect(Vector128.Equals(a, zero), -infinity, a));

        Vector128<double> product = y * log;
        Vector128<double> productLow = Vector128.FusedMultiplyAdd(y, logLow, Vector128.FusedMultiplyAdd(y, log, -product));
        Vector128<double> result = ExpOfSum(product, productLow);

        Vector128<double> isNegative = Vector128.LessThan(x, zero);
        Vector128<double> isInteger = Vector128.Equals(Vector128.Floor(y), y);
        Vector128<double> isOdd = isInteger & IsOdd(y);
        result ^= isOdd & x & Vector128.Create(-0.0);
        Vector128<double> undefined = Vector128.AndNot(isNegative & finite, isInteger);
        result = Vector128.ConditionalSelect(undefined, Vector128.Create(double.NaN), result);
        Vector128<double> isOne = Vector128.Equals(y, zero) | Vector128.Equals(x, one)
            | Vector128.Equals(Vector128.ConditionalSelect(Vector128.Equals(Vector128.Abs(y), infinity), a, zero), one);
        return Vector128.ConditionalSelect(isOne, one, result);
    }

    // As in single precision, no conjunction of comparisons that may have a constant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ZeroOrNaN(Vector128<double> x) => Vector128.AndNot(x, Vector128.Equals(x, x));

    /// <summary>x log(y), and 0 where x is 0 and y no NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> XLogY(Vector128<double> x, Vector128<double> y)
    {
        return Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<double>.Zero), ZeroOrNaN(y), x * Log(y));
    }

    // e^(x + low) for |low| much below |x| or 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ExpOfSum(Vector128<double> x, Vector128<double> low)
    {
        Vector128<double> n = RoundToPowerOfTwo(x);
        Vector128<double> high = Vector128.FusedMultiplyAdd(n, Vector128.Create(-0.6931471805598903), x);
        low = Vector128.FusedMultiplyAdd(n, Vector128.Create(-5.497923018708371e-14), low);
        Vector128<double> r = high + low;
        Vector128<double> tail = ExpTail(r) + ((high - r) + low);
        Vector128<double> result = ScaleByPowerOfTwo(Vector128<double>.One + (r + tail), n);
        result = Vector128.ConditionalSelect(
            Vector128.GreaterThan(x, Vector128.Create(711.0)), Vector128.Create(double.PositiveInfinity), result);
        return Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(-747.0)), Vector128<double>.Zero, result);
    }
}
