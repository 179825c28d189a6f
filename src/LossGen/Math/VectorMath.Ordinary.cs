using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// Shorter forms for lanes that need no special case, each beside the test that says which lanes do. Where it says none, the bits are those of the
// whole function, but for forms that share steps with another function. Kernels leave their inner loop for a vector with such a lane.
// A test answers in the highest bit of a lane; with 512 bits by arithmetic, since comparisons write registers of another kind.
[EveryWidth]
public static partial class VectorMath
{
    // exp of numbers up to this size, positive or negative, is a normal number.
    private const float OrdinaryExponent = 87f;

    // Less the bits of the smallest normal number and moved to signed order, those of the positive normal numbers come first.
    private const int SmallestNormal = 0x00800000;
    private const int NormalOrder = unchecked((int)0x80000000 - SmallestNormal);
    private const int LargestNormal = unchecked((int)0x80000000 + 0x7EFFFFFF);

    /// <summary>Lanes whose exponential may not be a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> IsFarExponent(Vector128<float> x) => Vector128<float>.Count == 16
        ? Vector128.Create(OrdinaryExponent) - Vector128.Abs(x)
        : Vector128.GreaterThan(Vector128.Abs(x), Vector128.Create(OrdinaryExponent));

    /// <summary>e to the power x, unless <see cref="IsFarExponent(Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpOrdinary(Vector128<float> x) => ExpInQuarters(x);

    /// <summary>The same beside <see cref="Expm1Ordinary(Vector128{float})"/> of the same number, with which it shares all but the last step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpOrdinaryBesideExpm1(Vector128<float> x)
    {
        Vector128<float> t = Vector128.FusedMultiplyAdd(Vector128.Create(Log2E), x, Vector128.Create(ExponentMagic));
        Vector128<float> scale = WholePower(t);
        return Vector128.FusedMultiplyAdd(Expm1Reduced(ExpRemainder(x, t)), scale, scale);
    }

    /// <summary>exp(x) - 1, unless <see cref="IsFarExponent(Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Expm1Ordinary(Vector128<float> x)
    {
        Vector128<float> t = Vector128.FusedMultiplyAdd(Vector128.Create(Log2E), x, Vector128.Create(ExponentMagic));
        return LessOne(Expm1Reduced(ExpRemainder(x, t)), WholePower(t));
    }

    /// <summary>Lanes that are zero, subnormal, negative, infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> IsNoPositiveNormal(Vector128<float> x) => Vector128<float>.Count == 16
        ? ((x.AsInt32() - Vector128.Create(SmallestNormal)) | (x.AsInt32() + Vector128.Create(SmallestNormal))).AsSingle()
        : NoPositiveNormals(x);

    // The same in all bits of a lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> NoPositiveNormals(Vector128<float> x) =>
        Vector128.GreaterThan(x.AsInt32() + Vector128.Create(NormalOrder), Vector128.Create(LargestNormal)).AsSingle();

    /// <summary>Natural logarithm, unless <see cref="IsNoPositiveNormal(Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogOrdinary(Vector128<float> x) => LogOfNormal(x);

    /// <summary>Lanes of x log(y) that need a special case; a lane where x is 0 does not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> IsUnusualXLogY(Vector128<float> x, Vector128<float> y) => IsNoPositiveNormal(OneAtZero(x, y, Finite(x, y)));

    /// <summary>x log(y), unless <see cref="IsUnusualXLogY(Vector128{float}, Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> XLogYOrdinary(Vector128<float> x, Vector128<float> y) =>
        NonZeroOf(x, x * LogOfNormal(OneAtZero(x, y, Finite(x, y))));

    /// <summary>Lanes of log(a) - log(b) whose quotient is no ordinary number, or where b is negative: two such have a positive quotient and no logarithms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> IsUnusualRatio(Vector128<float> a, Vector128<float> b) => IsNoPositiveNormalOrBelow(a / b, b);

    /// <summary>log(a) - log(b), unless <see cref="IsUnusualRatio(Vector128{float}, Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogRatioOrdinary(Vector128<float> a, Vector128<float> b) => LogOfNormal(a / b);

    /// <summary>The same for x (log(a) - log(b)); a lane where x is 0 needs no special case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> IsUnusualXLogRatio(Vector128<float> x, Vector128<float> a, Vector128<float> b) =>
        IsNoPositiveNormalOrBelow(OneAtZero(x, a / b, Finite(x, a, b)), b);

    /// <summary>x (log(a) - log(b)), unless <see cref="IsUnusualXLogRatio(Vector128{float}, Vector128{float}, Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> XLogRatioOrdinary(Vector128<float> x, Vector128<float> a, Vector128<float> b) =>
        x * LogOfNormal(OneAtZero(x, a / b, Finite(x, a, b)));

    // x is no positive normal number, or b is negative.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> IsNoPositiveNormalOrBelow(Vector128<float> x, Vector128<float> b) => IsNoPositiveNormal(x) | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> OneAtZero(Vector128<float> x, Vector128<float> other, Vector128<float> one) =>
        Lanes.Select(Vector128.Equals(x, Vector128<float>.Zero), one, other);

    // Where x is 0: 1 if the others are finite, else NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Finite(Vector128<float> x, Vector128<float> a) => Vector128.FusedMultiplyAdd(a, x, Vector128<float>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Finite(Vector128<float> x, Vector128<float> a, Vector128<float> b) => Vector128.FusedMultiplyAdd(b, x, Finite(x, a));
}
