using System.Numerics.Tensors;

namespace Digits.Network;

/// <summary>A linear layer: <c>y = W x + b</c> for each row of a batch.</summary>
public sealed class DenseLayer
{
    private readonly int inputs, outputs;
    // The weights, [outputs, inputs], then the offsets, [outputs]: one array, so that the optimizer need not know which is which.
    private readonly float[] parameters, gradient;
    private readonly Adam adam;

    /// <summary>Makes a layer with random weights.</summary>
    /// <param name="inputs">Values in a row of x.</param>
    /// <param name="outputs">Values in a row of y.</param>
    /// <param name="random">Where the weights come from.</param>
    public DenseLayer(int inputs, int outputs, Random random)
    {
        (this.inputs, this.outputs) = (inputs, outputs);
        parameters = new float[outputs * inputs + outputs];
        gradient = new float[parameters.Length];
        adam = new Adam(parameters.Length);
        // Uniform with the variance 2 / inputs, which keeps the size of values through a relu: He et al., 2015.
        float bound = MathF.Sqrt(6f / inputs);
        foreach (ref float weight in parameters.AsSpan(0, outputs * inputs))
            weight = bound * (2 * random.NextSingle() - 1);
    }

    /// <summary>How many numbers are trained.</summary>
    public int ParameterCount => parameters.Length;

    /// <summary>Computes a batch.</summary>
    /// <param name="x">The batch, <c>[n, inputs]</c>.</param>
    /// <param name="y">Receives the result, <c>[n, outputs]</c>.</param>
    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        ReadOnlySpan<float> offsets = parameters.AsSpan(outputs * inputs);
        for (int n = 0; n * outputs < y.Length; n++)
        {
            ReadOnlySpan<float> row = x.Slice(n * inputs, inputs);
            for (int o = 0; o < outputs; o++)
                y[n * outputs + o] = TensorPrimitives.Dot(parameters.AsSpan(o * inputs, inputs), row) + offsets[o];
        }
    }

    /// <summary>Takes a gradient by the results back to the parameters, and to the inputs.</summary>
    /// <param name="x">The batch that went forward, <c>[n, inputs]</c>.</param>
    /// <param name="yGradient">The gradient by the results, <c>[n, outputs]</c>.</param>
    /// <param name="xGradient">Receives the gradient by the inputs, <c>[n, inputs]</c>; empty where nobody needs it.</param>
    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> yGradient, Span<float> xGradient)
    {
        Array.Clear(gradient);
        xGradient.Clear();
        Span<float> offsets = gradient.AsSpan(outputs * inputs);
        for (int n = 0; n * outputs < yGradient.Length; n++)
        {
            ReadOnlySpan<float> row = x.Slice(n * inputs, inputs);
            for (int o = 0; o < outputs; o++)
            {
                float slope = yGradient[n * outputs + o];
                // After a relu, about half of them.
                if (slope == 0)
                    continue;
                offsets[o] += slope;
                AddScaled(row, slope, gradient.AsSpan(o * inputs, inputs));
                if (!xGradient.IsEmpty)
                    AddScaled(parameters.AsSpan(o * inputs, inputs), slope, xGradient.Slice(n * inputs, inputs));
            }
        }
    }

    /// <summary>Moves the parameters one step along the gradient of the last <see cref="Backward"/>.</summary>
    public void Step(float rate) => adam.Step(parameters, gradient, rate);

    private static void AddScaled(ReadOnlySpan<float> vector, float factor, Span<float> sum)
        => TensorPrimitives.MultiplyAdd(vector, factor, sum, sum);
}
