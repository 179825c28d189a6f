using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>1 / (1 + exp(-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x)
    {
        // exp of -|x| cannot overflow, and keeps the subnormal results.
        Vector128<float> z = ExpGradual(x | Vector128.Create(-0f));
        // z - z q and 1 - q, where q = z / (1 + z): the rounding of 1 + z weighs less than in the plain quotient.
        Vector128<float> q = z / (Vector128<float>.One + z);
        Vector128<float> top = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<float>.Zero), z, Vector128<float>.One);
        return Vector128.FusedMultiplyAdd(-q, top, top);
    }

    /// <summary>log(sigmoid(x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogSigmoid(Vector128<float> x) =>
        Vector128.MinNative(x, Vector128<float>.Zero) - Log1pUnit(ExpGradual(x | Vector128.Create(-0f)));

    /// <summary>log(1 + exp(x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Softplus(Vector128<float> x) =>
        Vector128.MaxNative(x, Vector128<float>.Zero) + Log1pUnit(ExpGradual(x | Vector128.Create(-0f)));

    /// <summary>log(exp(a) + exp(b)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogAddExp(Vector128<float> a, Vector128<float> b)
    {
        Vector128<float> top = Vector128.Max(a, b);
        Vector128<float> rest = Log1pUnit(ExpGradual(-Vector128.Abs(a - b)));
        // Equal infinities have a NaN for difference; their sum is the infinity itself.
        rest = Vector128.ConditionalSelect(Vector128.Equals(a, b), Vector128.Create(Ln2), rest);
        return top + rest;
    }

    // No conjunction of comparisons: with masks in registers of their own (AVX-512), .NET 10 takes one that is false by constants for true.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZeroOrNaN(Vector128<float> x) => Vector128.AndNot(x, Vector128.Equals(x, x));

    /// <summary>x log(y), which is 0 where x is 0, whatever y is (but NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> XLogY(Vector128<float> x, Vector128<float> y)
    {
        return Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<float>.Zero), ZeroOrNaN(y), x * Log(y));
    }
}
