namespace LossGen.Compiler.Ir;

/// <summary>log gamma and its derivatives. Series around their zeros keep the relative error small there.</summary>
internal static partial class SpecialFunctions
{
    // From here on Stirling's series converges in eight terms.
    private const double StirlingStart = 16;

    public static double LogGamma(double x)
    {
        if (double.IsNaN(x)) return x;
        if (double.IsInfinity(x)) return double.PositiveInfinity;
        if (x <= 0) return x == Math.Floor(x) ? double.PositiveInfinity : Math.Log(Math.PI / Math.Abs(SinPi(x))) - LogGamma(1 - x);
        if (x < 0.5) return LogGammaNearOne(x) - Math.Log(x);
        if (x < 1.5) return LogGammaNearOne(x - 1);
        if (x >= StirlingStart) return ((x - 0.5) * (Math.Log(x) - 1)) - 0.5 + LogSqrtTwoPi + StirlingSum(x);
        double product = 1;
        while (x >= 2.5) product *= --x;
        return LogGammaNearTwo(x - 2) + Math.Log(product);
    }

    /// <summary>lgamma(x + a) - lgamma(x), for positive x and x + a without the cancellation.</summary>
    public static double LogGammaDelta(double x, double a)
    {
        if (!(x > 0 && x + a > 0) || double.IsInfinity(x) || double.IsInfinity(a) || IsFarBelow(x + a, x)) return LogGamma(x + a) - LogGamma(x);
        double shift = 0;
        for (; x < StirlingStart || x + a < StirlingStart; x++) shift += Log1p(a / x);
        // (x + a - 1/2) log(x + a) - (x - 1/2) log x - a, and the difference of the series
        double growth = Log1p(a / x);
        return ((x + a - 0.5) * growth) + (a * (Math.Log(x) - 1)) + StirlingDelta(x, growth) - shift;
    }

    /// <summary>digamma(x + a) - digamma(x), for positive x and x + a without the cancellation.</summary>
    public static double DigammaDelta(double x, double a)
    {
        if (double.IsPositiveInfinity(x) && !double.IsInfinity(a)) return 0;
        if (!(x > 0 && x + a > 0) || double.IsInfinity(a) || IsFarBelow(x + a, x)) return Digamma(x + a) - Digamma(x);
        double shift = 0;
        for (; x < StirlingStart || x + a < StirlingStart; x++) shift += a / x / (x + a);
        double growth = Log1p(a / x), power = 1 / (x * x), sum = growth + (0.5 * a / x / (x + a));
        for (int k = 0; k < Stirling.Length; k++)
        {
            // -(2k + 1) c_k ((x + a)^-(2k + 2) - x^-(2k + 2))
            sum -= ((2 * k) + 1) * Stirling[k] * power * Expm1(-((2 * k) + 2) * growth);
            power /= x * x;
        }

        return sum + shift;
    }

    public static double Digamma(double x)
    {
        if (double.IsNaN(x) || double.IsPositiveInfinity(x)) return x;
        if (x <= 0) return x == Math.Floor(x) || double.IsInfinity(x) ? double.NaN : Digamma(1 - x) - (Math.PI / TanPi(x));
        if (Math.Abs(x - DigammaZero) < 0.5) return DigammaNearZero(x - DigammaZero - DigammaZeroRest);
        if (x < DigammaZero) return Digamma(x + 1) - (1 / x);
        double result = 0;
        for (; x < StirlingStart; x++) result -= 1 / x;
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
        if (double.IsInfinity(x)) return double.NaN;
        if (x <= 0) return x == Math.Floor(x) ? double.PositiveInfinity : Square(Math.PI / SinPi(x)) - Trigamma(1 - x);
        double result = 0;
        for (; x < StirlingStart; x++) result += 1 / (x * x);
        double power = 1 / (x * x * x);
        result += (1 / x) + (0.5 / (x * x));
        for (int k = 0; k < Stirling.Length; k++)
        {
            result += ((2 * k) + 1) * ((2 * k) + 2) * Stirling[k] * power;
            power /= x * x;
        }

        return result;
    }

    public static double Tetragamma(double x)
    {
        if (double.IsNaN(x)) return x;
        if (double.IsPositiveInfinity(x)) return 0;
        if (x == 0) return double.NegativeInfinity;
        if (x < 0)
        {
            if (x == Math.Floor(x)) return double.NaN;
            double fraction = x - Math.Round(x), scaled = Math.PI / Math.Sin(Math.PI * fraction);
            return Tetragamma(1 - x) - (2 * Math.Sin(Math.PI * (0.5 - Math.Abs(fraction))) * scaled * scaled * scaled);
        }

        double result = 0;
        for (; x < StirlingStart; x++) result -= 2 / (x * x * x);
        double power = 1 / (x * x * x * x);
        result -= (1 / (x * x)) + (1 / (x * x * x));
        for (int k = 0; k < Stirling.Length; k++)
        {
            result -= ((2 * k) + 1) * ((2 * k) + 2) * ((2 * k) + 3) * Stirling[k] * power;
            power /= x * x;
        }

        return result;
    }

    // Nothing cancels then, and past 2^53 no step of x would bring y to Stirling's series.
    private static bool IsFarBelow(double y, double x) => y < StirlingStart && x >= 2 * StirlingStart;

    private static double StirlingSum(double x)
    {
        double sum = 0, power = 1 / x;
        foreach (double coefficient in Stirling)
        {
            sum += coefficient * power;
            power /= x * x;
        }

        return sum;
    }

    /// <summary>The series at x exp(growth) less that at x, term by term.</summary>
    private static double StirlingDelta(double x, double growth)
    {
        double sum = 0, power = 1 / x;
        for (int k = 0; k < Stirling.Length; k++)
        {
            sum += Stirling[k] * power * Expm1(-((2 * k) + 1) * growth);
            power /= x * x;
        }

        return sum;
    }

    private static double LogGammaNearOne(double z) => LogGammaNearTwo(z) - Log1p(z);

    private static double LogGammaNearTwo(double z)
    {
        // lgamma(2 + z) = z (1 - gamma) + sum (-1)^k (zeta(k) - 1) z^k / k
        double sum = 0;
        for (int i = ZetaMinusOne.Length - 1; i >= 0; i--)
        {
            double coefficient = ZetaMinusOne[i] / (i + 2);
            sum = (i % 2 == 0 ? coefficient : -coefficient) + (z * sum);
        }

        return z * (1 - EulerGamma + (z * sum));
    }

    private static double DigammaNearZero(double z)
    {
        double sum = 0;
        for (int i = DigammaTaylor.Length - 1; i >= 0; i--) sum = DigammaTaylor[i] + (z * sum);
        return z * sum;
    }

    // The distance to the nearest integer is exact, whereas pi x is not.
    private static double SinPi(double x)
    {
        double nearest = Math.Round(x);
        double sine = Math.Sin(Math.PI * (x - nearest));
        return nearest % 2 == 0 ? sine : -sine;
    }

    private static double TanPi(double x) => Math.Tan(Math.PI * (x - Math.Round(x)));
}
