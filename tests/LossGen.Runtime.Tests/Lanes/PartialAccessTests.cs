using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Runtime.Tests;

/// <summary>Partial loads and stores beside memory that must not be touched.</summary>
[EveryWidth]
public sealed partial class PartialAccessTests(ITestOutputHelper output)
{
    // Before and behind the interior of a loop, whole vectors are read and written as partial ones.
    [Fact]
    public void Partial128_of_all_lanes_is_a_whole_vector()
    {
        float[] floats = Sequence(Vector512<float>.Count, i => i + 1f);
        int[] ints = Sequence(floats.Length, i => i + 1);
        byte[] bytes = Sequence(floats.Length, i => (byte)(i + 1));
        float[] narrow = new float[floats.Length];
        int singles = Vector128<float>.Count, doubles = Vector128<double>.Count;
        Assert.Equal(Vector128<int>.Indices + Vector128<int>.One, Lanes.LoadPartial128(in ints[0], 0, singles));
        Assert.Equal(Vector128<int>.Indices + Vector128<int>.One, Lanes.LoadBytePartial128(in bytes[0], 0, singles));
        Assert.Equal(Vector128<long>.Indices + Vector128<long>.One, Lanes.LoadByteLongPartial128(in bytes[0], 0, doubles));
        Assert.Equal(Vector128<long>.Indices + Vector128<long>.One, Lanes.LoadIntLongPartial128(in ints[0], 0, doubles));
        Vector128<double> loaded = Lanes.LoadSinglePartial128(in floats[0], 0, doubles);
        Assert.Equal(Vector128.ConvertToDouble(Vector128<long>.Indices + Vector128<long>.One), loaded);
        Lanes.StoreSinglePartial128(ref narrow[0], 0, loaded, doubles);
        Assert.Equal(floats.Select((f, i) => i < doubles ? f : 0), narrow);
    }

