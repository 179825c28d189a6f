using Xunit;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>What lanes would read at indices of their own across rows is picked where a reduction passes over the rows.</summary>
public class PickedReadsTests
{
    [Theory]
    [InlineData("z float[n, c, w]; label int[n, w]; n int; c int", "-mean(log_softmax[c](z)[c: label])", "sum[c]((c == label) ? z : 0)")]
    [InlineData("z float[c, w]; label int[w]; c int", "mean(max(0, 1 - z[c: label] + max[c](z)))", "sum[c]((c == label) ? z : 0)")]
    [InlineData("z float[n, c = 3, w]; label int[n, w]; n int", "mean(sum[c](exp(z)) - z[c: label])", "sum[c]((c == label) ? z : 0)")]
    public void IndexOfALane_IsComparedWithEachRow(string parameters, string formula, string pick)
    {
        string schedule = ScheduledLoss.Of(parameters, formula, withGradient: false).Lines();
        Assert.Contains(pick, schedule, StringComparison.Ordinal);
        Assert.DoesNotContain("[n, label, w]", schedule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("z float[n, c]; label int[n]; c int", "-mean(log_softmax[c](z)[c: label])")] // a row has one index: one read
    [InlineData("z float[n, c, w]; label int[n, w]; n int; c int", "mean(z[c: label]^2)")] // nothing else passes over the rows
    [InlineData("z float[n, c = 100, w]; label int[n, w]; n int", "-mean(log_softmax[c](z)[c: label])")] // too many rows
    [InlineData("z float[c, d]; label int[n]; d int", "mean(z[c: label]^2) + mean(sum[c](exp(z)))")] // lanes along d read neighbours
    public void OtherReads_StayReads(string parameters, string formula) =>
        Assert.DoesNotContain("c == label", ScheduledLoss.Of(parameters, formula, withGradient: false).Lines(), StringComparison.Ordinal);
}
