namespace Digits.Network;

/// <summary>Gradient descent with steps scaled by running moments of the gradient.</summary>
/// <param name="parameters">How many parameters are trained.</param>
/// <remarks>Source: Kingma, Ba, "Adam: a method for stochastic optimization", 2015.</remarks>
public sealed class Adam(int parameters)
{
    private const float MeanDecay = 0.9f, SquareDecay = 0.999f, Epsilon = 1e-8f;

    private readonly float[] mean = new float[parameters];
    private readonly float[] square = new float[parameters];
    private int steps;

    /// <summary>Moves the parameters one step.</summary>
    /// <param name="values">The parameters, which are changed.</param>
    /// <param name="gradient">The loss' gradient by them.</param>
    /// <param name="rate">The length of a step where the gradient is steady.</param>
    public void Step(Span<float> values, ReadOnlySpan<float> gradient, float rate)
    {
        steps++;
        // Both moments begin at 0 and are too small at first by these factors.
        float meanScale = 1 / (1 - MathF.Pow(MeanDecay, steps)), squareScale = 1 / (1 - MathF.Pow(SquareDecay, steps));
        for (int i = 0; i < values.Length; i++)
        {
            mean[i] = MeanDecay * mean[i] + (1 - MeanDecay) * gradient[i];
            square[i] = SquareDecay * square[i] + (1 - SquareDecay) * gradient[i] * gradient[i];
            values[i] -= rate * meanScale * mean[i] / (MathF.Sqrt(squareScale * square[i]) + Epsilon);
        }
    }
}
