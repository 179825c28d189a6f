using System.Runtime.Intrinsics;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Runtime.Tests;

/// <summary>Float functions of two numbers stay within the published bounds, special numbers included.</summary>
public class SingleFunctionOfTwoTests(ITestOutputHelper output)
{
    public static TheoryData<string> Functions => new(SingleFunctionOfTwo.All.Select(f => f.Name));

    [Theory]
    [MemberData(nameof(Functions))]
    public void ErrorStaysWithinBound(string name)
    {
        SingleFunctionOfTwo function = SingleFunctionOfTwo.Named(name);
        double worst = -1;
        string report = "";
        foreach ((Vector512<float> x, Vector512<float> y) in SingleFunctionOfTwo.Sample)
        {
            Vector512<float> actual = function.Lanes512(x, y);
            for (int i = 0; i < Vector512<float>.Count; i++)
            {
                double expected = function.Reference(x[i], y[i]);
                double ulps = Math.Abs(actual[i] - expected) <= function.NearZeros ? 0 : SingleUlps.Between(actual[i], expected);
                if (ulps > worst)
                    (worst, report) = (ulps, $"{name}: {ulps:F3} ulp at ({x[i]:R}, {y[i]:R}), which gives {actual[i]:R} for {expected:R}");
            }
        }

        output.WriteLine(report);
        Assert.True(worst <= function.Ulps, report);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, -1, 0)]
    [InlineData(0, float.PositiveInfinity, 0)]
    [InlineData(0, float.NaN, float.NaN)]
    [InlineData(2, 0, float.NegativeInfinity)]
    [InlineData(2, -1, float.NaN)]
    [InlineData(float.NaN, 1, float.NaN)]
    public void XLogYOfSpecialNumbers(float x, float y, float expected) => Assert.Equal(expected, VectorMath.XLogY(x, y));

    [Theory]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(float.NegativeInfinity, 3, 3)]
    [InlineData(float.PositiveInfinity, float.NegativeInfinity, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NegativeInfinity, float.NaN)]
    [InlineData(1, float.NaN, float.NaN)]
    public void LogAddExpOfSpecialNumbers(float a, float b, float expected) => Assert.Equal(expected, VectorMath.LogAddExp(a, b));
}
