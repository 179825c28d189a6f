using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>Hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x)
    {
        // Near 0 an odd polynomial, else 1 - 2 / (exp(2|x|) + 1), which is 1 from |x| = 10 on.
        Vector128<float> magnitude = Vector128.Abs(x);
        Vector128<float> s = x * x;
        Vector128<float> s2 = s * s;
        Vector128<float> low = Vector128.FusedMultiplyAdd(Vector128.Create(0.133314058f), s, Vector128.Create(-0.333332807f));
        Vector128<float> high = Vector128.FusedMultiplyAdd(Vector128.Create(0.0206281673f), s, Vector128.Create(-0.0537365153f));
        high = Vector128.FusedMultiplyAdd(s2, Vector128.Create(-0.0056922962f), high);
        Vector128<float> near = Vector128.FusedMultiplyAdd(Vector128.FusedMultiplyAdd(s2, high, low), s * magnitude, magnitude);

        Vector128<float> twice = Vector128.Min(magnitude, Vector128.Create(10f)) * Vector128.Create(2f);
        Vector128<float> t = Vector128.FusedMultiplyAdd(Vector128.Create(Log2E), twice, Vector128.Create(ExponentMagic));
        Vector128<float> p = Expm1Reduced(ExpRemainder(twice, t));
        Vector128<float> scale = WholePower(t);
        Vector128<float> sum = Vector128.FusedMultiplyAdd(p, scale, scale + Vector128<float>.One);
        Vector128<float> far = Vector128<float>.One - Vector128.Create(2f) / sum;
        Vector128<float> y = Vector128.ConditionalSelect(Vector128.LessThan(magnitude, Vector128.Create(0.625f)), near, far);
        return y | (x & Vector128.Create(-0f));
    }

    /// <summary>Hyperbolic sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sinh(Vector128<float> x)
    {
        Vector128<float> magnitude = Vector128.Abs(x);
        Vector128<float> s = x * x;
        Vector128<float> low = Vector128.FusedMultiplyAdd(Vector128.Create(0.00833331048f), s, Vector128.Create(0.166666672f));
        Vector128<float> high = Vector128.FusedMultiplyAdd(Vector128.Create(2.78221319e-06f), s, Vector128.Create(0.000198428956f));
        Vector128<float> near = Vector128.FusedMultiplyAdd(Vector128.FusedMultiplyAdd(s * s, high, low), s * x, x);

        Vector128<float> quarter = QuarterExp(magnitude);
        Vector128<float> difference = quarter - Vector128.Create(0.0625f) / quarter;
        Vector128<float> far = (difference + difference) | (x & Vector128.Create(-0f));
        return Vector128.ConditionalSelect(Vector128.LessThan(magnitude, Vector128<float>.One), near, far);
    }

    /// <summary>Hyperbolic cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cosh(Vector128<float> x)
    {
        Vector128<float> quarter = QuarterExp(Vector128.Abs(x));
        Vector128<float> sum = quarter + Vector128.Create(0.0625f) / quarter;
        return sum + sum;
    }

    /// <summary>log(cosh(x)) of x and exp(-2|x|), which the caller has: its derivative tanh(x) needs it as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogCosh(Vector128<float> x, Vector128<float> decay)
    {
        // Below log 2 a polynomial in x^2, beyond |x| - log 2 + log1p(e), whose terms do not cancel and whose e = exp(-2|x|) is at most 1/4.
        Vector128<float> s = x * x;
        Vector128<float> s2 = s * s;
        Vector128<float> low = Vector128.FusedMultiplyAdd(Vector128.Create(0.0222193301f), s, Vector128.Create(-0.083333239f));
        Vector128<float> high = Vector128.FusedMultiplyAdd(Vector128.Create(0.00205878657f), s, Vector128.Create(-0.00671714405f));
        high = Vector128.FusedMultiplyAdd(s2, Vector128.Create(-0.000467360718f), high);
        Vector128<float> near = Vector128.FusedMultiplyAdd(Vector128.FusedMultiplyAdd(s2, high, low), s2, s * Vector128.Create(0.5f));

        Vector128<float> e2 = decay * decay;
        low = Vector128.FusedMultiplyAdd(Vector128.Create(0.333089769f), decay, Vector128.Create(-0.499993414f));
        high = Vector128.FusedMultiplyAdd(Vector128.Create(0.176788032f), decay, Vector128.Create(-0.246595651f));
        high = Vector128.FusedMultiplyAdd(e2, Vector128.Create(-0.0850683004f), high);
        Vector128<float> excess = Vector128.Abs(x) - Vector128.Create(Ln2);
        Vector128<float> far = Vector128.FusedMultiplyAdd(Vector128.FusedMultiplyAdd(e2, high, low), e2, excess + decay);
        return Lanes.Select(Vector128.LessThan(excess, Vector128<float>.Zero), near, far);
    }

    // exp(x) / 4 for x >= 0, saturating where exp(x) / 2 overflows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> QuarterExp(Vector128<float> x)
    {
        Vector128<float> within = Vector128.Min(x, Vector128.Create(89.5f));
        Vector128<float> t = Vector128.FusedMultiplyAdd(Vector128.Create(Log2E), within, Vector128.Create(ExponentMagic));
        Vector128<float> p = Expm1Reduced(ExpRemainder(within, t));
        Vector128<float> scale = (Vector128.ShiftLeft(t.AsInt32(), 23) - Vector128.Create(2 << 23)).AsSingle();
        return Vector128.FusedMultiplyAdd(p, scale, scale);
    }
}
