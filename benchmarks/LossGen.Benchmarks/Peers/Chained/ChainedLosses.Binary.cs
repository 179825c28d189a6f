using System.Numerics.Tensors;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Chained;

public static partial class ChainedLosses
{
    private static float Bce(Problem p, bool gradient)
    {
        Span<float> a = Buffer(0, p.N), b = gradient ? p.G : Buffer(1, p.N);
        TensorPrimitives.Abs(p.X, a);
        TensorPrimitives.Negate(a, a);
        TensorPrimitives.Exp(a, a);
        TensorPrimitives.LogP1(a, a);
        TensorPrimitives.Max(p.X, 0f, b);
        float loss = (TensorPrimitives.Sum<float>(a) + TensorPrimitives.Sum<float>(b) - TensorPrimitives.Dot(p.X, p.Y)) / p.N;
        if (!gradient) return loss;
        TensorPrimitives.Sigmoid(p.X, b);
        TensorPrimitives.Subtract(b, p.Y, b);
        TensorPrimitives.Multiply(b, 1f / p.N, b);
        return loss;
    }

    private static float Focal(Problem p, float gamma, bool gradient)
    {
        float alpha = p.Row.Parameters[0];
        Span<float> ce = Buffer(0, p.N), q = Buffer(1, p.N), w = Buffer(2, p.N), a = Buffer(3, p.N);
        Softplus(p.X, ce, a);
        TensorPrimitives.Multiply(p.X, p.Y, a);
        TensorPrimitives.Subtract(ce, a, ce);
        // q = 1 - pt
        TensorPrimitives.Negate(ce, q);
        TensorPrimitives.Exp(q, q);
        TensorPrimitives.Subtract(1f, q, q);
        TensorPrimitives.Multiply(p.Y, (2 * alpha) - 1, w);
        TensorPrimitives.Add(w, 1 - alpha, w);
        if (gamma == 2)
        {
            TensorPrimitives.Multiply(w, q, w);
        }
        else
        {
            TensorPrimitives.Pow(q, gamma - 1, a);
            TensorPrimitives.Multiply(w, a, w);
        }

        // w = weight q^(gamma - 1), so the term is w q ce and its slope w (q + gamma (1 - q) ce) (sigmoid - y).
        TensorPrimitives.Multiply(q, ce, a);
        float loss = TensorPrimitives.Dot<float>(w, a) / p.N;
        if (!gradient) return loss;
        TensorPrimitives.Subtract(ce, a, a);
        TensorPrimitives.MultiplyAdd(a, gamma, q, q);
        TensorPrimitives.Multiply(w, q, w);
        TensorPrimitives.Sigmoid(p.X, p.G);
        TensorPrimitives.Subtract(p.G, p.Y, p.G);
        TensorPrimitives.Multiply(p.G, 1f / p.N, p.G);
        TensorPrimitives.Multiply(p.G, w, p.G);
        return loss;
    }

    private static float DiceBce(Problem p, bool gradient)
    {
        Span<float> s = Buffer(2, p.N), a = Buffer(3, p.N);
        float bce = Bce(p, gradient), smooth = p.Row.Parameters[0];
        TensorPrimitives.Sigmoid(p.X, s);
        float union = TensorPrimitives.Sum<float>(s) + TensorPrimitives.Sum(p.Y) + smooth, ratio = ((2 * TensorPrimitives.Dot<float>(s, p.Y)) + smooth) / union;
        if (!gradient) return 1 - ratio + bce;
        // d dice / ds = ratio / union - 2 y / union, times s (1 - s)
        TensorPrimitives.Multiply(p.Y, -2 / union, a);
        TensorPrimitives.Add(a, ratio / union, a);
        TensorPrimitives.Multiply(a, s, a);
        TensorPrimitives.Subtract(1f, s, s);
        TensorPrimitives.MultiplyAdd(a, s, p.G, p.G);
        return 1 - ratio + bce;
    }
}
