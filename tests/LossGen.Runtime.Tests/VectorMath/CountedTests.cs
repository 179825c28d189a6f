using Xunit;
using Math = LossGen.Runtime.VectorMath;

namespace LossGen.Runtime.Tests;

/// <summary>A number that counts or does not.</summary>
public class CountedTests
{
    [Theory]
    [InlineData(1.5)]
    [InlineData(-0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_does_not_count_is_nothing(double value)
    {
        Assert.Equal(value, Math.Counted(value, 1));
        Assert.Equal((float)value, Math.Counted((float)value, 1f));
        Assert.Equal(0, Math.Counted(value, 0));
        Assert.Equal(0, Math.Counted((float)value, 0f));
    }
}
