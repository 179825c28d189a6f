using System.Runtime.Intrinsics;
using Xunit;
using static LossGen.Runtime.Tests.LaneArrays;

namespace LossGen.Runtime.Tests;

/// <summary>Lanes added to elements that they may share, against one addition after the other.</summary>
[EveryWidth]
public sealed partial class ScatterTests
{
    private const int Elements = 7;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(Elements)]
    public void Every_lane128_of_the_mask_is_added(int places)
    {
        var random = new Random(places);
        for (int round = 0; round < 200; round++)
        {
            int count = Vector128<float>.Count;
            long[] index = [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(places))];
            bool[] mask = [.. Enumerable.Range(0, count).Select(_ => random.Next(4) > 0)];

            // Sums of these are exact in any order; what a lane outside of the mask holds does not matter.
            double[] terms = [.. mask.Select(inside => inside ? random.Next(-1000, 1000) / 8.0 : double.NaN)];
            for (int i = 0; i < count; i++)
            {
                if (!mask[i]) index[i] = long.MaxValue;
            }

            Vector128<float> singles = Vector128.Create<float>([.. terms.Select(x => (float)x)]);
            Vector128<double> doubles = Vector128.Create<double>(terms);
            var wide = new double[Elements];
            var narrow = new float[Elements];
            Lanes.ScatterAdd(ref wide[0], Ints128(index), SingleMask128(mask), singles);
            Lanes.ScatterAdd(ref narrow[0], Ints128(index), SingleMask128(mask), singles);
            Assert.Equal(Expected(index, mask, terms, count), wide);
            Assert.Equal(wide, narrow.Select(x => (double)x));

            Array.Clear(wide);
            Array.Clear(narrow);
            Lanes.ScatterAdd(ref wide[0], ToLongLanes128(index), SingleMask128(mask), singles);
            Lanes.ScatterAdd(ref narrow[0], ToLongLanes128(index), SingleMask128(mask), singles);
            Assert.Equal(Expected(index, mask, terms, count), wide);
            Assert.Equal(wide, narrow.Select(x => (double)x));

            Array.Clear(wide);
            Lanes.ScatterAdd(ref wide[0], Longs128(index), DoubleMask128(mask[..Vector128<double>.Count]), doubles);
            Assert.Equal(Expected(index, mask, terms, Vector128<double>.Count), wide);
        }
    }

    [Fact]
    public void Lanes128_that_share_an_element_are_added_in_float64()
    {
        Vector128<float> terms = Vector128.Create(1e-9f).WithElement(0, 1f);
        double sum = 0;
        Lanes.ScatterAdd(ref sum, Vector128<int>.Zero, Vector128<float>.AllBitsSet, terms);
        Assert.Equal(1 + ((Vector128<float>.Count - 1) * (double)1e-9f), sum, 1e-15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(Elements)]
    public void Lanes128_that_waited_are_added(int places)
    {
        var random = new Random(places);
        for (int vectors = 0; vectors < 20; vectors++)
        {
            var queue = ScatterQueue128<int, float>.Of(1);
            var narrowQueue = ScatterQueue128<int, float>.Of(0);
            var doubleQueue = ScatterQueue128<long, double>.Of(3);
            double[] expected = new double[Elements], sums = new double[Elements], expectedDouble = new double[Elements], sumsDouble = new double[Elements];
            float[] narrow = new float[Elements];
            for (int k = 0; k < vectors; k++)
            {
                int count = Vector128<float>.Count, doubles = Vector128<double>.Count;
                bool[] mask = [.. Enumerable.Range(0, count).Select(_ => random.Next(4) > 0 && k != 3)];

                // Half of the vectors have neighbours of one place; what lies outside of the mask does not matter.
                int neighbour = random.Next(places);
                long[] index = [.. mask.Select(inside => inside ? (long)(k % 2 == 0 ? neighbour : random.Next(places)) : int.MaxValue)];
                double[] terms = [.. mask.Select(inside => inside ? random.Next(-1000, 1000) / 8.0 : double.NaN)];
                Vector128<float> singles = Vector128.Create<float>([.. terms.Select(x => (float)x)]);
                queue.Add(ref sums[0], Ints128(index), SingleMask128(mask), singles);
                narrowQueue.Add(ref narrow[0], Ints128(index), SingleMask128(mask), singles);
                doubleQueue.Add(ref sumsDouble[0], Longs128(index), DoubleMask128(mask[..doubles]), Vector128.Create<double>(terms));
                for (int i = 0; i < Elements; i++)
                {
                    expected[i] += Expected(index, mask, terms, count)[i];
                    expectedDouble[i] += Expected(index, mask, terms, doubles)[i];
                }
            }

            queue.End(ref sums[0]);
            narrowQueue.End(ref narrow[0]);
            doubleQueue.End(ref sumsDouble[0]);
            Assert.Equal(expected, sums);
            Assert.Equal(expected, narrow.Select(x => (double)x));
            Assert.Equal(expectedDouble, sumsDouble);
        }
    }

    [Fact]
    public void Queue128_numbers_beyond_the_last_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => ScatterQueue128<int, float>.Of(4));

    private static double[] Expected(long[] index, bool[] mask, double[] terms, int count)
    {
        var sums = new double[Elements];
        for (int i = 0; i < count; i++)
        {
            if (mask[i]) sums[index[i]] += terms[i];
        }

        return sums;
    }
}
