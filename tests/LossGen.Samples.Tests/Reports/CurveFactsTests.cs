using Reports.Patterns;
using Xunit;
using static LossGen.Samples.Tests.Reports.SyntheticCurves;

namespace LossGen.Samples.Tests.Reports;

public sealed class CurveFactsTests
{
    /// <summary>The drop is 1, so a swing needs 0.05 up and 0.05 down.</summary>
    [Theory]
    [InlineData(0, "1 0.9 0.8 0.7 0.6 0.5 0.4 0.3 0.2 0.1 0")]
    [InlineData(0, "1 0.5 0.2 0.1 0 0.1 0.2 0.3 0.4 0.5 0.6")]
    [InlineData(1, "1 0.5 0.2 0.1 0 0.1 0.2 0.1 0.1 0.1 0.1")]
    [InlineData(1, "1 0.5 0 0.02 0.04 0.06 0.05 0.03 0 0 0")]
    [InlineData(0, "1 0.5 0 0.02 0.04 0.045 0.04 0.02 0 0 0")]
    [InlineData(4, "1 0 0.1 0 0.1 0 0.1 0 0.1 0 0.1")]
    [InlineData(5, "1 0 0.1 0 0.1 0 0.1 0 0.1 0 0.1 0")]
    public void Swings_are_rises_that_fall_again(int expected, string values)
    {
        double[] curve = [.. values.Split(' ').Select(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture))];
        CurveFacts facts = CurveFacts.Measure(curve, curve);
        Assert.Equal(expected, facts.TrainingSwings);
        Assert.Equal(expected, facts.ValidationSwings);
    }

    [Fact]
    public void Levels_are_means_over_a_tenth()
    {
        // A line from 1 to 0 in 101 epochs; a tenth is 10 epochs.
        double[] line = Curve(101, t => 1 - t);
        CurveFacts facts = CurveFacts.Measure(line, [.. line.Select(value => value + 0.5)]);
        Assert.Equal(0.045, facts.TrainingEnd, 12);
        Assert.Equal(0.5, facts.EndGap, 12);
        Assert.Equal(0, facts.ValidationRise, 12);
        Assert.Equal(0.2, facts.LateFall, 12);
    }

    [Fact]
    public void Flat_stretches_are_measured_anywhere()
    {
        double[] curve = Curve(100, t => t < 0.3 ? 1 - t : t < 0.7 ? 0.7 : 1.4 - t);
        Assert.InRange(CurveFacts.Measure(curve, curve).LongestFlat, 0.30, 0.45);
    }

    [Fact]
    public void Curves_of_zeros_are_measured()
    {
        CurveFacts facts = CurveFacts.Measure(new double[20], new double[20]);
        Assert.True(facts.IsFinite);
        Assert.Equal((0, 0), (facts.TrainingSwings, facts.ValidationSwings));
    }

    [Theory]
    [InlineData(9, 9)]
    [InlineData(20, 19)]
    public void Too_few_or_different_epochs_are_an_error(int training, int validation)
        => Assert.Throws<ArgumentException>(() => CurveFacts.Measure(new double[training], new double[validation]));
}
