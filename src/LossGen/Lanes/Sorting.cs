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
        SortKey[]? rented = count > LargestOnStack ? ArrayPool<SortKey>.Shared.Rent(checked((int)count)) : null;
        Span<SortKey> row = rented is null ? stackalloc SortKey[(int)count] : rented.AsSpan(0, (int)count);
        for (int i = 0; i < row.Length; i++) row[i] = new SortKey(Unsafe.Add(ref Unsafe.AsRef(in keys), firstKey + i * keyStride), i);
        row.Sort();
        for (int i = 0; i < row.Length; i++) Unsafe.Add(ref positions, firstPosition + i * positionStride) = row[i].Position;
        if (rented is not null) ArrayPool<SortKey>.Shared.Return(rented);
    }

    /// <inheritdoc cref="Positions(ref readonly float, nint, nint, ref float, nint, nint, nint)"/>
    public static void Positions(
        ref readonly double keys, nint firstKey, nint keyStride, ref double positions, nint firstPosition, nint positionStride, nint count)
    {
        SortKey[]? rented = count > LargestOnStack ? ArrayPool<SortKey>.Shared.Rent(checked((int)count)) : null;
        Span<SortKey> row = rented is null ? stackalloc SortKey[(int)count] : rented.AsSpan(0, (int)count);
        for (int i = 0; i < row.Length; i++) row[i] = new SortKey(Unsafe.Add(ref Unsafe.AsRef(in keys), firstKey + i * keyStride), i);
        row.Sort();
        for (int i = 0; i < row.Length; i++) Unsafe.Add(ref positions, firstPosition + i * positionStride) = row[i].Position;
        if (rented is not null) ArrayPool<SortKey>.Shared.Return(rented);
    }

    // The position decides between equals, so that an unstable sort is stable.
    private readonly struct SortKey(double key, int position) : IComparable<SortKey>
    {
        public int Position { get; } = position;

        private readonly double _key = key;

        public int CompareTo(SortKey other)
        {
            if (_key < other._key) return -1;
            if (_key > other._key) return 1;
            if (_key == other._key) return Position.CompareTo(other.Position);
            bool isNaN = double.IsNaN(_key), isOtherNaN = double.IsNaN(other._key);
            return isNaN == isOtherNaN ? Position.CompareTo(other.Position) : isNaN ? 1 : -1;
        }
    }
}
