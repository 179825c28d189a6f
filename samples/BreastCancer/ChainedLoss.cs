using System.Numerics.Tensors;

namespace BreastCancer;

/// <summary>The same value and gradients from one TensorPrimitives call after another, in buffers that are reused.</summary>
/// <remarks>This is what the generated code is timed against.</remarks>
public sealed class ChainedLoss(int patients, int features)
{
    private readonly float[] scores = new float[patients];
    private readonly float[] work = new float[patients];
    private readonly float[] target = new float[patients];

    /// <summary>Computes the loss that <see cref="DiagnosisLoss"/> declares, and its gradients by weights and intercept.</summary>
    public float Gradient(
        ReadOnlySpan<float> x, ReadOnlySpan<byte> y, ReadOnlySpan<float> w, Span<float> wGradient, out float bGradient,
        float b, float l1, float l2)
    {
        TensorPrimitives.ConvertChecked(y, target.AsSpan());
        for (int n = 0; n < patients; n++)
            scores[n] = TensorPrimitives.Dot(x.Slice(n * features, features), w);
        TensorPrimitives.Add(scores, b, scores);

        // softplus(z) = max(z, 0) + log(1 + exp(-|z|)), which cannot overflow
        TensorPrimitives.Abs(scores, work);
        TensorPrimitives.Negate(work, work);
        TensorPrimitives.Exp(work, work);
        TensorPrimitives.LogP1(work, work);
        float data = TensorPrimitives.Sum<float>(work);
        TensorPrimitives.Max(scores, 0f, work);
        data = (data + TensorPrimitives.Sum<float>(work) - TensorPrimitives.Dot<float>(target, scores)) / patients;

        TensorPrimitives.Sigmoid(scores, work);
        TensorPrimitives.Subtract(work, target, work);
        TensorPrimitives.Divide(work, patients, work);
        bGradient = TensorPrimitives.Sum<float>(work);

        TensorPrimitives.Multiply(w, 2 * l2, wGradient);
        for (int d = 0; d < features; d++)
            wGradient[d] += l1 * MathF.Sign(w[d]);
        for (int n = 0; n < patients; n++)
            TensorPrimitives.MultiplyAdd(x.Slice(n * features, features), work[n], wGradient, wGradient);

        return data + l1 * TensorPrimitives.SumOfMagnitudes(w) + l2 * TensorPrimitives.SumOfSquares(w);
    }
}
