using Xunit;

namespace LossGen.Kernels.Tests.Declared;

/// <summary>logaddexp of three terms where some are infinite or NaN: nothing is nothing, and has no slope; a NaN comes through whichever term it is.</summary>
public partial class LogAddExpTests
{
    private static readonly float[] Terms = [float.NegativeInfinity, -3e38f, -100, 0, -0f, 1e-40f, 90, 3e38f, float.NaN];

    [Fact]
    public void Every_three_terms()
    {
        (float, float, float)[] all = [.. from a in Terms from b in Terms from c in Terms select (a, b, c)];
        float[] x = [.. all.Select(t => t.Item1)], y = [.. all.Select(t => t.Item2)], z = [.. all.Select(t => t.Item3)];
        float[] values = new float[all.Length], alone = new float[all.Length], ofX = new float[all.Length], ofY = new float[all.Length], ofZ = new float[all.Length];
        EachGradient(x, y, z, values, ofX, ofY, ofZ);
        Each(x, y, z, alone);
        for (int i = 0; i < all.Length; i++)
        {
            double[] terms = [x[i], y[i], z[i]];
            double top = terms.Max(), sum = terms.Sum(t => Math.Exp(t - top));
            bool isNothing = terms.All(double.IsNegativeInfinity), isNaN = terms.Any(double.IsNaN);
            double expected = isNaN ? double.NaN : isNothing ? top : top + Math.Log(sum);
            AssertNear(expected, values[i], all[i]);
            AssertNear(expected, alone[i], all[i]);
            foreach ((double term, float slope) in terms.Zip([ofX[i], ofY[i], ofZ[i]])) AssertNear(isNaN ? double.NaN : isNothing ? 0 : Math.Exp(term - top) / sum, slope, all[i]);
        }
    }

    [Fact]
    public void An_infinite_term_is_the_result()
    {
        float[] values = new float[3];
        Each([float.PositiveInfinity, 0, -5], [1, float.PositiveInfinity, float.NegativeInfinity], [2, 3, float.PositiveInfinity], values);
        Assert.All(values, v => Assert.Equal(float.PositiveInfinity, v));
    }

    private static void AssertNear(double expected, float given, (float, float, float) terms) =>
        Assert.True(double.IsFinite(expected) ? Math.Abs(expected - given) <= (2e-6 * Math.Abs(expected)) + 1e-37 : expected.Equals(given), $"{terms}: {expected}, given {given}");

    [Loss("logaddexp(x, y, z)")]
    private static partial void Each([Differentiate] ReadOnlySpan<float> x, [Differentiate] ReadOnlySpan<float> y, [Differentiate] ReadOnlySpan<float> z, Span<float> each);
}
