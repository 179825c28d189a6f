using Xunit;

namespace LossGen.Kernels.Tests.Declared;

/// <summary>Value, gradient and second derivative in one call, against the derivatives on paper.</summary>
public class CurvatureTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(100_003)]
    public void Of_a_mean(int count)
    {
        Random random = new(count);
        float[] z = [.. Enumerable.Range(0, count).Select(_ => (float)(8 * (random.NextDouble() - 0.5)))], gradient = Nan(count), again = Nan(count), curvature = Nan(count);
        byte[] y = [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(2))];
        float value = UserLosses.BceCurvature(z, y, gradient, curvature, upstream: 3);
        Assert.Equal(UserLosses.BceGradient(z, y, again, upstream: 3), value);
        Assert.Equal(again, gradient);
        for (int i = 0; i < count; i++)
        {
            double p = 1 / (1 + Math.Exp(-z[i]));
            Assert.Equal(3 * p * (1 - p) / count, curvature[i], 1e-6 * 0.75 / count);
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(19, false)]
    [InlineData(19, true)]
    [InlineData(5000, true)]
    public void Of_each_sample_with_weights(int count, bool hasUpstream)
    {
        Random random = new(count);
        double[] Numbers() => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 0.5)];
        double[] z = Numbers(), w = Numbers(), upstream = hasUpstream ? Numbers() : [], each = new double[count], gradient = new double[count], curvature = new double[count];
        int[] y = [.. Enumerable.Range(0, count).Select(_ => random.Next(5))];
        UserLosses.PoissonOfEachCurvature(z, y, w, each, gradient, out double tauGradient, curvature, out double tauCurvature, 0.25, upstream);
        double tauWanted = 0;
        for (int i = 0; i < count; i++)
        {
            double factor = hasUpstream ? upstream[i] : 1;
            Assert.Equal((w[i] * (Math.Exp(z[i]) - (y[i] * z[i]))) + (0.25 * z[i] * z[i]), each[i], 1e-12);
            Assert.Equal(factor * ((w[i] * (Math.Exp(z[i]) - y[i])) + (0.5 * z[i])), gradient[i], 1e-12);
            Assert.Equal(factor * ((w[i] * Math.Exp(z[i])) + 0.5), curvature[i], 1e-12);
            tauWanted += factor * z[i] * z[i];
        }

        Assert.Equal(tauWanted, tauGradient, 1e-9);
        Assert.Equal(0, tauCurvature);
    }

    [Fact]
    public void Arguments_are_checked()
    {
        float[] memory = [.. Enumerable.Repeat(7f, 40)];
        byte[] y = new byte[10];
        Assert.Equal("zCurvature", Assert.Throws<ArgumentException>(() => UserLosses.BceCurvature(memory.AsSpan(0, 10), y, memory.AsSpan(10, 10), memory.AsSpan(20, 9))).ParamName);
        Assert.StartsWith("zGradient overlaps zCurvature", Assert.Throws<ArgumentException>(
            () => UserLosses.BceCurvature(memory.AsSpan(0, 10), y, memory.AsSpan(10, 10), memory.AsSpan(19, 10))).Message, StringComparison.Ordinal);
        Assert.StartsWith("zCurvature overlaps z", Assert.Throws<ArgumentException>(
            () => UserLosses.BceCurvature(memory.AsSpan(20, 10), y, memory.AsSpan(0, 10), memory.AsSpan(29, 10))).Message, StringComparison.Ordinal);
        Assert.All(memory, x => Assert.Equal(7f, x));
    }

    private static float[] Nan(int count) => Enumerable.Repeat(float.NaN, count).ToArray();
}
