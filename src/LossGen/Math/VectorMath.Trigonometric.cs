using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    private const float TwoOverPi = 0.636619772f;

    // pi / 2 in three parts: with fused products the remainder keeps full precision up to QuadrantLimit.
    private const float HalfPi = 1.57079637f;
    private const float HalfPiMiddle = -4.37113883e-8f;
    private const float HalfPiLow = -1.71512489e-15f;
    private const float QuadrantLimit = 131072f;

    /// <summary>Sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sin(Vector128<float> x)
    {
        Vector128<float> magnitude = Vector128.Abs(x);
        Vector128<float> r = QuadrantRemainder(magnitude, out Vector128<int> quadrant);
        Vector128<float> y = SinOrCos(r, quadrant, (x & Vector128.Create(-0f)).AsInt32());
        Vector128<float> large = Vector128.GreaterThan(magnitude, Vector128.Create(QuadrantLimit));
        return Vector128.EqualsAll(large.AsInt32(), Vector128<int>.Zero) ? y : Vector128.ConditionalSelect(large, SinEachLane(x), y);
    }

    /// <summary>Cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cos(Vector128<float> x)
    {
        Vector128<float> magnitude = Vector128.Abs(x);
        Vector128<float> r = QuadrantRemainder(magnitude, out Vector128<int> quadrant);
        Vector128<float> y = SinOrCos(r, quadrant + Vector128<int>.One, Vector128<int>.Zero);
        Vector128<float> large = Vector128.GreaterThan(magnitude, Vector128.Create(QuadrantLimit));
        return Vector128.EqualsAll(large.AsInt32(), Vector128<int>.Zero) ? y : Vector128.ConditionalSelect(large, CosEachLane(x), y);
    }

    /// <summary>Tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tan(Vector128<float> x)
    {
        Vector128<float> r = QuadrantRemainder(x, out Vector128<int> quadrant);
        Vector128<float> s = r * r;
        Vector128<float> s2 = s * s;
        Vector128<float> a = Vector128.FusedMultiplyAdd(Vector128.Create(0.133326754f), s, Vector128.Create(0.333333492f));
        Vector128<float> b = Vector128.FusedMultiplyAdd(Vector128.Create(0.0212862082f), s, Vector128.Create(0.0540589131f));
        Vector128<float> c = Vector128.FusedMultiplyAdd(Vector128.Create(9.82445854e-05f), s, Vector128.Create(0.0108274436f));
        c = Vector128.FusedMultiplyAdd(s2, Vector128.Create(0.00437269965f), c);
        Vector128<float> p = Vector128.FusedMultiplyAdd(s2, Vector128.FusedMultiplyAdd(s2, c, b), a);
        Vector128<float> tangent = Vector128.FusedMultiplyAdd(p, s * r, r);
        // Odd quadrants take -1 / tan(r).
        Vector128<float> odd = Vector128.Equals(quadrant & Vector128<int>.One, Vector128<int>.One).AsSingle();
        Vector128<float> y = Vector128.ConditionalSelect(odd, Vector128.Create(-1f) / tangent, tangent);
        Vector128<float> large = Vector128.GreaterThan(Vector128.Abs(x), Vector128.Create(QuadrantLimit));
        return Vector128.EqualsAll(large.AsInt32(), Vector128<int>.Zero) ? y : Vector128.ConditionalSelect(large, TanEachLane(x), y);
    }

    /// <summary>Arc tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Atan(Vector128<float> x)
    {
        // atan(a) = pi / 2 - atan(1 / a) above 1.
        Vector128<float> magnitude = Vector128.Abs(x);
        Vector128<float> above = Vector128.GreaterThan(magnitude, Vector128<float>.One);
        Vector128<float> z = Vector128.ConditionalSelect(above, Vector128.Create(-1f) / magnitude, magnitude);
        Vector128<float> s = z * z;
        Vector128<float> s2 = s * s;
        Vector128<float> a = Vector128.FusedMultiplyAdd(Vector128.Create(0.199985355f), s, Vector128.Create(-0.333332986f));
        Vector128<float> b = Vector128.FusedMultiplyAdd(Vector128.Create(0.10951639f), s, Vector128.Create(-0.142641246f));
        Vector128<float> c = Vector128.FusedMultiplyAdd(Vector128.Create(0.0579345338f), s, Vector128.Create(-0.0840199292f));
        Vector128<float> d = Vector128.FusedMultiplyAdd(Vector128.Create(0.0109038725f), s, Vector128.Create(-0.0311564524f));
        d = Vector128.FusedMultiplyAdd(s2, Vector128.Create(-0.00179137627f), d);
        Vector128<float> p = Vector128.FusedMultiplyAdd(s2 * s2, Vector128.FusedMultiplyAdd(s2, d, c), Vector128.FusedMultiplyAdd(s2, b, a));
        Vector128<float> y = Vector128.FusedMultiplyAdd(p, s * z, z);
        y = Vector128.ConditionalSelect(above, y + Vector128.Create(HalfPi), y);
        return y | (x & Vector128.Create(-0f));
    }

    // x - n pi / 2 with n in the low bits of quadrant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> QuadrantRemainder(Vector128<float> x, out Vector128<int> quadrant)
    {
        Vector128<float> t = Vector128.FusedMultiplyAdd(Vector128.Create(TwoOverPi), x, Vector128.Create(RoundingMagic));
        quadrant = t.AsInt32();
        Vector128<float> n = t - Vector128.Create(RoundingMagic);
        Vector128<float> r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-HalfPi), x);
        r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-HalfPiMiddle), r);
        return Vector128.FusedMultiplyAdd(n, Vector128.Create(-HalfPiLow), r);
    }

    // sin(r + quadrant pi / 2) with the sign bit of sign flipped in, |r| <= pi / 4.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SinOrCos(Vector128<float> r, Vector128<int> quadrant, Vector128<int> sign)
    {
        Vector128<float> s = r * r;
        Vector128<float> sine = Vector128.FusedMultiplyAdd(Vector128.Create(-0.000195182845f), s, Vector128.Create(0.00833218917f));
        sine = Vector128.FusedMultiplyAdd(s, sine, Vector128.Create(-0.166666552f));
        sine = Vector128.FusedMultiplyAdd(sine, s * r, r);
        Vector128<float> cosine = Vector128.FusedMultiplyAdd(Vector128.Create(2.44323273e-05f), s, Vector128.Create(-0.00138873095f));
        cosine = Vector128.FusedMultiplyAdd(s, cosine, Vector128.Create(0.0416666456f));
        cosine = Vector128.FusedMultiplyAdd(s, cosine, Vector128.Create(-0.5f));
        cosine = Vector128.FusedMultiplyAdd(s, cosine, Vector128<float>.One);
        Vector128<int> odd = Vector128.Equals(quadrant & Vector128<int>.One, Vector128<int>.One);
        Vector128<int> flip = Vector128.ShiftLeft(quadrant & Vector128.Create(2), 30);
        return (Vector128.ConditionalSelect(odd.AsSingle(), cosine, sine).AsInt32() ^ flip ^ sign).AsSingle();
    }

    // Beyond the limit of the reduction the runtime's own functions, which hold over the whole range.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<float> SinEachLane(Vector128<float> x)
    {
        Vector128<float> y = x;
        for (int i = 0; i < Vector128<float>.Count; i++)
            y = y.WithElement(i, (float)Math.Sin(x[i]));
        return y;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<float> CosEachLane(Vector128<float> x)
    {
        Vector128<float> y = x;
        for (int i = 0; i < Vector128<float>.Count; i++)
            y = y.WithElement(i, (float)Math.Cos(x[i]));
        return y;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<float> TanEachLane(Vector128<float> x)
    {
        Vector128<float> y = x;
        for (int i = 0; i < Vector128<float>.Count; i++)
            y = y.WithElement(i, (float)Math.Tan(x[i]));
        return y;
    }
}
