using System.Numerics;
using System.Runtime.Intrinsics;
using Xunit;
using static LossGen.Runtime.Tests.LaneArrays;

namespace LossGen.Runtime.Tests;

/// <summary>Integer lanes against integers of any size.</summary>
[EveryWidth]
public sealed partial class IntegerLaneTests
{
    private static readonly long[] IntEdges = [0, 1, -1, 2, -2, 3, 5, -7, 100, int.MaxValue, int.MinValue, int.MaxValue - 1, int.MinValue + 1, 65536, -65537, 46341];

    private static readonly long[] LongEdges =
        [.. IntEdges, 1L << 32, -(1L << 32), (1L << 33) + 7, long.MaxValue, long.MinValue, long.MinValue + 1, 3037000500, long.MaxValue - 4];

    [Fact]
    public void Divide_and_Modulo_128_round_down()
    {
        foreach (long a in LongEdges)
        {
            foreach ((long[] divisors, bool narrow) in Lanewise(LongEdges, Vector128<float>.Count).Select(x => (x, false)).Concat(Lanewise(IntEdges, Vector128<float>.Count).Select(x => (x, true))))
            {
                long[] dividends = [.. divisors.Select(_ => a)];
                long[] quotients = [.. divisors.Select(b => (long)(ulong)(Floor(a, b) & ulong.MaxValue))];
                long[] remainders = [.. divisors.Select(b => b == 0 ? 0 : (long)(a - (b * Floor(a, b))))];
                Assert.Equal(quotients, Of(Lanes.Divide(ToLongLanes128(dividends), ToLongLanes128(divisors))));
                Assert.Equal(remainders, Of(Lanes.Modulo(ToLongLanes128(dividends), ToLongLanes128(divisors))));
                Assert.Equal(quotients.Take(Vector128<long>.Count), Of(Lanes.Divide(Longs128(dividends), Longs128(divisors))));
                Assert.Equal(remainders.Take(Vector128<long>.Count), Of(Lanes.Modulo(Longs128(dividends), Longs128(divisors))));
                if (!narrow || a != (int)a) continue;
                Assert.Equal(quotients.Select(x => unchecked((int)x)), Of(Lanes.Divide(Ints128(dividends), Ints128(divisors))));
                Assert.Equal(remainders.Select(x => (int)x), Of(Lanes.Modulo(Ints128(dividends), Ints128(divisors))));
            }
        }
    }

    [Fact]
    public void InRange128_holds_from_zero_to_below_the_size()
    {
        foreach (long size in new[] { 0, 1, 2, 3, 65536, int.MaxValue - 1L, int.MaxValue, int.MaxValue + 1L, 1L << 32, 1L << 33, (1L << 33) + 8 })
        {
            foreach (long[] index in Lanewise(LongEdges, Vector128<float>.Count))
            {
                bool[] expected = [.. index.Select(i => i >= 0 && i < size)];
                Assert.Equal(expected, TruthOf(Lanes.InRange(ToLongLanes128(index), (nint)size)));
                Assert.Equal(expected.Take(Vector128<long>.Count), TruthOf(Lanes.InRange(Longs128(index), (nint)size)));
            }

            foreach (long[] index in Lanewise(IntEdges, Vector128<float>.Count))
                Assert.Equal(index.Select(i => i >= 0 && i < size), TruthOf(Lanes.InRange(Ints128(index), (nint)size)));
        }
    }

    [Fact]
    public void Long_lanes_128_choose_lane_by_lane()
    {
        foreach (long[] a in Lanewise(LongEdges, Vector128<float>.Count))
        {
            foreach (long[] b in Lanewise(LongEdges, Vector128<float>.Count))
            {
                Assert.Equal(a.Zip(b, Math.Max), Of(LongLanes128.Max(ToLongLanes128(a), ToLongLanes128(b))));
                Assert.Equal(a.Zip(b, Math.Min), Of(LongLanes128.Min(ToLongLanes128(a), ToLongLanes128(b))));
            }

            long[] other = [.. a.Select(x => ~x)];
            for (int lane = 0; lane < a.Length; lane++)
            {
                bool[] mask = [.. a.Select((_, i) => i <= lane && i != 1)];
                LongLanes128 chosen = LongLanes128.ConditionalSelect(SingleMask128(mask), ToLongLanes128(a), ToLongLanes128(other));
                Assert.Equal(a.Select((x, i) => mask[i] ? x : ~x), Of(chosen));
            }
        }
    }

    /// <summary>As many values at a time as there are lanes, starting at each.</summary>
    private static IEnumerable<long[]> Lanewise(long[] values, int lanes) =>
        values.Select((_, start) => Enumerable.Range(start, lanes).Select(i => values[i % values.Length]).ToArray());

    private static BigInteger Floor(BigInteger a, BigInteger b)
    {
        if (b.IsZero) return 0;
        BigInteger quotient = BigInteger.DivRem(a, b, out BigInteger remainder);
        return !remainder.IsZero && remainder.Sign != b.Sign ? quotient - 1 : quotient;
    }
}
