using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>Square root.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sqrt(Vector128<double> x) => Vector128.Sqrt(x);

    /// <summary>Absolute value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Abs(Vector128<double> x) => Vector128.Abs(x);

    /// <summary>The nearest integer, half to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Round(Vector128<double> x) => Vector128.Round(x);

    /// <summary>The largest integer that is not above x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Floor(Vector128<double> x) => Vector128.Floor(x);

    /// <summary>The smallest integer that is not below x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Ceiling(Vector128<double> x) => Vector128.Ceiling(x);

    /// <summary>The larger operand; NaN when either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Max(Vector128<double> a, Vector128<double> b) => Vector128.Max(a, b);

    /// <summary>The smaller operand; NaN when either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Min(Vector128<double> a, Vector128<double> b) => Vector128.Min(a, b);

    /// <summary>-1, 0 or 1; NaN stays NaN and both zeros give 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sign(Vector128<double> x)
    {
        // Zeros and NaN, which are not above 0, are their own size.
        Vector128<double> size = Vector128.Abs(x), one = (x & Vector128.Create(-0d)) | Vector128<double>.One;
        return Vector128.ConditionalSelect(Vector128.GreaterThan(size, Vector128<double>.Zero), one, size);
    }

    // The polynomial with these coefficients, constant term first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Horner(Vector128<double> x, ReadOnlySpan<double> coefficients)
    {
        Vector128<double> result = Vector128.Create(coefficients[^1]);
        for (int i = coefficients.Length - 2; i >= 0; i--)
            result = Vector128.FusedMultiplyAdd(result, x, Vector128.Create(coefficients[i]));
        return result;
    }

    // For functions that are rare, or rarely reach a range: one lane after the other.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector128<double> EachLane<TFunction>(Vector128<double> x)
        where TFunction : struct, IScalarFunction
    {
        Vector128<double> result = x;
        for (int i = 0; i < Vector128<double>.Count; i++)
            result = result.WithElement(i, TFunction.Invoke(x.GetElement(i)));
        return result;
    }
}