    [Fact]
    public void LoadWhere128_touches_nothing_but_the_lanes_of_its_mask()
    {
        if (!CanGuard())
            return;
        int singles = Vector128<float>.Count, doubles = Vector128<double>.Count;
        for (int count = 1; count < singles; count++)
        {
            // The last lanes lie behind the memory that is there.
            using GuardedBlock<float> block = new(Sequence(count + 3, i => i + 1f));
            Vector128<float> mask = Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();
            Vector128<float> value = Lanes.LoadWhere128(in block.Origin, 3, mask);
            for (int lane = 0; lane < singles; lane++) Assert.Equal(lane < count ? lane + 4f : 0, value[lane]);

            // The first ones, before it.
            Vector128<float> late = Lanes.LoadWhere128(in block.Origin, -count, ~mask & Vector128.LessThan(Vector128<int>.Indices, Vector128.Create((2 * count) + 3)).AsSingle());
            for (int lane = 0; lane < singles; lane++) Assert.Equal(lane >= count && lane < (2 * count) + 3 ? lane - count + 1f : 0, late[lane]);
        }

        for (int count = 1; count < doubles; count++)
        {
            using GuardedBlock<double> block = new(Sequence(count + 3, i => i + 1d));
            Vector128<double> value = Lanes.LoadWhere128(in block.Origin, 3, Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).AsDouble());
            for (int lane = 0; lane < doubles; lane++) Assert.Equal(lane < count ? lane + 4d : 0, value[lane]);
        }
    }

    [Fact]
    public void LoadPartial128_reads_no_further_than_count()
    {
        if (!CanGuard())
            return;
        for (int count = 1; count < Vector128<float>.Count; count++)
        {
            using GuardedBlock<float> block = new(Sequence(count + 3, i => i + 1f));
            Vector128<float> value = Lanes.LoadPartial128(in block.Origin, 3, count);
            using GuardedBlock<int> ints = new(Sequence(count, i => -i - 1));
            Vector128<int> integers = Lanes.LoadPartial128(in ints.Origin, 0, count);
            for (int i = 0; i < Vector128<float>.Count; i++)
            {
                Assert.Equal(i < count ? i + 4f : 0, value[i]);
                Assert.Equal(i < count ? -i - 1 : 0, integers[i]);
            }
        }
    }

    [Fact]
    public void LoadPartial128_of_double_reads_no_further_than_count()
    {
        if (!CanGuard())
            return;
        for (int count = 1; count < Vector128<double>.Count; count++)
        {
            using GuardedBlock<double> block = new(Sequence(count + 3, i => i + 1.0));
            Vector128<double> value = Lanes.LoadPartial128(in block.Origin, 3, count);
            using GuardedBlock<long> longs = new(Sequence(count, i => -i - 1L));
            Vector128<long> integers = Lanes.LoadPartial128(in longs.Origin, 0, count);
            for (int i = 0; i < Vector128<double>.Count; i++)
            {
                Assert.Equal(i < count ? i + 4.0 : 0, value[i]);
                Assert.Equal(i < count ? -i - 1 : 0, integers[i]);
            }
        }
    }

    [Fact]
    public unsafe void StorePartial128_writes_count_elements_only()
    {
        float* zone = stackalloc float[Vector128<float>.Count + 2];
        double* wide = stackalloc double[Vector128<double>.Count + 2];
        for (int count = 1; count < Vector128<float>.Count; count++)
        {
            new Span<float>(zone, Vector128<float>.Count + 2).Fill(-7);
            Lanes.StorePartial128(ref *zone, 1, Vector128<float>.Indices, count);
            for (int i = -1; i <= Vector128<float>.Count; i++)
                Assert.Equal(i >= 0 && i < count ? i : -7, zone[i + 1]);
        }

        for (int count = 1; count < Vector128<double>.Count; count++)
        {
            new Span<double>(wide, Vector128<double>.Count + 2).Fill(-7);
            Lanes.StorePartial128(ref *wide, 1, Vector128<double>.Indices, count);
            for (int i = -1; i <= Vector128<double>.Count; i++)
                Assert.Equal(i >= 0 && i < count ? i : -7, wide[i + 1]);
        }
    }

    [Fact]
    public void StorePartial128_may_end_at_the_end_of_memory()
    {
        if (!CanGuard())
            return;
        for (int count = 1; count < Vector128<float>.Count; count++)
        {
            using GuardedBlock<float> block = new(Sequence(count, _ => 0f));
            Lanes.StorePartial128(ref block.Origin, 0, Vector128.Create(5f), count);
            Assert.All(block.Content.ToArray(), x => Assert.Equal(5f, x));
        }
    }

    [Fact]
    public void Byte_and_bool_loads_128_stay_within_the_memory()
    {
        if (!CanGuard())
            return;
        for (int count = 1; count <= Vector128<float>.Count; count++)
        {
            bool whole = count == Vector128<float>.Count;
            using GuardedBlock<byte> bytes = new(Sequence(count + 1, i => (byte)(250 + i)));
            using GuardedBlock<bool> bools = new(Sequence(count, i => i % 3 == 0));
            Vector128<int> value = whole ? Lanes.LoadByte128(in bytes.Origin, 1) : Lanes.LoadBytePartial128(in bytes.Origin, 1, count);
            Vector128<int> mask = (whole ? Lanes.LoadBool128(in bools.Origin, 0) : Lanes.LoadBoolPartial128(in bools.Origin, 0, count)).AsInt32();
            for (int i = 0; i < Vector128<float>.Count; i++)
            {
                Assert.Equal(i < count ? (byte)(251 + i) : 0, value[i]);
                Assert.Equal(i < count && i % 3 == 0 ? -1 : 0, mask[i]);
            }
        }
    }

    [Fact]
    public void Byte_bool_and_int_loads_into_long_lanes_128_stay_within_the_memory()
    {
        if (!CanGuard())
            return;
        for (int count = 1; count <= Vector128<long>.Count; count++)
        {
            bool whole = count == Vector128<long>.Count;
            using GuardedBlock<byte> bytes = new(Sequence(count, i => (byte)(250 + i)));
            using GuardedBlock<bool> bools = new(Sequence(count, i => i % 3 == 0));
            using GuardedBlock<int> ints = new(Sequence(count, i => int.MinValue + i));
            Vector128<long> value = whole ? Lanes.LoadByteLong128(in bytes.Origin, 0) : Lanes.LoadByteLongPartial128(in bytes.Origin, 0, count);
            Vector128<long> wide = whole ? Lanes.LoadIntLong128(in ints.Origin, 0) : Lanes.LoadIntLongPartial128(in ints.Origin, 0, count);
            Vector128<long> mask = (whole ? Lanes.LoadBoolLong128(in bools.Origin, 0) : Lanes.LoadBoolLongPartial128(in bools.Origin, 0, count))
                .AsInt64();
            for (int i = 0; i < Vector128<long>.Count; i++)
            {
                Assert.Equal(i < count ? (byte)(250 + i) : 0, value[i]);
                Assert.Equal(i < count ? int.MinValue + i : 0L, wide[i]);
                Assert.Equal(i < count && i % 3 == 0 ? -1 : 0, mask[i]);
            }
        }
    }

    [Fact]
    public void LoadLong128_stays_within_the_memory()
    {
        if (!CanGuard())
            return;
        for (int count = 1; count <= Vector128<float>.Count; count++)
        {
            using GuardedBlock<long> longs = new(Sequence(count, i => (1L << 40) + i));
            LongLanes128 value = count == Vector128<float>.Count
                ? Lanes.LoadLong128(in longs.Origin, 0)
                : Lanes.LoadLongPartial128(in longs.Origin, 0, count);
            for (int i = 0; i < Vector128<float>.Count; i++)
            {
                long lane = i < Vector128<long>.Count ? value.Lower[i] : value.Upper[i - Vector128<long>.Count];
                Assert.Equal(i < count ? (1L << 40) + i : 0, lane);
            }
        }
    }

    private static T[] Sequence<T>(int count, Func<int, T> at) => [.. Enumerable.Range(0, count).Select(at)];

    private bool CanGuard([CallerMemberName] string test = "")
    {
        if (!GuardedBlock<byte>.Supported)
            output.WriteLine($"{test} skipped: needs mmap and mprotect of Linux");
        return GuardedBlock<byte>.Supported;
    }
}
