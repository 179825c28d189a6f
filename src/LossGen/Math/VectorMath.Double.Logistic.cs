using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sigmoid(Vector128<double> x)
    {
        Vector128<double> a = -Vector128.Abs(x);
        a = Vector128.ConditionalSelect(Vector128.LessThan(a, Vector128.Create(-800.0)), Vector128.Create(-800.0), a);

        // e^a = high + low to twice the precision; a rounded e^a alone would cost another ulp.
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> n = RoundToPowerOfTwo(a);
        Vector128<double> rHigh = Vector128.FusedMultiplyAdd(n, Vector128.Create(-0.6931471805598903), a);
        Vector128<double> rLow = n * Vector128.Create(-5.497923018708371e-14);
        Vector128<double> r = rHigh + rLow;
        Vector128<double> sum = one + r;
        Vector128<double> rest = ((one - sum) + r) + (ExpTail(r) + ((rHigh - r) + rLow));
        Vector128<double> high = ScaleByPowerOfTwo(sum + rest, n);
        Vector128<double> low = ScaleByPowerOfTwo((sum - (sum + rest)) + rest, n);

        Vector128<double> positive = Vector128.GreaterThanOrEqual(x, Vector128<double>.Zero);
        Vector128<double> denominator = one + high;
        return Quotient(
            Vector128.ConditionalSelect(positive, one, high),
            Vector128.AndNot(low, positive),
            denominator,
            ((one - denominator) + high) + low);
    }

    /// <summary>log(1 + e^x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Softplus(Vector128<double> x)
    {
        Vector128<double> rest = Log1pUnit(ExpGradual(-Vector128.Abs(x)));
        return rest + (x & Vector128.GreaterThan(x, Vector128<double>.Zero));
    }

    /// <summary>log(1 / (1 + e^-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LogSigmoid(Vector128<double> x) => -Softplus(-x);

    /// <summary>log(e^a + e^b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LogAddExp(Vector128<double> a, Vector128<double> b)
    {
        // Equal infinities have no difference.
        Vector128<double> distance = Vector128.AndNot(Vector128.Abs(a - b), Vector128.Equals(a, b));
        return Vector128.Max(a, b) + Log1pUnit(ExpGradual(-distance));
    }

    // (a + aLow) / (b + bLow), correct to little more than half an ulp.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Quotient(Vector128<double> a, Vector128<double> aLow, Vector128<double> b, Vector128<double> bLow)
    {
        Vector128<double> reciprocal = Vector128<double>.One / b;
        Vector128<double> quotient = a * reciprocal;
        Vector128<double> remainder = Vector128.FusedMultiplyAdd(-quotient, b, a);
        remainder += Vector128.FusedMultiplyAdd(-quotient, bLow, aLow);
        return Vector128.FusedMultiplyAdd(remainder, reciprocal, quotient);
    }
}
