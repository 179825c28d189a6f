using System.Numerics.Tensors;

namespace LossGen.Benchmarks;

/// <summary>The same losses, value and gradient, chained from TensorPrimitives as a careful user writes them: no allocation, buffers reused.</summary>
public sealed class ChainedLosses(int length)
{
    private readonly float[] _a = new float[length];
    private readonly float[] _b = new float[length];

    public float Mse(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> gradient)
    {
        TensorPrimitives.Subtract(x, y, gradient);
        float loss = TensorPrimitives.SumOfSquares(gradient) / x.Length;
        TensorPrimitives.Multiply(gradient, 2f / x.Length, gradient);
        return loss;
    }

    public float BceWithLogits(ReadOnlySpan<float> z, ReadOnlySpan<float> y, Span<float> gradient)
    {
        Span<float> a = _a.AsSpan(0, z.Length);
        // softplus(z) = max(z, 0) + log(1 + exp(-|z|))
        TensorPrimitives.Abs(z, a);
        TensorPrimitives.Negate(a, a);
        TensorPrimitives.Exp(a, a);
        TensorPrimitives.LogP1(a, a);
        TensorPrimitives.Max(z, 0f, gradient);
        float loss = (TensorPrimitives.Sum(a) + TensorPrimitives.Sum<float>(gradient) - TensorPrimitives.Dot(z, y)) / z.Length;
        TensorPrimitives.Sigmoid(z, gradient);
        TensorPrimitives.Subtract(gradient, y, gradient);
        TensorPrimitives.Multiply(gradient, 1f / z.Length, gradient);
        return loss;
    }

    public float DiceBce(ReadOnlySpan<float> z, ReadOnlySpan<float> y, Span<float> gradient)
    {
        Span<float> p = _b.AsSpan(0, z.Length), a = _a.AsSpan(0, z.Length);
        float bce = BceWithLogits(z, y, gradient);
        TensorPrimitives.Sigmoid(z, p);
        float intersection = TensorPrimitives.Dot<float>(p, y), union = TensorPrimitives.Sum<float>(p) + TensorPrimitives.Sum(y) + 1;
        float ratio = (2 * intersection + 1) / union;
        // d dice / dp = ratio / union - 2 y / union, times p (1 - p)
        TensorPrimitives.Multiply(y, -2 / union, a);
        TensorPrimitives.Add(a, ratio / union, a);
        TensorPrimitives.Multiply(a, p, a);
        TensorPrimitives.Subtract(1f, p, p);
        TensorPrimitives.MultiplyAdd(a, p, gradient, gradient);
        return 1 - ratio + bce;
    }

    public static float CrossEntropy(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, Span<float> gradient)
    {
        int rows = labels.Length, classes = z.Length / rows;
        double loss = 0;
        for (int n = 0; n < rows; n++)
        {
            ReadOnlySpan<float> row = z.Slice(n * classes, classes);
            Span<float> target = gradient.Slice(n * classes, classes);
            float max = TensorPrimitives.Max(row);
            TensorPrimitives.Subtract(row, max, target);
            TensorPrimitives.Exp(target, target);
            float sum = TensorPrimitives.Sum<float>(target);
            TensorPrimitives.Multiply(target, 1f / (sum * rows), target);
            target[labels[n]] -= 1f / rows;
            loss += max + MathF.Log(sum) - row[labels[n]];
        }

        return (float)(loss / rows);
    }
}
