using Xunit;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>Rows that are passed over at every position of another axis are cut into strips.</summary>
public class StripTests
{
    private const string Pictures = "z float[n, c, w]; label int[n, w]; n int; c int";

    [Fact]
    public void PassesOverChannels_GoOverOneStripAfterTheOther() => Assert.Equal(
        "n{ w strips{ c{ w{peak1[w]} }; w{ c{sum1[w]; kept1[c, w]; sum2[w]} }; w{sum3; kept2[w]}; c{ w{zGradient} } } }; loss",
        ScheduledLoss.Of(Pictures, "-mean(log_softmax[c](z)[c: label])").Compact());

    [Fact]
    public void SumsAlongTheRow_EndBehindTheStrips() => Assert.Equal(
        "n{ w strips{ c{ w{peak1[w]} }; w{ c{kept1[c, w]; sum1[w]} }; w{kept2[w]}; c{ w{sum2[c]} } }; c{sum3} }; loss",
        ScheduledLoss.Of(Pictures, "mean(sum[w](softmax[c](z))^2)", withGradient: false).Compact());

    [Fact]
    public void WhatLaterStripsRead_IsWrittenRowByRow() => Assert.Contains(
        "c{ w{peak1[w]; sum1[w]} }; c{ w{kept1 -> zGradient; sum2[w]} }",
        ScheduledLoss.Of(Pictures, "mean(sum[w](softmax[c](z))^2) - mean(log_softmax[c](z)[c: label])").Compact(), StringComparison.Ordinal);

    [Fact]
    public void WindowsOfAPicture_AddUpARowAtATime() => Assert.Equal(
        "u{ v{k[u, v]} }; h{ u{ v{ w{sum1[w]} } }; w{sum2} }; loss",
        ScheduledLoss.Of("x float[h, w]; w int", "axis u = 3; axis v = 3; k = exp(-((u - 1)^2 + (v - 1)^2)); mean(sum[u, v](k * x[h: h + u, w: w + v])^4)", withGradient: false).Compact());

    [Theory]
    [InlineData("z float[n, w, c]; n int; c int", "mean(sum[w](softmax[c](z))^2)")] // channels last: a row is over before the next begins
    [InlineData("z float[n, c, k = 8]; n int", "mean(sum[c](exp(z))^2)")] // few columns
    [InlineData("z float[n, c]; c int", "mean(log_softmax[n](z)^2)")] // no loop around: chunks are strips
    [InlineData("a float[n, d]; b float[n, e]; d int; e int", "mean(abs(sum[n](a * b)))")] // a contraction: tiles
    public void OtherRows_AreWhole(string parameters, string formula) => Assert.DoesNotContain("strips", ScheduledLoss.Of(parameters, formula).Compact(), StringComparison.Ordinal);
}
