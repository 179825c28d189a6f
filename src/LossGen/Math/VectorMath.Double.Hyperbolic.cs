using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>Hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Tanh(Vector128<double> x)
    {
        // -t / (2 + t) with t = e^-2|x| - 1 = high + low, kept in two parts.
        Vector128<double> a = Vector128.Abs(x) * Vector128.Create(-2.0);
        Vector128<double> n = RoundToPowerOfTwo(a);
        Vector128<double> rHigh = Vector128.FusedMultiplyAdd(n, Vector128.Create(-0.6931471805598903), a);
        Vector128<double> rLow = n * Vector128.Create(-5.497923018708371e-14);
        Vector128<double> r = rHigh + rLow;
        Vector128<double> tail = ExpTail(r) + ((rHigh - r) + rLow);
        Vector128<double> t = Vector128<double>.One - PowerOfTwo(-n);
        Vector128<double> sum = t + r;
        Vector128<double> rest = ((t - sum) + r) + tail;
        Vector128<double> scale = PowerOfTwo(n);
        Vector128<double> high = (sum + rest) * scale;
        Vector128<double> low = ((sum - (sum + rest)) + rest) * scale;

        Vector128<double> two = Vector128.Create(2.0);
        Vector128<double> denominator = two + high;
        Vector128<double> result = Quotient(-high, -low, denominator, ((two - denominator) + high) + low);
        result = Vector128.ConditionalSelect(
            Vector128.LessThan(a, Vector128.Create(-44.0)), Vector128<double>.One, result);
        return Vector128.CopySign(result, x);
    }

    /// <summary>Hyperbolic sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sinh(Vector128<double> x)
    {
        Vector128<double> a = Vector128.Abs(x);
        Vector128<double> t = Expm1(a);
        Vector128<double> small = Vector128.Create(0.5) * (t + (t / (t + Vector128<double>.One)));
        Vector128<double> half = HalfExp(a);
        Vector128<double> large = half - (Vector128.Create(0.25) / half);
        return Vector128.CopySign(Vector128.ConditionalSelect(Vector128.LessThan(a, Vector128<double>.One), small, large), x);
    }

    /// <summary>Hyperbolic cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Cosh(Vector128<double> x)
    {
        Vector128<double> half = HalfExp(Vector128.Abs(x));
        return half + (Vector128.Create(0.25) / half);
    }

    /// <summary>log(cosh(x)) of x and e^-2|x|, which the caller has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LogCosh(Vector128<double> x, Vector128<double> decay)
    {
        // cosh x - 1 = m^2 / (2 (1 + m)) with m = e^-|x| - 1 keeps the digits of small x; beyond 1 the terms of the other form do not cancel.
        Vector128<double> a = Vector128.Abs(x), m = Expm1(-a);
        Vector128<double> near = Vector128.LessThan(a, Vector128<double>.One);
        Vector128<double> log = Log1pUnit(Vector128.ConditionalSelect(near, m * m / (Vector128.Create(2.0) * (Vector128<double>.One + m)), decay));
        return Vector128.AndNot(a - Vector128.Create(0.69314718055994531), near) + log;
    }

    // e^x / 2 for x from 0, finite wherever sinh is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> HalfExp(Vector128<double> x)
    {
        Vector128<double> n = RoundToPowerOfTwo(x);
        Vector128<double> r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-0.6931471805598903), x);
        r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-5.497923018708371e-14), r);
        Vector128<double> result = ScaleByPowerOfTwo(Vector128<double>.One + (r + ExpTail(r)), n - Vector128<double>.One);
        return Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128.Create(711.0)), Vector128.Create(double.PositiveInfinity), result);
    }
}
