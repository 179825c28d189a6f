using System.Numerics.Tensors;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Chained;

public static partial class ChainedLosses
{
    /// <summary>Plane by plane of each image; what needs a label at every pixel is a loop.</summary>
    private static float DiceCe(Problem p, bool gradient)
    {
        int classes = p.C, pixels = p.D;
        Span<float> max = Buffer(0, pixels), sum = Buffer(1, pixels), value = Buffer(2, classes * pixels), mean = Buffer(3, pixels), plane = Buffer(4, pixels);
        Span<float> first = stackalloc float[classes], second = stackalloc float[classes];
        Span<double> overlap = stackalloc double[classes], volume = stackalloc double[classes];
        double dice = 0, nll = 0;
        float smooth = p.Row.Parameters[0], share = 1f / (p.N * pixels);
        for (int n = 0; n < p.N; n++)
        {
            ReadOnlySpan<float> x = p.X.Slice(n * classes * pixels, classes * pixels);
            Span<float> q = gradient ? p.G.Slice(n * classes * pixels, classes * pixels) : value;
            ReadOnlySpan<int> labels = p.Labels.Slice(n * pixels, pixels);
            x[..pixels].CopyTo(max);
            for (int c = 1; c < classes; c++) TensorPrimitives.Max(max, x.Slice(c * pixels, pixels), max);
            sum.Clear();
            for (int c = 0; c < classes; c++)
            {
                Span<float> e = q.Slice(c * pixels, pixels);
                TensorPrimitives.Subtract(x.Slice(c * pixels, pixels), max, e);
                TensorPrimitives.Exp(e, e);
                TensorPrimitives.Add(sum, e, sum);
            }

            TensorPrimitives.Log(sum, mean);
            nll += TensorPrimitives.Sum<float>(max) + TensorPrimitives.Sum<float>(mean);
            overlap.Clear();
            volume.Clear();
            TensorPrimitives.Reciprocal(sum, sum);
            for (int c = 0; c < classes; c++) TensorPrimitives.Multiply(q.Slice(c * pixels, pixels), sum, q.Slice(c * pixels, pixels));
            for (int i = 0; i < pixels; i++)
            {
                nll -= x[(labels[i] * pixels) + i];
                overlap[labels[i]] += q[(labels[i] * pixels) + i];
                volume[labels[i]]++;
            }

            for (int c = 0; c < classes; c++)
            {
                double all = TensorPrimitives.Sum<float>(q.Slice(c * pixels, pixels)) + volume[c] + smooth, ratio = ((2 * overlap[c]) + smooth) / all;
                dice += 1 - ratio;
                first[c] = (float)(ratio / all / (p.N * classes));
                second[c] = (float)(-2 / all / (p.N * classes));
            }

            if (!gradient) continue;
            mean.Clear();
            for (int c = 0; c < classes; c++) TensorPrimitives.MultiplyAdd(q.Slice(c * pixels, pixels), first[c], mean, mean);
            for (int i = 0; i < pixels; i++)
            {
                mean[i] += q[(labels[i] * pixels) + i] * second[labels[i]];
                plane[i] = q[(labels[i] * pixels) + i];
            }

            for (int c = 0; c < classes; c++)
            {
                Span<float> g = q.Slice(c * pixels, pixels);
                TensorPrimitives.Subtract(first[c] + share, mean, sum);
                TensorPrimitives.Multiply(g, sum, g);
            }

            for (int i = 0; i < pixels; i++) q[(labels[i] * pixels) + i] += (plane[i] * second[labels[i]]) - share;
        }

        return (float)((dice / (p.N * classes)) + (nll / ((double)p.N * pixels)));
    }
}
