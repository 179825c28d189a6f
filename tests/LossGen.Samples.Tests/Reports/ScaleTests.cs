using System.Globalization;
using Reports.Drawing;
using Reports.History;
using Xunit;

namespace LossGen.Samples.Tests.Reports;

public sealed class ScaleTests
{
    [Theory]
    [InlineData("0.0 0.5 1.0 1.5 2.0", "2.0 1.7 0.1 1.4")]
    [InlineData("0.6 0.7 0.8 0.9 1.0", "0.62 0.97 0.99")]
    [InlineData("-4 -2 0 2 4", "-3 3 0")]
    [InlineData("0.00 0.02 0.04 0.06 0.08", "0 0.07 0.07")]
    [InlineData("0.0 0.2 0.4 0.6 0.8 1.0", "0 0 0")]
    [InlineData("2 4 6 8 10", "6 6 6")]
    public void Marks_are_round_and_reach_around_the_values(string marks, string values)
    {
        Curve curve = Parse(values);
        Scale scale = Scale.OfCurves([curve], 0, 100);
        Assert.False(scale.IsLogarithmic);
        Assert.Equal(marks, string.Join(' ', scale.Ticks.Select(scale.Label)));
        Assert.All(curve.Values, value => Assert.InRange(scale.Position(value), 0, 100));
    }

    [Fact]
    public void Curves_that_stay_near_their_lowest_value_get_logarithmic_marks()
    {
        Scale scale = Scale.OfCurves([new Curve("", [5, 2, 1, 0.6, 0.5, 0.5, 0.45, 0.45])], 100, 0);
        Assert.True(scale.IsLogarithmic);
        Assert.Equal("0.2 0.5 1 2 5", string.Join(' ', scale.Ticks.Select(scale.Label)));
        Assert.Equal(100, scale.Position(0.2), 9);
        Assert.Equal(0, scale.Position(5), 9);
        Assert.Equal(50, scale.Position(1), 9);
    }

    [Theory]
    [InlineData("5 2 1 0 0 0 0")] // 0 has no logarithm
    [InlineData("1 0.5 0.4 0.4 0.4 0.4")] // nearly linear
    [InlineData("0.1 0.5 0.9 1 1 1")] // stays at the top
    public void Other_curves_get_linear_marks(string values) => Assert.False(Scale.OfCurves([Parse(values)], 0, 100).IsLogarithmic);

    [Fact]
    public void Values_that_are_not_finite_do_not_count()
    {
        Scale scale = Scale.OfCurves([new Curve("", [1, double.NaN, 2, double.PositiveInfinity])], 0, 100);
        Assert.Equal(2, scale.Ticks[^1]);
        Assert.Equal(1, Scale.OfCurves([new Curve("", [double.NaN])], 0, 100).Ticks[^1]);
    }

    [Theory]
    [InlineData(0, 60, 834)]
    [InlineData(0, 60, 224)]
    [InlineData(0, 3000, 224)]
    [InlineData(1, 12, 224)]
    [InlineData(0, 1, 224)]
    public void Marks_of_epochs_are_whole_and_have_room(int first, int last, double width)
    {
        Scale scale = Scale.OfEpochs(first, last, 0, width);
        Assert.NotEmpty(scale.Ticks);
        Assert.All(scale.Ticks, tick => Assert.Equal(Math.Floor(tick), tick));
        Assert.All(scale.Ticks.Skip(1).Zip(scale.Ticks), pair => Assert.True(scale.Position(pair.First) - scale.Position(pair.Second) >= 40));
    }

    private static Curve Parse(string values)
        => new("", [.. values.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))]);
}
