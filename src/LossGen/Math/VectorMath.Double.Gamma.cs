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
    public static Vector128<double> Digamma(Vector128<double> x) => EachLane<DigammaFunction>(x);

    /// <summary>The derivative of <see cref="Digamma(Vector128{double})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Trigamma(Vector128<double> x) => EachLane<TrigammaFunction>(x);

    /// <summary>log(|gamma(x + a)|) - log(|gamma(x)|), without the cancellation of large x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<double> LogGammaDelta(Vector128<double> x, Vector128<double> a)
    {
        Vector128<double> result = x;
        for (int i = 0; i < Vector128<double>.Count; i++)
            result = result.WithElement(i, DoubleGamma.LogDelta(x.GetElement(i), a.GetElement(i)));
        return result;
    }
}
