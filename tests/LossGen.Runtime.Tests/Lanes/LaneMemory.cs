using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>Checks loads, stores and gathers against one element at a time, at the end of memory that may be touched.</summary>
internal static class LaneMemory
{
    public delegate TLane[] Load<T, TLane>(ref T origin, nint offset, nint stride, int count);

    public delegate void Store<T>(ref T origin, nint offset, nint stride, int count);

    public delegate TLane[] Gather<T, TLane>(ref T origin, long[] index, bool[] mask);

    /// <summary>Elements apart by several strides, or neighbours only.</summary>
    public static void CheckLoads<T, TLane>(int lanes, bool contiguous, Func<int, T> at, Func<T, TLane> convert, Load<T, TLane> load)
        where T : unmanaged
    {
        for (int count = 1; count <= lanes; count++)
        {
            foreach (int stride in contiguous ? [1] : new[] { 1, 3, -2, 0 })
            {
                int span = (count - 1) * Math.Abs(stride);
                using GuardedBlock<T> block = new([.. Enumerable.Range(0, span + 3).Select(at)]);
                int first = stride < 0 ? span + 2 : 2;
                TLane[] value = load(ref block.Origin, first, stride, count);
                TLane[] expected = [.. Enumerable.Range(0, lanes).Select(i => i < count ? convert(at(first + (i * stride))) : default!)];
                Assert.Equal(expected, value);
            }
        }
    }

    /// <summary>The store writes <paramref name="values"/>; elements it must not touch hold <paramref name="untouched"/>.</summary>
    public static void CheckStores<T>(T[] values, T untouched, bool contiguous, Store<T> store)
        where T : unmanaged
    {
        for (int count = 1; count <= values.Length; count++)
        {
            foreach (int stride in contiguous ? [1] : new[] { 1, 3, -2 })
            {
                int span = (count - 1) * Math.Abs(stride);
                T[] expected = [.. Enumerable.Repeat(untouched, span + 3)];
                using GuardedBlock<T> block = new(expected);
                int first = stride < 0 ? span + 2 : 2;
                for (int i = 0; i < count; i++) expected[first + (i * stride)] = values[i];
                store(ref block.Origin, first, stride, count);
                Assert.Equal(expected, block.Content.ToArray());
            }
        }
    }

    /// <summary>Lanes outside the mask have indices of memory that nobody may touch, or of none.</summary>
    public static void CheckGathers<T, TLane>(int lanes, bool longIndex, Func<int, T> at, Func<T, TLane> convert, Gather<T, TLane> gather)
        where T : unmanaged
    {
        const int Length = 40;
        using GuardedBlock<T> block = new([.. Enumerable.Range(0, Length).Select(at)]);
        for (int pattern = 0; pattern < lanes + 3; pattern++)
        {
            bool[] mask = [.. Enumerable.Range(0, lanes).Select(i => pattern == i || pattern == lanes || (pattern == lanes + 1 && i % 2 == 1))];
            long[] index = [.. mask.Select((inside, i) => inside ? (Length - 1 + (i * 11)) % Length : i % 2 == 0 ? Length : longIndex ? 1L << 55 : int.MaxValue)];
            TLane[] expected = [.. mask.Select((inside, i) => inside ? convert(at((int)index[i])) : default!)];
            Assert.Equal(expected, gather(ref block.Origin, index, mask));
        }
    }
}
