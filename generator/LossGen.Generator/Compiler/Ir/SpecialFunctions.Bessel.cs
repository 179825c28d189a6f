namespace LossGen.Compiler.Ir;

/// <summary>The modified Bessel functions of order 0 and 1, as logarithm and as ratio.</summary>
internal static partial class SpecialFunctions
{
    // From here on the asymptotic series is the better one.
    private const double TailStart = 40;

    public static double LogI0(double x)
    {
        x = Math.Abs(x);
        if (double.IsInfinity(x)) return x;
        // Without the leading 1, which would swallow a small rest.
        return x < TailStart ? Log1p(BesselRest(x, 0, 1)) : x + Math.Log(BesselTail(x, 0)) - LogSqrtTwoPi - (0.5 * Math.Log(x));
    }

    public static double BesselRatio(double x)
    {
        double a = Math.Abs(x);
        double ratio = a < TailStart ? ((a / 2) + BesselRest(a, 1, a / 2)) / (1 + BesselRest(a, 0, 1)) : double.IsInfinity(a) ? 1 : BesselTail(a, 1) / BesselTail(a, 0);
        return x < 0 ? -ratio : ratio;
    }

    /// <summary>The power series after its first term.</summary>
    private static double BesselRest(double x, int order, double term)
    {
        double sum = 0;
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
}
