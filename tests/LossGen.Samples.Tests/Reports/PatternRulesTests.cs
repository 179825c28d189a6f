using Reports.Patterns;
using Xunit;
using static LossGen.Samples.Tests.Reports.SyntheticCurves;

namespace LossGen.Samples.Tests.Reports;

public sealed class PatternRulesTests
{
    private static readonly double[] Good = Falling(60, 2.3, 0.3, 0.2), GoodValidation = Falling(60, 2.3, 0.4, 0.2);

    public static TheoryData<string, CurvePattern, double[], double[]> Cases() => new()
    {
        { "both fall and level off", CurvePattern.Healthy, Good, GoodValidation },
        { "small noise on both", CurvePattern.Healthy, With(Good, e => 0.02 * Noise(e)(0)), With(GoodValidation, e => 0.03 * Noise(e + 99)(0)) },
        { "validation is the easier set", CurvePattern.Healthy, GoodValidation, Good },
        { "few epochs", CurvePattern.Healthy, Falling(12, 1, 0.1, 0.2), Falling(12, 1, 0.15, 0.2) },
        { "one bad epoch", CurvePattern.Healthy, With(Good, e => e == 30 ? 1 : 0), GoodValidation },

        { "training rises without end", CurvePattern.Diverging, Curve(40, t => 1 + 5 * t * t), Curve(40, t => 1 + 5 * t * t) },
        { "falls at first, then explodes", CurvePattern.Diverging, Curve(40, t => 1 - t + Math.Exp(9 * (t - 0.7))), Good[..40] },
        { "training is not a number at the end", CurvePattern.Diverging, With(Good, e => e == 59 ? double.NaN : 0), GoodValidation },
        { "validation becomes infinite", CurvePattern.Diverging, Good, With(GoodValidation, e => e > 50 ? double.PositiveInfinity : 0) },

        { "every other epoch is worse", CurvePattern.Oscillating, With(Good, e => e % 2 * 0.3), GoodValidation },
        { "slow waves", CurvePattern.Oscillating, With(Good, e => 0.3 * Math.Sin(e / 2.0)), With(GoodValidation, e => 0.3 * Math.Sin(e / 2.0)) },
        { "both are noisy", CurvePattern.Oscillating, With(Good, e => 0.3 * Noise(e)(0)), With(GoodValidation, e => 0.3 * Noise(e + 7)(0)) },

        { "only validation is noisy", CurvePattern.NoisyValidation, Good, With(GoodValidation, e => 0.3 * Noise(e)(0)) },
        { "only validation swings", CurvePattern.NoisyValidation, Good, With(GoodValidation, e => e % 3 == 0 ? 0.2 : 0) },

        { "validation turns and rises", CurvePattern.Overfitting, Good, Curve(60, t => 0.5 + 1.8 * Math.Exp(-t / 0.1) + 0.8 * t) },
        { "validation stays far above", CurvePattern.Overfitting, Falling(60, 2.3, 0.05, 0.2), Falling(60, 2.3, 1.2, 0.2) },
        { "validation never falls", CurvePattern.Overfitting, Good, Curve(60, t => 2.3 + 0.5 * t) },
        { "rises with a little noise", CurvePattern.Overfitting, Good, With(Curve(60, t => 2.3 - 1.5 * t + 1.8 * t * t), e => 0.03 * Noise(e)(0)) },

        { "both stay high", CurvePattern.Underfitting, Falling(60, 2.3, 1.8, 0.2), Falling(60, 2.3, 1.9, 0.2) },
        { "nothing is learned", CurvePattern.Underfitting, Curve(60, _ => 0.7), Curve(60, _ => 0.7) },
        { "nothing is learned, with jitter", CurvePattern.Underfitting, Curve(60, t => 0.7 - 0.001 * t), With(Curve(60, _ => 0.7), e => 0.002 * Noise(e)(0)) },
        { "nothing is learned, from a lucky start", CurvePattern.Underfitting, With(Curve(60, _ => 0.7), e => e == 0 ? -0.002 : 0.001 * Noise(e)(0)), Curve(60, _ => 0.7) },
        { "still falling at the end", CurvePattern.Underfitting, Curve(60, t => 2.3 - 1.9 * t), Curve(60, t => 2.3 - 1.8 * t) },

        { "done after a tenth", CurvePattern.Plateau, Falling(100, 2.3, 0.3, 0.02), Falling(100, 2.3, 0.35, 0.02) },
        { "stands still, then falls again", CurvePattern.Plateau, Curve(100, Stair), Curve(100, t => Stair(t) + 0.1) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Curves_have_the_pattern_that_they_were_drawn_with(string name, CurvePattern expected, double[] training, double[] validation)
    {
        PatternRule found = PatternRules.Find(CurveFacts.Measure(training, validation));
        Assert.True(expected == found.Pattern, $"{name}: {found.Pattern} ({found.Measured(CurveFacts.Measure(training, validation))})");
    }

    [Fact]
    public void Every_pattern_has_one_row_and_a_curve()
    {
        Assert.Equal(Enum.GetValues<CurvePattern>(), PatternRules.All.Select(rule => rule.Pattern));
        Assert.Equal(Enum.GetValues<CurvePattern>(), Cases().Select(row => (CurvePattern)((object[])row)[1]).Distinct().Order());
    }

    /// <summary>The drop is the unit of everything, so the unit of the loss does not matter.</summary>
    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e6)]
    public void The_pattern_does_not_depend_on_the_unit_of_the_loss(double factor)
    {
        foreach (object[] row in Cases())
        {
            double[] training = (double[])row[2], validation = (double[])row[3];
            Assert.Equal(Pattern(training, validation),
                Pattern([.. training.Select(loss => factor * loss)], [.. validation.Select(loss => factor * loss)]));
        }
    }

    [Fact]
    public void The_rule_is_written_in_the_documentation_as_it_is()
    {
        string page = Plain(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reports.md")));
        Assert.Contains(Plain(PatternRules.Terms), page, StringComparison.Ordinal);
        foreach (PatternRule rule in PatternRules.All)
            Assert.Contains($"| {rule.Name} | {Plain(rule.Condition)} | {Plain(rule.Meaning)} |", page, StringComparison.Ordinal);
    }

    // Lines are broken differently there, and blanks may break.
    private static string Plain(string text) => string.Join(' ', text.Split([' ', '\n', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));

    private static double Stair(double t) => t < 0.05 ? 2.3 - 16 * t : t < 0.68 ? 1.5 : t < 0.75 ? 1.5 - 1.2 * (t - 0.68) / 0.07 : 0.3;
}
