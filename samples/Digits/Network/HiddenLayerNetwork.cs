using System.Numerics.Tensors;

namespace Digits.Network;

/// <summary>A network with one hidden layer: <c>z = V relu(W x + a) + b</c>.</summary>
public sealed class HiddenLayerNetwork
{
    private readonly int inputs, units;
    private readonly DenseLayer first, second;
    private float[] active = [], activeGradient = [];

    /// <summary>Makes a network with random weights, the same for the same seed.</summary>
    /// <param name="inputs">Values in a row of x.</param>
    /// <param name="units">Values in the hidden layer.</param>
    /// <param name="outputs">Values in a row of z.</param>
    /// <param name="seed">The seed of the weights.</param>
    public HiddenLayerNetwork(int inputs, int units, int outputs, int seed)
    {
        (this.inputs, this.units) = (inputs, units);
        var random = new Random(seed);
        first = new DenseLayer(inputs, units, random);
        second = new DenseLayer(units, outputs, random);
    }

    /// <summary>How many numbers are trained.</summary>
    public int ParameterCount => first.ParameterCount + second.ParameterCount;

    /// <summary>Computes the scores of a batch, and keeps what <see cref="Backward"/> needs.</summary>
    /// <param name="x">The batch, <c>[n, inputs]</c>.</param>
    /// <param name="z">Receives the scores, <c>[n, outputs]</c>.</param>
    public void Forward(ReadOnlySpan<float> x, Span<float> z)
    {
        Span<float> hidden = Buffer(ref active, x.Length / inputs * units);
        first.Forward(x, hidden);
        TensorPrimitives.Max(hidden, 0f, hidden);
        second.Forward(hidden, z);
    }

    /// <summary>Takes the loss' gradient from the scores of the last <see cref="Forward"/> back to the parameters.</summary>
    /// <param name="x">The batch that went forward, <c>[n, inputs]</c>.</param>
    /// <param name="zGradient">The gradient by the scores, <c>[n, outputs]</c>.</param>
    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> zGradient)
    {
        int count = x.Length / inputs * units;
        Span<float> hidden = active.AsSpan(0, count), hiddenGradient = Buffer(ref activeGradient, count);
        second.Backward(hidden, zGradient, hiddenGradient);
        for (int i = 0; i < count; i++)
            hiddenGradient[i] = hidden[i] > 0 ? hiddenGradient[i] : 0;
        first.Backward(x, hiddenGradient, []);
    }

    /// <summary>Moves all parameters one step along the gradient of the last <see cref="Backward"/>.</summary>
    public void Step(float rate)
    {
        first.Step(rate);
        second.Step(rate);
    }

    private static Span<float> Buffer(ref float[] buffer, int count)
    {
        if (buffer.Length < count)
            buffer = new float[count];
        return buffer.AsSpan(0, count);
    }
}
