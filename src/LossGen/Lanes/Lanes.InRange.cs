using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>A mask of the float lanes whose index is at least 0 and below <paramref name="size"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> InRange(Vector128<int> index, nint size)
    {
        // The size may lie above every int; the last index in range, cut to an int, is compared instead.
        Vector128<int> last = Vector128.Create((int)Math.Min(size - 1, int.MaxValue));
        return (Vector128.GreaterThanOrEqual(index, Vector128<int>.Zero) & Vector128.LessThanOrEqual(index, last)).AsSingle();
    }

    /// <summary>A mask of the float lanes whose index is at least 0 and below <paramref name="size"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> InRange(LongLanes128 index, nint size) =>
        LongLanes128.GreaterThanOrEqual(index, LongLanes128.Create(0)) & LongLanes128.LessThan(index, LongLanes128.Create(size));

    /// <summary>A mask of the double lanes whose index is at least 0 and below <paramref name="size"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> InRange(Vector128<long> index, nint size) =>
        (Vector128.GreaterThanOrEqual(index, Vector128<long>.Zero) & Vector128.LessThan(index, Vector128.Create((long)size))).AsDouble();
}
