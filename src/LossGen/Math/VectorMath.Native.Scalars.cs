using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

public static partial class VectorMath
{
    /// <summary>The greater of two in one instruction; which operand a NaN loses to is the machine's choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxNative(float a, float b) => float.MaxNative(a, b);

    /// <inheritdoc cref="MaxNative(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxNative(double a, double b) => double.MaxNative(a, b);

    /// <summary>The lesser of two in one instruction; which operand a NaN loses to is the machine's choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MinNative(float a, float b) => float.MinNative(a, b);

    /// <inheritdoc cref="MinNative(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MinNative(double a, double b) => double.MinNative(a, b);

    /// <summary>A value that counts or does not, without a branch: a 0 hides even what is infinite or NaN.</summary>
    /// <param name="value">The value.</param>
    /// <param name="indicator">1 where it counts, 0 where it does not.</param>
    /// <returns>The value or 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Counted(float value, float indicator) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) & -(int)indicator);

    /// <inheritdoc cref="Counted(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Counted(double value, double indicator) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) & -(long)indicator);

    /// <summary>a times the sign of b, where a is NaN if b is: 0 for both zeros.</summary>
    public static float WithSign(float a, float b) => a * Sign(b);

    /// <inheritdoc cref="WithSign(float, float)"/>
    public static double WithSign(double a, double b) => a * Sign(b);

    /// <summary>a b + c with one rounding where the machine has the instruction, with two elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => float.MultiplyAddEstimate(a, b, c);

    /// <inheritdoc cref="MultiplyAdd(float, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyAdd(double a, double b, double c) => double.MultiplyAddEstimate(a, b, c);
}
