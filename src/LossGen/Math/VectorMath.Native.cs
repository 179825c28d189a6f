using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>The greater of two in one instruction; which operand a NaN loses to is the machine's choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MaxNative(Vector128<float> a, Vector128<float> b) => Vector128.MaxNative(a, b);

    /// <inheritdoc cref="MaxNative(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MaxNative(Vector128<double> a, Vector128<double> b) => Vector128.MaxNative(a, b);

    /// <summary>The lesser of two in one instruction; which operand a NaN loses to is the machine's choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MinNative(Vector128<float> a, Vector128<float> b) => Vector128.MinNative(a, b);

    /// <inheritdoc cref="MinNative(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MinNative(Vector128<double> a, Vector128<double> b) => Vector128.MinNative(a, b);

    /// <summary>a times the sign of b, where a is NaN if b is: 0 for both zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> WithSign(Vector128<float> a, Vector128<float> b) =>
        NonZeroOf(b, a ^ (b & Vector128.Create(-0f)));

    /// <inheritdoc cref="WithSign(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> WithSign(Vector128<double> a, Vector128<double> b) =>
        NonZeroOf(b, a ^ (b & Vector128.Create(-0d)));

    // a where b is not 0, else 0. With 512 bits a comparison gives a mask register, which is no operand of AndNot.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> NonZeroOf(Vector128<float> b, Vector128<float> a) => Vector128<float>.Count == 16
        ? Vector128.ConditionalSelect(~Vector128.Equals(b, Vector128<float>.Zero), a, Vector128<float>.Zero)
        : Vector128.AndNot(a, Vector128.Equals(b, Vector128<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> NonZeroOf(Vector128<double> b, Vector128<double> a) => Vector128<double>.Count == 8
        ? Vector128.ConditionalSelect(~Vector128.Equals(b, Vector128<double>.Zero), a, Vector128<double>.Zero)
        : Vector128.AndNot(a, Vector128.Equals(b, Vector128<double>.Zero));
}
