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
}
