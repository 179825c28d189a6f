using System.Runtime.Intrinsics;
using Xunit;
using Math = LossGen.Runtime.VectorMath;

namespace LossGen.Runtime.Tests;

/// <summary>A number times the sign of another, in lanes and alone.</summary>
[EveryWidth]
public class WithSign128Tests
{
    [Theory]
    [InlineData(2.5f, 3f, 2.5f)]
    [InlineData(2.5f, -3f, -2.5f)]
    [InlineData(-2.5f, -3f, 2.5f)]
    [InlineData(2.5f, 0f, 0f)]
    [InlineData(2.5f, -1e-45f, -2.5f)]
    [InlineData(float.PositiveInfinity, float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(0f, -3f, 0f)]
    [InlineData(float.NaN, 3f, float.NaN)]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    public void Lanes_and_scalars_agree(float a, float b, float expected)
    {
        if (b == 0) Assert.Equal(Vector128<float>.Zero, Math.WithSign(Vector128.Create(a), Vector128.Create(-0f)));
        Assert.Equal(expected, Math.WithSign(a, b));
        Assert.Equal(expected, Math.WithSign((double)a, b));
        Assert.Equal(Vector128.Create(expected), Math.WithSign(Vector128.Create(a), Vector128.Create(b)));
        Assert.Equal(Vector128.Create((double)expected), Math.WithSign(Vector128.Create((double)a), Vector128.Create((double)b)));
    }
}
