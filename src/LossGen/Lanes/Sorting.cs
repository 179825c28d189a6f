using System.Buffers;
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

/// <summary>Sorts rows of keys. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Sorting
{
    private const int LargestOnStack = 64;

    /// <summary>The positions of keys in ascending order: of equal keys the first comes first, NaN comes last.</summary>
    /// <param name="keys">The array that holds the keys.</param>
    /// <param name="firstKey">The element of the first key.</param>
    /// <param name="keyStride">How many elements the next one lies apart.</param>
    /// <param name="positions">The array that receives the positions, as real numbers: a float holds those up to 2^24 exactly.</param>
    /// <param name="firstPosition">The element of the first position.</param>
    /// <param name="positionStride">How many elements the next one lies apart.</param>
    /// <param name="count">How many keys there are.</param>
    public static void Positions(
        ref readonly float keys, nint firstKey, nint keyStride, ref float positions, nint firstPosition, nint positionStride, nint count) =>
        Write<float, SingleSortEntry>(in keys, firstKey, keyStride, ref positions, firstPosition, positionStride, checked((int)count));

    /// <inheritdoc cref="Positions(ref readonly float, nint, nint, ref float, nint, nint, nint)"/>
    public static void Positions(
        ref readonly double keys, nint firstKey, nint keyStride, ref double positions, nint firstPosition, nint positionStride, nint count) =>
        Write<double, DoubleSortEntry>(in keys, firstKey, keyStride, ref positions, firstPosition, positionStride, checked((int)count));

    private static void Write<TReal, TEntry>(
        ref readonly TReal keys, nint firstKey, nint keyStride, ref TReal positions, nint firstPosition, nint positionStride, int count)
        where TReal : unmanaged, INumberBase<TReal>
        where TEntry : unmanaged, ISortEntry<TEntry, TReal>
    {
        TEntry[]? rented = count > LargestOnStack ? ArrayPool<TEntry>.Shared.Rent(checked(2 * count)) : null;
        Span<TEntry> room = rented ?? stackalloc TEntry[2 * count];
        Span<TEntry> row = room[..count];
        for (int i = 0; i < row.Length; i++) row[i] = TEntry.Of(Unsafe.Add(ref Unsafe.AsRef(in keys), firstKey + i * keyStride), i);
        row = RadixSort.Sorted(row, room.Slice(count, count));
        for (int i = 0; i < row.Length; i++) Unsafe.Add(ref positions, firstPosition + i * positionStride) = TReal.CreateTruncating(row[i].Position);
        if (rented is not null) ArrayPool<TEntry>.Shared.Return(rented);
    }
}
