using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Scalar;

public static partial class ScalarLosses
{
    private static float Mse(Problem p, bool gradient)
    {
        ReadOnlySpan<float> x = p.X, y = p.Y;
        Span<float> g = p.G;
        double loss = 0;
        for (int i = 0; i < x.Length; i++)
        {
            float r = x[i] - y[i];
            loss += r * r;
            if (gradient) g[i] = 2 * r / x.Length;
        }

        return (float)(loss / x.Length);
    }

    private static float Huber(Problem p, bool gradient)
    {
        ReadOnlySpan<float> x = p.X, y = p.Y;
        Span<float> g = p.G;
        float delta = p.Row.Parameters[0];
        double loss = 0;
        for (int i = 0; i < x.Length; i++)
        {
            float r = x[i] - y[i], a = MathF.Abs(r);
            loss += a <= delta ? 0.5f * r * r : delta * (a - (0.5f * delta));
            if (gradient) g[i] = (a <= delta ? r : delta * MathF.Sign(r)) / x.Length;
        }

        return (float)(loss / x.Length);
    }

    private static float LogCosh(Problem p, bool gradient)
    {
        ReadOnlySpan<float> x = p.X, y = p.Y;
        Span<float> g = p.G;
        double loss = 0;
        for (int i = 0; i < x.Length; i++)
        {
            float r = x[i] - y[i];
            loss += MathF.Log(MathF.Cosh(r));
            if (gradient) g[i] = MathF.Tanh(r) / x.Length;
        }

        return (float)(loss / x.Length);
    }

    private static float Poisson(Problem p, bool gradient)
    {
        ReadOnlySpan<float> x = p.X, y = p.Y;
        Span<float> g = p.G;
        double loss = 0;
        for (int i = 0; i < x.Length; i++)
        {
            float rate = MathF.Exp(x[i]);
            loss += rate - (y[i] * x[i]);
            if (gradient) g[i] = (rate - y[i]) / x.Length;
        }

        return (float)(loss / x.Length);
    }

    private static float Bce(Problem p, bool gradient)
    {
        ReadOnlySpan<float> x = p.X, y = p.Y;
        Span<float> g = p.G;
        double loss = 0;
        for (int i = 0; i < x.Length; i++)
        {
            loss += Softplus(x[i]) - (y[i] * x[i]);
            if (gradient) g[i] = (Sigmoid(x[i]) - y[i]) / x.Length;
        }

        return (float)(loss / x.Length);
    }

    private static float Focal(Problem p, float gamma, bool gradient)
    {
        ReadOnlySpan<float> x = p.X, y = p.Y;
        Span<float> g = p.G;
        float alpha = p.Row.Parameters[0];
        double loss = 0;
        for (int i = 0; i < x.Length; i++)
        {
            float ce = Softplus(x[i]) - (y[i] * x[i]), pt = MathF.Exp(-ce), w = (alpha * y[i]) + ((1 - alpha) * (1 - y[i]));
            loss += w * MathF.Pow(1 - pt, gamma) * ce;
            if (gradient) g[i] = w * MathF.Pow(1 - pt, gamma - 1) * (1 - pt + (gamma * pt * ce)) * (Sigmoid(x[i]) - y[i]) / x.Length;
        }

        return (float)(loss / x.Length);
    }

    private static float DiceBce(Problem p, bool gradient)
    {
        ReadOnlySpan<float> x = p.X, y = p.Y;
        Span<float> g = p.G;
        double bce = 0, overlap = 0, total = 0, smooth = p.Row.Parameters[0];
        for (int i = 0; i < x.Length; i++)
        {
            float s = Sigmoid(x[i]);
            bce += Softplus(x[i]) - (y[i] * x[i]);
            overlap += s * y[i];
            total += s + y[i];
        }

        double ratio = ((2 * overlap) + smooth) / (total + smooth);
        float first = (float)(ratio / (total + smooth)), second = (float)(-2 / (total + smooth));
        for (int i = 0; gradient && i < x.Length; i++)
        {
            float s = Sigmoid(x[i]);
            g[i] = ((first + (second * y[i])) * s * (1 - s)) + ((s - y[i]) / x.Length);
        }

        return (float)(1 - ratio + (bce / x.Length));
    }

    private static float ElasticNet(Problem p, bool gradient)
    {
        ReadOnlySpan<float> x = p.X;
        Span<float> g = p.G;
        float l1 = p.Row.Parameters[0], l2 = p.Row.Parameters[1];
        double absolute = 0, squares = 0;
        for (int i = 0; i < x.Length; i++)
        {
            absolute += MathF.Abs(x[i]);
            squares += x[i] * x[i];
            if (gradient) g[i] = (l1 * MathF.Sign(x[i])) + (2 * l2 * x[i]);
        }

        return (float)((l1 * absolute) + (l2 * squares));
    }

    private static float Kl(Problem p, bool gradient)
    {
        ReadOnlySpan<float> x = p.X, y = p.Y;
        Span<float> g = p.G;
        double loss = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (y[i] > 0) loss += y[i] * (MathF.Log(y[i]) - MathF.Log(x[i]));
            if (gradient) g[i] = -y[i] / x[i] / p.N;
        }

        return (float)(loss / p.N);
    }
}
