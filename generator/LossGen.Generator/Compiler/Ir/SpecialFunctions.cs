namespace LossGen.Compiler.Ir;

/// <summary>Float64 values of functions that the framework lacks: the evaluators of the op table.</summary>
internal static class SpecialFunctions
{
    private static readonly double LogSqrtTwoPi = 0.5 * Math.Log(2 * Math.PI);

    // Coefficients B(2k) / (2k (2k - 1)) of Stirling's series for log gamma.
    private static readonly double[] Stirling =
    {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400,
    };

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
        return u == 1 || double.IsInfinity(u) ? (double.IsInfinity(u) ? u : x) : Math.Log(u) * (x / (u - 1));
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
        return double.IsInfinity(top) ? top : top + Math.Log(x.Sum(v => Math.Exp(v - top)));
    }

    public static double Erf(double x) => Math.Abs(x) < 2 ? ErfSeries(x) : x > 0 ? 1 - ErfcFraction(x) : x < 0 ? ErfcFraction(-x) - 1 : x;

    public static double Erfc(double x) => x < 2 ? (x > -2 ? 1 - ErfSeries(x) : 2 - ErfcFraction(-x)) : x >= 2 ? ErfcFraction(x) : x;

    public static double LogGamma(double x)
    {
        if (double.IsNaN(x) || double.IsPositiveInfinity(x)) return x;
        if (x <= 0) return x == Math.Floor(x) ? double.PositiveInfinity : Math.Log(Math.PI / Math.Abs(SinPi(x))) - LogGamma(1 - x);
        double shift = 0;
        double product = 1;
        for (; x < 16; x++) product *= x;
        shift = Math.Log(product);
        double sum = 0, power = 1 / x;
        foreach (double coefficient in Stirling)
        {
            sum += coefficient * power;
            power /= x * x;
        }

        return ((x - 0.5) * Math.Log(x)) - x + LogSqrtTwoPi + sum - shift;
    }

    public static double Digamma(double x)
    {
        if (double.IsNaN(x) || double.IsPositiveInfinity(x)) return x;
        if (x <= 0) return x == Math.Floor(x) ? double.NaN : Digamma(1 - x) - (Math.PI * Math.Cos(Math.PI * (x % 2)) / SinPi(x));
        double result = 0;
        for (; x < 16; x++) result -= 1 / x;
        double power = 1 / (x * x);
        result += Math.Log(x) - (0.5 / x);
        for (int k = 0; k < Stirling.Length; k++)
        {
            // -(2k + 1) c_k x^-(2k + 2)
            result -= ((2 * k) + 1) * Stirling[k] * power;
            power /= x * x;
        }

        return result;
    }

    public static double Trigamma(double x)
    {
        if (double.IsNaN(x)) return x;
        if (double.IsPositiveInfinity(x)) return 0;
        if (x <= 0) return x == Math.Floor(x) ? double.PositiveInfinity : Square(Math.PI / SinPi(x)) - Trigamma(1 - x);
        double result = 0;
        for (; x < 16; x++) result += 1 / (x * x);
        double power = 1 / (x * x * x);
        result += (1 / x) + (0.5 / (x * x));
        for (int k = 0; k < Stirling.Length; k++)
        {
            result += ((2 * k) + 1) * ((2 * k) + 2) * Stirling[k] * power;
            power /= x * x;
        }

        return result;
    }

    public static double LogI0(double x)
    {
        x = Math.Abs(x);
        return x < 40 ? Math.Log(BesselSeries(x, 0)) : x + Math.Log(BesselTail(x, 0)) - (0.5 * Math.Log(2 * Math.PI * x));
    }

    public static double BesselRatio(double x)
    {
        double a = Math.Abs(x);
        double ratio = a < 40 ? BesselSeries(a, 1) / BesselSeries(a, 0) : double.IsInfinity(a) ? 1 : BesselTail(a, 1) / BesselTail(a, 0);
        return x < 0 ? -ratio : ratio;
    }

    private static double ErfSeries(double x)
    {
        // erf x = 2/sqrt(pi) exp(-x^2) sum 2^k x^(2k+1) / (2k+1)!!, all terms of one sign
        double term = x, sum = x;
        for (int k = 1; k < 80; k++) sum += term *= 2 * x * x / ((2 * k) + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double ErfcFraction(double x)
    {
        if (double.IsPositiveInfinity(x)) return 0;
        double fraction = 0;
        for (int k = 120; k >= 1; k--) fraction = k / 2.0 / (x + fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }

    private static double BesselSeries(double x, int order)
    {
        double term = order == 0 ? 1 : x / 2, sum = term;
        for (int k = 1; k < 150; k++) sum += term *= x * x / 4 / (k * (k + order));
        return sum;
    }

    private static double BesselTail(double x, int order)
    {
        // I_v(x) sqrt(2 pi x) e^-x = sum (-1)^k a_k(v) / x^k
        double term = 1, sum = 1, mu = 4.0 * order * order;
        for (int k = 1; k < 25; k++) sum += term *= -(mu - Square((2 * k) - 1)) / (8 * k * x);
        return sum;
    }

    private static double SinPi(double x) => Math.Sin(Math.PI * (x % 2));

    private static double Square(double x) => x * x;
}
