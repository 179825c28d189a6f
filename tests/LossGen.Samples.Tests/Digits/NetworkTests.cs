using Digits.Classification;
using Digits.Network;
using Xunit;

namespace LossGen.Samples.Tests.Digits;

public sealed class NetworkTests
{
    private const int Rows = 6, Inputs = 5, Outputs = 3;

    /// <summary>The whole way back, from the generated gradient of the loss to the inputs and parameters of a layer.</summary>
    [Fact]
    public void A_layer_passes_the_gradient_on_as_differences_say()
    {
        var random = new Random(3);
        var layer = new DenseLayer(Inputs, Outputs, random);
        float[] x = Values(random, Rows * Inputs), y = new float[Rows * Outputs], gradient = new float[y.Length], xGradient = new float[x.Length];
        int[] labels = [0, 1, 2, 2, 1, 0];
        layer.Forward(x, y);
        DigitLoss.SmoothedFocalGradient(y, labels, gradient, out _, out _, 0.1f, 2, 1);
        layer.Backward(x, gradient, xGradient);
        for (int i = 0; i < x.Length; i++)
        {
            float at = x[i];
            double slope = (Loss(i, at + 0.01f) - Loss(i, at - 0.01f)) / 0.02;
            x[i] = at;
            Assert.Equal(slope, xGradient[i], 3e-4);
        }

        double Loss(int i, float value)
        {
            x[i] = value;
            layer.Forward(x, y);
            return DigitLoss.SmoothedFocal(y, labels, out _, out _, 0.1f, 2, 1);
        }
    }

    [Fact]
    public void Adam_moves_by_the_rate_at_first_whatever_the_size_of_the_gradient()
    {
        float[] values = [1, 1, 1];
        new Adam(3).Step(values, [1e-3f, -50, 0], 0.1f);
        Assert.Equal(0.9f, values[0], 1e-5f);
        Assert.Equal(1.1f, values[1], 1e-5f);
        Assert.Equal(1, values[2]);
    }

    /// <summary>Exclusive or is what one layer cannot learn, and two must.</summary>
    [Fact]
    public void The_network_learns_exclusive_or()
    {
        float[] x = [0, 0, 0, 1, 1, 0, 1, 1], z = new float[8], gradient = new float[8];
        int[] labels = [0, 1, 1, 0];
        var network = new HiddenLayerNetwork(2, 8, 2, seed: 1);
        float first = 0, loss = 0;
        for (int step = 0; step < 500; step++)
        {
            network.Forward(x, z);
            loss = DigitLoss.SmoothedFocalGradient(z, labels, gradient, out _, out _, 0, 2, 1);
            first = step == 0 ? loss : first;
            network.Backward(x, gradient);
            network.Step(0.02f);
        }
        Assert.True(first > 0.5 && loss < 0.01, $"{first} -> {loss}");
    }

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];
}
