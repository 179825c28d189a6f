using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Scalar;

public static partial class ScalarLosses
{
    /// <summary>The forward-backward algorithm in logarithms, as in the paper.</summary>
    private static float Ctc(Problem p, bool gradient)
    {
        int classes = p.C, steps = p.D;
        double loss = 0;
        float[] lp = new float[steps * classes];
        for (int n = 0; n < p.N; n++)
        {
            ReadOnlySpan<float> x = p.X.Slice(n * steps * classes, steps * classes);
            LogSoftmax(x, lp, classes);
            int length = p.Integer(2)[n], states = (2 * length) + 1;
            int[] symbols = new int[states];
            for (int l = 0; l < length; l++) symbols[(2 * l) + 1] = p.Labels[(n * p.S) + l];
            double[] alpha = new double[steps * states], beta = new double[steps * states];
            Array.Fill(alpha, double.NegativeInfinity);
            Array.Fill(beta, double.NegativeInfinity);
            for (int l = 0; l < Math.Min(2, states); l++)
            {
                alpha[l] = lp[symbols[l]];
                beta[((steps - 1) * states) + states - 1 - l] = 0;
            }

            for (int t = 1; t < steps; t++)
            {
                for (int l = 0; l < states; l++)
                    alpha[(t * states) + l] = lp[(t * classes) + symbols[l]] + Reach(alpha.AsSpan((t - 1) * states, states), null, symbols, l, -1);
            }

            for (int t = steps - 2; t >= 0; t--)
            {
                for (int l = 0; l < states; l++)
                    beta[(t * states) + l] = Reach(beta.AsSpan((t + 1) * states, states), lp.AsSpan((t + 1) * classes, classes), symbols, l, 1);
            }

            double likelihood = LogAdd(alpha[^1], length > 0 ? alpha[^2] : double.NegativeInfinity);
            loss -= likelihood / Math.Max(length, 1);
            if (!gradient) continue;
            Span<float> g = p.G.Slice(n * steps * classes, steps * classes);
            float scale = 1f / (Math.Max(length, 1) * p.N);
            for (int i = 0; i < g.Length; i++) g[i] = scale * MathF.Exp(lp[i]);
            for (int t = 0; t < steps; t++)
            {
                for (int l = 0; l < states; l++)
                    g[(t * classes) + symbols[l]] -= scale * (float)Math.Exp(alpha[(t * states) + l] + beta[(t * states) + l] - likelihood);
            }
        }

        return (float)(loss / p.N);
    }

    /// <summary>What comes to a state from itself and its neighbours on one side, with their emissions if given.</summary>
    private static double Reach(ReadOnlySpan<double> from, ReadOnlySpan<float> emission, int[] symbols, int l, int side)
    {
        double sum = double.NegativeInfinity;
        for (int step = 0; step <= 2; step++)
        {
            int k = l + (side * step);
            if (k < 0 || k >= from.Length || (step == 2 && (symbols[l] == 0 || symbols[l] == symbols[k]))) continue;
            sum = LogAdd(sum, from[k] + (emission.IsEmpty ? 0 : emission[symbols[k]]));
        }

        return sum;
    }

    private static double LogAdd(double a, double b)
    {
        double max = Math.Max(a, b);
        return double.IsNegativeInfinity(max) ? max : max + Math.Log(1 + Math.Exp(-Math.Abs(a - b)));
    }

    private static void LogSoftmax(ReadOnlySpan<float> x, Span<float> lp, int classes)
    {
        for (int start = 0; start < x.Length; start += classes)
        {
            float max = float.NegativeInfinity, sum = 0;
            for (int c = 0; c < classes; c++) max = MathF.Max(max, x[start + c]);
            for (int c = 0; c < classes; c++) sum += MathF.Exp(x[start + c] - max);
            for (int c = 0; c < classes; c++) lp[start + c] = x[start + c] - max - MathF.Log(sum);
        }
    }
}
