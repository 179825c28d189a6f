using System.Numerics.Tensors;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Chained;

public static partial class ChainedLosses
{
    private static float Mse(Problem p, bool gradient)
    {
        // The value alone needs no buffer.
        if (!gradient)
        {
            float distance = TensorPrimitives.Distance(p.X, p.Y);
            return distance * distance / p.N;
        }

        TensorPrimitives.Subtract(p.X, p.Y, p.G);
        float loss = TensorPrimitives.SumOfSquares<float>(p.G) / p.N;
        TensorPrimitives.Multiply(p.G, 2f / p.N, p.G);
        return loss;
    }

    // With s = clamp(r, -d, d): the term is s (r - s / 2), the slope s.
    private static float Huber(Problem p, bool gradient)
    {
        float delta = p.Row.Parameters[0];
        Span<float> r = Buffer(0, p.N), s = gradient ? p.G : Buffer(1, p.N);
        TensorPrimitives.Subtract(p.X, p.Y, r);
        TensorPrimitives.Clamp(r, -delta, delta, s);
        float loss = (TensorPrimitives.Dot<float>(s, r) - (TensorPrimitives.SumOfSquares<float>(s) / 2)) / p.N;
        if (gradient) TensorPrimitives.Multiply(s, 1f / p.N, s);
        return loss;
    }

    private static float LogCosh(Problem p, bool gradient)
    {
        Span<float> r = Buffer(0, p.N), e = Buffer(1, p.N);
        TensorPrimitives.Subtract(p.X, p.Y, r);
        if (gradient)
        {
            TensorPrimitives.Tanh(r, p.G);
            TensorPrimitives.Multiply(p.G, 1f / p.N, p.G);
        }

        float absolute = TensorPrimitives.SumOfMagnitudes<float>(r);
        TensorPrimitives.Abs(r, r);
        TensorPrimitives.Multiply(r, -2f, e);
        TensorPrimitives.Exp(e, e);
        TensorPrimitives.LogP1(e, e);
        return ((absolute + TensorPrimitives.Sum<float>(e)) / p.N) - 0.693147181f;
    }

    private static float Poisson(Problem p, bool gradient)
    {
        Span<float> rate = gradient ? p.G : Buffer(0, p.N);
        TensorPrimitives.Exp(p.X, rate);
        float loss = (TensorPrimitives.Sum<float>(rate) - TensorPrimitives.Dot(p.X, p.Y)) / p.N;
        if (!gradient) return loss;
        TensorPrimitives.Subtract(rate, p.Y, rate);
        TensorPrimitives.Multiply(rate, 1f / p.N, rate);
        return loss;
    }

    private static float ElasticNet(Problem p, bool gradient)
    {
        float l1 = p.Row.Parameters[0], l2 = p.Row.Parameters[1];
        float loss = (l1 * TensorPrimitives.SumOfMagnitudes(p.X)) + (l2 * TensorPrimitives.SumOfSquares(p.X));
        if (!gradient) return loss;
        Span<float> sign = Buffer(0, p.N);
        sign.Fill(l1);
        TensorPrimitives.CopySign<float>(sign, p.X, sign);
        TensorPrimitives.MultiplyAdd(p.X, 2 * l2, sign, p.G);
        return loss;
    }

    private static float Kl(Problem p, bool gradient)
    {
        Span<float> ratio = gradient ? p.G : Buffer(0, p.X.Length), log = Buffer(1, p.X.Length);
        TensorPrimitives.Divide(p.Y, p.X, ratio);
        TensorPrimitives.Log(ratio, log);
        float loss = TensorPrimitives.Dot(log, p.Y) / p.N;
        if (gradient) TensorPrimitives.Multiply(ratio, -1f / p.N, ratio);
        return loss;
    }
}
