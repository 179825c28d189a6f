using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>Rows that are copied side by side, and sums that go to wider ones.</summary>
public sealed class TurnedRowsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 192)]
    [InlineData(7, 9)]
    [InlineData(16, 4)]
    [InlineData(35, 11)]
    public void Interleave_puts_each_row_beside_the_one_before(int rows, int count)
    {
        int row = count + 3, stride = rows + 2;
        float[] from = [.. Enumerable.Range(1, rows * row).Select(i => (float)i)], to = new float[count * stride];
        double[] wide = [.. from.Select(f => (double)f)], wideTo = new double[to.Length];
        Lanes.Interleave(in from[0], 0, row, rows, ref to[0], 0, stride, count);
        Lanes.Interleave(in wide[0], 0, row, rows, ref wideTo[0], 0, stride, count);
        float[] expected = [.. Enumerable.Range(0, to.Length).Select(k => k % stride < rows ? from[(k % stride * row) + (k / stride)] : 0)];
        Assert.Equal(expected, to);
        Assert.Equal(expected, wideTo.Select(d => (float)d));
    }

    [Fact]
    public void Widen_keeps_what_single_precision_loses()
    {
        const int Count = 19;
        float[] sums = [.. Enumerable.Repeat((float)(1 << 25), Count)];
        double[] wide = [.. Enumerable.Repeat(double.NaN, Count)];
        Lanes.Widen(ref sums[0], 0, ref wide[0], 0, Count, isFirst: true, isLast: false);
        Assert.All(sums, s => Assert.Equal(0, s));
        for (int k = 0; k < 8; k++)
        {
            Array.Fill(sums, 1);
            Lanes.Widen(ref sums[0], 0, ref wide[0], 0, Count, isFirst: false, isLast: k == 7);
        }

        Assert.All(sums, s => Assert.Equal((1 << 25) + 8, s));
    }
}
