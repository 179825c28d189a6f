using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

/// <summary>
/// Sorts entries digit by digit, the least one first: each pass counts and moves, and none compares, so that no branch depends on the keys.
/// Source: Knuth, "The Art of Computer Programming", volume 3, section 5.2.5, algorithm R.
/// </summary>
internal static class RadixSort
{
    private const int Digits = 256;

    /// <summary>Fewer entries for each digit are compared in less time than a pass takes to count.</summary>
    private const int LeastCounted = 16;

    /// <summary>The entries in ascending order, in one of the two spans, which have the same length.</summary>
    public static Span<TEntry> Sorted<TEntry>(Span<TEntry> entries, Span<TEntry> other)
        where TEntry : struct, ISortEntry<TEntry>
    {
        if (entries.Length < LeastCounted * TEntry.KeyBytes)
        {
            entries.Sort();
            return entries;
        }

        Span<int> counts = stackalloc int[TEntry.KeyBytes * Digits];
        counts.Clear();
        foreach (ref readonly TEntry entry in entries)
        {
            for (int k = 0; k < TEntry.KeyBytes; k++) counts[(k * Digits) + entry.Digit(k)]++;
        }

        for (int k = 0; k < TEntry.KeyBytes; k++)
        {
            Span<int> next = counts.Slice(k * Digits, Digits);

            // All entries have the same digit: nothing would move.
            if (next[entries[0].Digit(k)] == entries.Length) continue;
            int start = 0;
            foreach (ref int count in next) (count, start) = (start, start + count);
            foreach (ref readonly TEntry entry in entries) other[next[entry.Digit(k)]++] = entry;
            Span<TEntry> moved = other;
            other = entries;
            entries = moved;
        }

        return entries;
    }
}

/// <summary>A key with its position in the row, in the order of keys; of equal keys the first comes first, and NaN comes last.</summary>
internal interface ISortEntry<TSelf> : IComparable<TSelf>
{
    /// <summary>How many digits a key has.</summary>
    static abstract int KeyBytes { get; }

    /// <summary>A byte of the key as an unsigned number that keeps the order, the least one first.</summary>
    byte Digit(int k);
}

/// <summary>An entry of keys of one type.</summary>
internal interface ISortEntry<TSelf, TKey> : ISortEntry<TSelf>
{
    int Position { get; }

    static abstract TSelf Of(TKey key, int position);
}

/// <summary>A float and its position in one number.</summary>
internal readonly struct SingleSortEntry(float key, int position) : ISortEntry<SingleSortEntry, float>
{
    private readonly ulong _value = ((ulong)Order(key) << 32) | (uint)position;

    public static int KeyBytes => sizeof(uint);

    public int Position => (int)_value;

    public static SingleSortEntry Of(float key, int position) => new(key, position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Digit(int k) => (byte)(_value >> (32 + (8 * k)));

    public int CompareTo(SingleSortEntry other) => _value.CompareTo(other._value);

    // Negative numbers have all bits turned, others the sign; adding 0 makes one zero of both.
    private static uint Order(float key)
    {
        if (float.IsNaN(key)) return uint.MaxValue;
        int bits = BitConverter.SingleToInt32Bits(key + 0f);
        return (uint)(bits ^ ((bits >> 31) | int.MinValue));
    }
}

/// <summary>A double and its position.</summary>
internal readonly struct DoubleSortEntry(double key, int position) : ISortEntry<DoubleSortEntry, double>
{
    private readonly ulong _order = Order(key);

    public static int KeyBytes => sizeof(ulong);

    public int Position { get; } = position;

    public static DoubleSortEntry Of(double key, int position) => new(key, position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Digit(int k) => (byte)(_order >> (8 * k));

    public int CompareTo(DoubleSortEntry other) => _order != other._order ? _order.CompareTo(other._order) : Position.CompareTo(other.Position);

    private static ulong Order(double key)
    {
        if (double.IsNaN(key)) return ulong.MaxValue;
        long bits = BitConverter.DoubleToInt64Bits(key + 0d);
        return (ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }
}
