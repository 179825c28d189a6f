using System.Numerics.Tensors;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Chained;

public static partial class ChainedLosses
{
    private static float SoftmaxCe(Problem p, bool gradient)
    {
        double loss = 0;
        for (int n = 0; n < p.N; n++)
        {
            ReadOnlySpan<float> row = p.X.Slice(n * p.C, p.C);
            Span<float> e = gradient ? p.G.Slice(n * p.C, p.C) : Buffer(0, p.C);
            float max = TensorPrimitives.Max(row);
            TensorPrimitives.Subtract(row, max, e);
            TensorPrimitives.Exp(e, e);
            float sum = TensorPrimitives.Sum<float>(e);
            loss += max + MathF.Log(sum) - row[p.Labels[n]];
            if (!gradient) continue;
            TensorPrimitives.Multiply(e, 1f / (sum * p.N), e);
            e[p.Labels[n]] -= 1f / p.N;
        }

        return (float)(loss / p.N);
    }

    private static float Triplet(Problem p, bool gradient)
    {
        double loss = 0;
        for (int n = 0; n < p.N; n++)
        {
            ReadOnlySpan<float> a = p.X.Slice(n * p.C, p.C), b = p.Y.Slice(n * p.C, p.C), c = p.Z.Slice(n * p.C, p.C);
            float near = TensorPrimitives.Distance(a, b), far = TensorPrimitives.Distance(a, c);
            float row = (near * near) - (far * far) + p.Row.Parameters[0], scale = row > 0 ? 2f / p.N : 0;
            loss += MathF.Max(row, 0);
            if (!gradient) continue;
            Difference(c, b, scale, p.G.Slice(n * p.C, p.C));
            Difference(b, a, scale, p.Gradient(1).Slice(n * p.C, p.C));
            Difference(a, c, scale, p.Gradient(2).Slice(n * p.C, p.C));
        }

        return (float)(loss / p.N);
    }

    private static void Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float scale, Span<float> result)
    {
        TensorPrimitives.Subtract(a, b, result);
        TensorPrimitives.Multiply(result, scale, result);
    }

    private static float Clip(Problem p, bool gradient)
    {
        int n = p.N, d = p.C;
        float temperature = p.Row.Parameters[0];
        Span<float> s = Buffer(0, n * n), q = Buffer(1, n * n), columnMax = Buffer(2, n), columnSum = Buffer(3, n);
        double loss = 0;
        columnMax.Fill(float.NegativeInfinity);
        columnSum.Clear();
        for (int i = 0; i < n; i++)
        {
            Span<float> row = s.Slice(i * n, n), e = q.Slice(i * n, n);
            for (int j = 0; j < n; j++) row[j] = TensorPrimitives.Dot(p.X.Slice(i * d, d), p.Y.Slice(j * d, d)) / temperature;
            TensorPrimitives.Max<float>(columnMax, row, columnMax);
            float max = TensorPrimitives.Max<float>(row);
            TensorPrimitives.Subtract(row, max, e);
            TensorPrimitives.Exp(e, e);
            float sum = TensorPrimitives.Sum<float>(e);
            TensorPrimitives.Multiply(e, 0.5f / sum, e);
            loss += ((max + MathF.Log(sum)) / 2) - row[i];
        }

        Span<float> scratch = Buffer(4, n);
        for (int i = 0; i < n; i++)
        {
            TensorPrimitives.Subtract<float>(s.Slice(i * n, n), columnMax, scratch);
            TensorPrimitives.Exp<float>(scratch, scratch);
            TensorPrimitives.Add<float>(columnSum, scratch, columnSum);
        }

        for (int j = 0; j < n; j++) loss += (columnMax[j] + MathF.Log(columnSum[j])) / 2;
        if (!gradient) return (float)(loss / n);
        p.G.Clear();
        p.Gradient(1).Clear();
        double byTemperature = 0;
        for (int i = 0; i < n; i++)
        {
            Span<float> row = s.Slice(i * n, n), e = q.Slice(i * n, n), c = scratch;
            TensorPrimitives.Subtract<float>(row, columnMax, c);
            TensorPrimitives.Exp(c, c);
            TensorPrimitives.Divide<float>(c, columnSum, c);
            TensorPrimitives.MultiplyAdd(c, 0.5f, e, e);
            e[i] -= 1;
            byTemperature -= TensorPrimitives.Dot<float>(e, row) / temperature / n;
            TensorPrimitives.Multiply(e, 1 / (temperature * n), e);
            Span<float> gx = p.G.Slice(i * d, d);
            for (int j = 0; j < n; j++)
            {
                Span<float> gy = p.Gradient(1).Slice(j * d, d);
                TensorPrimitives.MultiplyAdd(p.Y.Slice(j * d, d), e[j], gx, gx);
                TensorPrimitives.MultiplyAdd(p.X.Slice(i * d, d), e[j], gy, gy);
            }
        }

        p.Gradient(2)[0] = (float)byTemperature;
        return (float)(loss / n);
    }
}
