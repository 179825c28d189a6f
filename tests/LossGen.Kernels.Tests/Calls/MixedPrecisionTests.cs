using Xunit;

namespace LossGen.Kernels.Tests.Calls;

/// <summary>Tensors and scalars of another precision than the loss: converted as they are read, gradients stored in their own type.</summary>
public static partial class MixedPrecisionLosses
{
    private const string Formula = "p = softmax[c](z); mean(sum[c](w * (p - y)^2)) * scale";

    [Loss(Formula)]
    public static partial float InSingle(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> z, [Axes("n, c")] ReadOnlySpan<float> y,
        [Axes("c"), Differentiate] ReadOnlySpan<double> w, [Differentiate] double scale, int c);

    [Loss(Formula)]
    public static partial double InDouble(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> z, [Axes("n, c")] ReadOnlySpan<float> y,
        [Axes("c"), Differentiate] ReadOnlySpan<double> w, [Differentiate] double scale, int c);

    // Two storage orders of the same axes: one of them is read across its rows.
    [Loss("mean((x - y)^2)")]
    public static partial float Transposed([Axes("n, c")] ReadOnlySpan<double> x, [Axes("c, n")] ReadOnlySpan<double> y, int n);
}

public class MixedPrecisionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(37)]
    public void A_float_loss_reads_doubles(int classes)
    {
        const int Rows = 5;
        var random = new Random(classes);
        double[] z = Numbers(Rows * classes), w = Numbers(classes), zs = new double[z.Length], zd = new double[z.Length], ws = new double[classes], wd = new double[classes];
        float[] y = Array.ConvertAll(Numbers(z.Length), v => (float)v);
        float single = MixedPrecisionLosses.InSingleGradient(z, y, w, zs, ws, out double scaleSingle, 1.5, classes);
        double wide = MixedPrecisionLosses.InDoubleGradient(z, y, w, zd, wd, out double scaleDouble, 1.5, classes);

        double scale = zd.Concat(wd).Append(scaleDouble).Max(Math.Abs);
        Assert.Equal(wide, single, 1e-5 * Math.Max(Math.Abs(wide), scale));
        Assert.Equal(scaleDouble, scaleSingle, 1e-5 * scale);
        Assert.All(zs.Zip(zd).Concat(ws.Zip(wd)), pair => Assert.Equal(pair.Second, pair.First, 1e-5 * scale));

        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 4)];
    }

    [Fact]
    public void Rows_of_one_tensor_are_columns_of_another()
    {
        const int Rows = 5, Classes = 37;
        double[] x = [.. Enumerable.Range(0, Rows * Classes).Select(i => Math.Sin(i))], y = new double[x.Length], gradient = new double[x.Length];
        for (int n = 0; n < Rows; n++)
            for (int c = 0; c < Classes; c++) y[(c * Rows) + n] = x[(n * Classes) + c] - 0.5;
        Assert.Equal(0.25, MixedPrecisionLosses.TransposedGradient(x, y, gradient, Rows), 1e-6);
        Assert.All(gradient, g => Assert.Equal(1.0 / x.Length, g, 1e-7));
    }
}
