using GpuTraining;
using Reports.History;
using Xunit;

namespace LossGen.Samples.Tests.GpuTraining;

public sealed class CurveDifferenceTests
{
    [Fact]
    public void Equal_curves_are_not_apart() => Assert.Equal([0, 0], CurveDifference.Of(History(0, 0, 0), History(0, 0, 0)));

    [Theory]
    [InlineData(0.5, 0, 0)]
    [InlineData(0, -0.5, 0)]
    [InlineData(0, 0, 0.5)]
    public void The_largest_difference_counts_whatever_it_is_of(double training, double validation, double part) =>
        Assert.Equal([0, 0.25], CurveDifference.Of(History(0, 0, 0), History(training, validation, part)));

    [Fact]
    public void What_is_not_a_number_is_no_agreement() => Assert.False(CurveDifference.Largest(CurveDifference.Of(History(0, 0, 0), History(double.NaN, 0, 0))) <= CurveDifference.Allowed);

    private static TrainingHistory History(double training, double validation, double part)
    {
        var history = new TrainingHistory("one", "other");
        history.Add(0, new LossValue(2, 1, 1), new LossValue(3, 1, 2));
        history.Add(1, new LossValue(1 + training, 0.5, 0.5 + part), new LossValue(2 + validation, 1, 1));
        return history;
    }
}
