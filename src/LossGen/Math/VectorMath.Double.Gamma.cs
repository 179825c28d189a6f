using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>log(|gamma(x)|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LogGamma(Vector128<double> x) => EachLane<LogGammaFunction>(x);

    /// <summary>The derivative of <see cref="LogGamma(Vector128{double})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Digamma(Vector128<double> x)
    {
        Vector128<double> result = DigammaOfPositive(x);
        Vector128<double> isNegative = Vector128.LessThan(x, Vector128<double>.Zero);
        if (Vector128.EqualsAll(isNegative.AsInt64(), Vector128<long>.Zero))
            return result;
        return Vector128.ConditionalSelect(isNegative, EachLane<DigammaOfNegativeFunction>(x), result);
    }

    /// <summary>The derivative of <see cref="Digamma(Vector128{double})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Trigamma(Vector128<double> x)
    {
        Vector128<double> result = TrigammaOfPositive(x);
        Vector128<double> isNegative = Vector128.LessThan(x, Vector128<double>.Zero);
        if (Vector128.EqualsAll(isNegative.AsInt64(), Vector128<long>.Zero))
            return result;
        return Vector128.ConditionalSelect(isNegative, EachLane<TrigammaOfNegativeFunction>(x), result);
    }

    /// <summary>The derivative of <see cref="Trigamma(Vector128{double})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Tetragamma(Vector128<double> x) => EachLane<TetragammaFunction>(x);

    /// <summary>log(|gamma(x + a)|) - log(|gamma(x)|), without the cancellation of large x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<double> LogGammaDelta(Vector128<double> x, Vector128<double> a)
    {
        Vector128<double> result = x;
        for (int i = 0; i < Vector128<double>.Count; i++)
            result = result.WithElement(i, DoubleGamma.LogDelta(x.GetElement(i), a.GetElement(i)));
        return result;
    }

    /// <summary>digamma(x + a) - digamma(x), without the cancellation of large x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<double> DigammaDelta(Vector128<double> x, Vector128<double> a)
    {
        Vector128<double> result = x;
        for (int i = 0; i < Vector128<double>.Count; i++)
            result = result.WithElement(i, DoubleGamma.DigammaDelta(x.GetElement(i), a.GetElement(i)));
        return result;
    }

    // Too long to be worth inlining.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector128<double> DigammaOfPositive(Vector128<double> x)
    {
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> belowOne = Vector128.LessThan(x, one);
        Vector128<double> result = belowOne & (-one / x);
        Vector128<double> y = x + (belowOne & one);
        Vector128<double> isLarge = Vector128.GreaterThanOrEqual(y, Vector128.Create(12.0));
        for (; ; )
        {
            Vector128<double> isHigh = Vector128.AndNot(Vector128.GreaterThan(y, Vector128.Create(2.0)), isLarge);
            if (Vector128.EqualsAll(isHigh.AsInt64(), Vector128<long>.Zero))
                break;
            y -= isHigh & one;
            result += isHigh & (one / y);
        }

        // The root in two parts, so that digits survive beside it.
        Vector128<double> distance = (y - Vector128.Create(1.4616321449683622)) - Vector128.Create(9.549995429965697e-17);
        Vector128<double> small = result + (distance * Horner(y - Vector128.Create(1.5), DoubleCoefficients.Digamma));
        Vector128<double> square = one / (y * y);
        Vector128<double> series = square * Horner(square, DoubleCoefficients.DigammaAsymptotic);
        return Vector128.ConditionalSelect(isLarge, (Log(y) - (Vector128.Create(0.5) / y)) + series, small);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector128<double> TrigammaOfPositive(Vector128<double> x)
    {
        Vector128<double> one = Vector128<double>.One;
        // Negative lanes would step up for ever.
        Vector128<double> result = Vector128<double>.Zero;
        Vector128<double> y = Vector128.AndNot(x, Vector128.LessThan(x, Vector128<double>.Zero));
        for (; ; )
        {
            Vector128<double> isLow = Vector128.LessThan(y, Vector128.Create(16.0));
            if (Vector128.EqualsAll(isLow.AsInt64(), Vector128<long>.Zero))
                break;
            result += isLow & (one / (y * y));
            y += isLow & one;
        }

        Vector128<double> inverse = one / y;
        Vector128<double> square = inverse * inverse;
        Vector128<double> series = inverse * square * Horner(square, DoubleCoefficients.TrigammaAsymptotic);
        return result + (inverse + ((Vector128.Create(0.5) * square) + series));
    }
}
