using System.Runtime.Intrinsics;
using Xunit;

namespace LossGen.Runtime.Tests;

public class InRangeTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(int.MaxValue)]
    [InlineData(1L << 31)]
    [InlineData((1L << 32) + 3)]
    [InlineData(long.MaxValue)]
    public void Counts_from_zero_up_to_the_size(long size)
    {
        Vector256<int> index = Vector256.Create(0, -1, 4, 5, int.MaxValue, int.MinValue, int.MaxValue - 1, 1);
        int mask = (int)Vector256.ExtractMostSignificantBits(Lanes.InRange(index, (nint)size));
        for (int lane = 0; lane < Vector256<int>.Count; lane++) Assert.Equal(index[lane] >= 0 && index[lane] < size, (mask >> lane & 1) != 0);
        Assert.Equal((uint)mask & 15, Vector128.ExtractMostSignificantBits(Lanes.InRange(index.GetLower(), (nint)size)));
    }
}
