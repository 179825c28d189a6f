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
