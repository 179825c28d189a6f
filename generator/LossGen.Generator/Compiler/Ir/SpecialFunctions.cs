namespace LossGen.Compiler.Ir;

/// <summary>Float64 values of functions that the framework lacks: the evaluators of the op table. Within 1e-13 of the true value.</summary>
internal static partial class SpecialFunctions
{
    private static readonly double LogSqrtTwoPi = 0.5 * Math.Log(2 * Math.PI);

    public static double Expm1(double x)
    {
        if (Math.Abs(x) > 0.5) return Math.Exp(x) - 1;
        double term = x, sum = x;
        for (int k = 2; k < 20; k++) sum += term *= x / k;
        return sum;
    }

    public static double Log1p(double x)
    {
        double u = 1 + x;
        // Kahan: the rounding error of 1 + x cancels in the quotient.
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
    }

    public static double Log1mExp(double x) => x > -Math.Log(2) ? Math.Log(-Expm1(x)) : Log1p(-Math.Exp(x));

    public static double Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    public static double Softplus(double x) => double.IsNaN(x) ? x : Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    public static double LogCosh(double x)
    {
        double a = Math.Abs(x);
        // cosh x - 1 = 2 sinh(x/2)^2 keeps the digits of small x
        return a < 1 ? Log1p(2 * Square(Math.Sinh(x / 2))) : a + Log1p(Math.Exp(-2 * a)) - Math.Log(2);
    }

    public static double LogAddExp(double[] x)
    {
        double top = x.Any(double.IsNaN) ? double.NaN : x.Max();
        if (double.IsNaN(top) || double.IsInfinity(top)) return top;
        // Without the greatest term, whose exponential is 1, so that far smaller ones are not lost in it.
        int greatest = Array.IndexOf(x, top);
        return top + Log1p(x.Where((_, i) => i != greatest).Sum(v => Math.Exp(v - top)));
    }

    public static double Erf(double x) => Math.Abs(x) < 2 ? ErfSeries(x) : x > 0 ? 1 - ErfcFraction(x) : x < 0 ? ErfcFraction(-x) - 1 : x;

    public static double Erfc(double x) => x < 1 ? (x > -2 ? 1 - ErfSeries(x) : 2 - ErfcFraction(-x)) : x >= 1 ? ErfcFraction(x) : x;

    private static double ErfSeries(double x)
    {
        // erf x = 2/sqrt(pi) exp(-x^2) sum 2^k x^(2k+1) / (2k+1)!!, all terms of one sign
        double term = x, sum = x;
        for (int k = 1; k < 80; k++) sum += term *= 2 * x * x / ((2 * k) + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double ErfcFraction(double x)
    {
        if (x > 28) return 0; // below the least double
        double fraction = 0;
        for (int k = x < 2 ? 500 : 120; k >= 1; k--) fraction = k / 2.0 / (x + fraction);
        // x^2 in two parts: its rounding error would be multiplied by x^2 in the exponential.
        double head = (float)x;
        double exponential = Math.Exp(-head * head) * Math.Exp((head - x) * (head + x));
        return exponential / Math.Sqrt(Math.PI) / (x + fraction);
    }

    private static double Square(double x) => x * x;
}
