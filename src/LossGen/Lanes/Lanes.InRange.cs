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
        // Read as unsigned, a negative index lies above every size that ints reach.
        uint bound = (uint)Math.Max(0, Math.Min((long)size, 1L << 31));
        return Vector128.LessThan(index.AsUInt32(), Vector128.Create(bound)).AsSingle();
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
