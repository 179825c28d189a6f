using System.Buffers;
using System.ComponentModel;
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
        ref readonly float keys, nint firstKey, nint keyStride, ref float positions, nint firstPosition, nint positionStride, nint count)
    {
        int length = checked((int)count);
        SingleSortEntry[]? rented = length > LargestOnStack ? ArrayPool<SingleSortEntry>.Shared.Rent(checked(2 * length)) : null;
        Span<SingleSortEntry> room = rented ?? stackalloc SingleSortEntry[2 * length];
        Span<SingleSortEntry> row = room[..length];
        for (int i = 0; i < row.Length; i++) row[i] = new SingleSortEntry(Unsafe.Add(ref Unsafe.AsRef(in keys), firstKey + i * keyStride), i);
        row = RadixSort.Sorted(row, room.Slice(length, length));
        for (int i = 0; i < row.Length; i++) Unsafe.Add(ref positions, firstPosition + i * positionStride) = row[i].Position;
        if (rented is not null) ArrayPool<SingleSortEntry>.Shared.Return(rented);
    }

    /// <inheritdoc cref="Positions(ref readonly float, nint, nint, ref float, nint, nint, nint)"/>
    public static void Positions(
        ref readonly double keys, nint firstKey, nint keyStride, ref double positions, nint firstPosition, nint positionStride, nint count)
    {
        int length = checked((int)count);
        DoubleSortEntry[]? rented = length > LargestOnStack ? ArrayPool<DoubleSortEntry>.Shared.Rent(checked(2 * length)) : null;
        Span<DoubleSortEntry> room = rented ?? stackalloc DoubleSortEntry[2 * length];
        Span<DoubleSortEntry> row = room[..length];
        for (int i = 0; i < row.Length; i++) row[i] = new DoubleSortEntry(Unsafe.Add(ref Unsafe.AsRef(in keys), firstKey + i * keyStride), i);
        row = RadixSort.Sorted(row, room.Slice(length, length));
        for (int i = 0; i < row.Length; i++) Unsafe.Add(ref positions, firstPosition + i * positionStride) = row[i].Position;
        if (rented is not null) ArrayPool<DoubleSortEntry>.Shared.Return(rented);
    }
}
