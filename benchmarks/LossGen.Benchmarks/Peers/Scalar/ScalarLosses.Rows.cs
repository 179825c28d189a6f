using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Scalar;

public static partial class ScalarLosses
{
    private static float SoftmaxCe(Problem p, bool gradient)
    {
        int classes = p.C;
        double loss = 0;
        for (int n = 0; n < p.N; n++)
        {
            ReadOnlySpan<float> row = p.X.Slice(n * classes, classes);
            Span<float> g = p.G.Slice(n * classes, classes);
            float max = float.NegativeInfinity;
            foreach (float x in row) max = MathF.Max(max, x);
            double sum = 0;
            foreach (float x in row) sum += MathF.Exp(x - max);
            loss += max + Math.Log(sum) - row[p.Labels[n]];
            if (!gradient) continue;
            float scale = (float)(1 / (sum * p.N));
            for (int c = 0; c < classes; c++) g[c] = MathF.Exp(row[c] - max) * scale;
            g[p.Labels[n]] -= 1f / p.N;
        }

        return (float)(loss / p.N);
    }

    private static float DiceCe(Problem p, bool gradient)
    {
        int classes = p.C, pixels = p.D;
        Span<float> g = p.G;
        float[] q = new float[classes * pixels];
        double dice = 0, nll = 0, smooth = p.Row.Parameters[0];
        for (int n = 0; n < p.N; n++)
        {
            ReadOnlySpan<float> x = p.X.Slice(n * classes * pixels, classes * pixels);
            ReadOnlySpan<int> labels = p.Labels.Slice(n * pixels, pixels);
            double[] overlap = new double[classes], total = new double[classes];
            for (int i = 0; i < pixels; i++)
            {
                float max = float.NegativeInfinity, sum = 0;
                for (int c = 0; c < classes; c++) max = MathF.Max(max, x[(c * pixels) + i]);
                for (int c = 0; c < classes; c++) sum += q[(c * pixels) + i] = MathF.Exp(x[(c * pixels) + i] - max);
                for (int c = 0; c < classes; c++) total[c] += q[(c * pixels) + i] /= sum;
                overlap[labels[i]] += q[(labels[i] * pixels) + i];
                total[labels[i]]++;
                nll += max + MathF.Log(sum) - x[(labels[i] * pixels) + i];
            }

            float[] first = new float[classes], second = new float[classes];
            for (int c = 0; c < classes; c++)
            {
                double all = total[c] + smooth, ratio = ((2 * overlap[c]) + smooth) / all;
                dice += 1 - ratio;
                first[c] = (float)(ratio / all / (p.N * classes));
                second[c] = (float)(-2 / all / (p.N * classes));
            }

            for (int i = 0; gradient && i < pixels; i++)
            {
                float mean = 0;
                for (int c = 0; c < classes; c++) mean += q[(c * pixels) + i] * (first[c] + (labels[i] == c ? second[c] : 0));
                for (int c = 0; c < classes; c++)
                {
                    float s = q[(c * pixels) + i], one = labels[i] == c ? 1 : 0;
                    g[(((n * classes) + c) * pixels) + i] = (s * (first[c] + (one * second[c]) - mean)) + ((s - one) / (p.N * pixels));
                }
            }
        }

        return (float)((dice / (p.N * classes)) + (nll / ((double)p.N * pixels)));
    }

    private static float Triplet(Problem p, bool gradient)
    {
        double loss = 0;
        for (int n = 0; n < p.N; n++)
        {
            ReadOnlySpan<float> a = p.X.Slice(n * p.C, p.C), b = p.Y.Slice(n * p.C, p.C), c = p.Z.Slice(n * p.C, p.C);
            Span<float> ga = p.G.Slice(n * p.C, p.C), gb = p.Gradient(1).Slice(n * p.C, p.C), gc = p.Gradient(2).Slice(n * p.C, p.C);
            float near = 0, far = 0;
            for (int i = 0; i < a.Length; i++)
            {
                near += (a[i] - b[i]) * (a[i] - b[i]);
                far += (a[i] - c[i]) * (a[i] - c[i]);
            }

            float row = near - far + p.Row.Parameters[0], scale = row > 0 ? 2f / p.N : 0;
            loss += MathF.Max(row, 0);
            for (int i = 0; gradient && i < a.Length; i++)
            {
                ga[i] = scale * (c[i] - b[i]);
                gb[i] = scale * (b[i] - a[i]);
                gc[i] = scale * (a[i] - c[i]);
            }
        }

        return (float)(loss / p.N);
    }

    private static float Clip(Problem p, bool gradient)
    {
        int n = p.N, d = p.C;
        ReadOnlySpan<float> x = p.X, y = p.Y;
        float temperature = p.Row.Parameters[0];
        float[] s = new float[n * n];
        double[] rowMax = new double[n], columnMax = new double[n], rowSum = new double[n], columnSum = new double[n];
        Array.Fill(rowMax, double.NegativeInfinity);
        Array.Fill(columnMax, double.NegativeInfinity);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                float dot = 0;
                for (int k = 0; k < d; k++) dot += x[(i * d) + k] * y[(j * d) + k];
                s[(i * n) + j] = dot / temperature;
                rowMax[i] = Math.Max(rowMax[i], s[(i * n) + j]);
                columnMax[j] = Math.Max(columnMax[j], s[(i * n) + j]);
            }
        }

        double loss = 0, byTemperature = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                rowSum[i] += Math.Exp(s[(i * n) + j] - rowMax[i]);
                columnSum[j] += Math.Exp(s[(i * n) + j] - columnMax[j]);
            }
        }

        for (int i = 0; i < n; i++) loss += ((rowMax[i] + Math.Log(rowSum[i]) + columnMax[i] + Math.Log(columnSum[i])) / 2) - s[(i * n) + i];
        if (!gradient) return (float)(loss / n);
        Span<float> gx = p.G, gy = p.Gradient(1);
        gx.Clear();
        gy.Clear();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double both = (Math.Exp(s[(i * n) + j] - rowMax[i]) / rowSum[i]) + (Math.Exp(s[(i * n) + j] - columnMax[j]) / columnSum[j]);
                double slope = ((both / 2) - (i == j ? 1 : 0)) / n;
                byTemperature -= slope * s[(i * n) + j] / temperature;
                float each = (float)(slope / temperature);
                for (int k = 0; k < d; k++)
                {
                    gx[(i * d) + k] += each * y[(j * d) + k];
                    gy[(j * d) + k] += each * x[(i * d) + k];
                }
            }
        }

        p.Gradient(2)[0] = (float)byTemperature;
        return (float)(loss / n);
    }
}
