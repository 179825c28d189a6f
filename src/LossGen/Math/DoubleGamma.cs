namespace LossGen.Runtime;

/// <summary>The gamma family in double precision, one number at a time.</summary>
internal static class DoubleGamma
{
    // From here on the asymptotic series reach double precision.
    private const double Asymptotic = 12;

    /// <summary>log(|gamma(x)|).</summary>
    public static double Log(double x)
    {
        if (!double.IsFinite(x))
            return x * x;
        if (x >= Asymptotic)
            return LogAsymptotic(x);
        if (x >= 2.5)
        {
            double product = 1;
            while (x >= 2.5)
                product *= --x;
            return LogNearTwo(x - 2) + VectorMath.Log(product);
        }

        if (x >= 1.5)
            return LogNearTwo(x - 2);
        if (x >= 0.5)
            return LogNearOne(x - 1);
        if (x > -0.5)
            return LogNearOne(x) - VectorMath.Log(Math.Abs(x));
        double fraction = x - Math.Round(x);
        if (fraction == 0)
            return double.PositiveInfinity;
        // Reflection: gamma(x) gamma(-x) = -pi / (x sin(pi x)).
        return VectorMath.Log(Math.PI / Math.Abs(x * Math.Sin(Math.PI * fraction))) - Log(-x);
    }

    /// <summary>log(|gamma(x + a)|) - log(|gamma(x)|).</summary>
    public static double LogDelta(double x, double a)
    {
        double y = x + a;
        if (x >= 16 && y >= 16 && double.IsFinite(x) && double.IsFinite(a))
            return DeltaAsymptotic(x, y, a);
        if (double.IsPositiveInfinity(x) && double.IsFinite(a))
            return a == 0 ? 0 : a * x;
        if (!(Math.Abs(a) < 2 && x > 0 && y > 0))
            return Log(y) - Log(x);

        // Step both up: the quotient of the products is 1 + excess, and excess keeps its digits for small a.
        double excess = 0;
        for (int i = 1; i < 16; i++)
        {
            double step = a / (x + i);
            excess += step + (excess * step);
        }

        return DeltaAsymptotic(x + 16, x + 16 + a, a) - VectorMath.Log1p(excess) - LogQuotient(x, y, a);
    }

    /// <summary>digamma(x + a) - digamma(x).</summary>
    public static double DigammaDelta(double x, double a)
    {
        double y = x + a;
        if (double.IsPositiveInfinity(x) && double.IsFinite(a))
            return 0;
        if (!(x > 0 && y > 0 && double.IsFinite(y)))
            return VectorMath.Digamma(y) - VectorMath.Digamma(x);

        // Both stepped up: digamma(x + 1) = digamma(x) + 1 / x. Each by itself: past 2^53, x + 1 is x and would hold y.
        double steps = 0;
        for (; x < 16 || y < 16; x++, y++)
            steps += a / x / y;

        // log(y / x) + (u - v) / 2 + the difference of the series of even powers, with a taken out of each term.
        double u = 1 / x, v = 1 / y;
        double series = 0, powers = u + v, uPower = u;
        foreach (double coefficient in DoubleCoefficients.DigammaAsymptotic)
        {
            series += coefficient * powers;
            for (int i = 0; i < 2; i++)
            {
                uPower *= u;
                powers = (powers * v) + uPower;
            }
        }

        return (LogQuotient(x, y, a) + (a * u * v * (0.5 - series))) + steps;
    }

    /// <summary>The derivative of <see cref="Log"/> for negative x.</summary>
    public static double DigammaOfNegative(double x)
    {
        if (x > -0.5)
            return VectorMath.Digamma(x + 1) - (1 / x);
        double fraction = x - Math.Round(x);
        // A pole, where the limits from both sides differ; also -infinity.
        if (!(fraction != 0))
            return double.NaN;
        return VectorMath.Digamma(1 - x) - (Math.PI / Math.Tan(Math.PI * fraction));
    }

    /// <summary>The second derivative of <see cref="Log"/> for negative x.</summary>
    public static double TrigammaOfNegative(double x)
    {
        double fraction = x - Math.Round(x);
        double scaled = Math.PI / Math.Sin(Math.PI * fraction);
        return (scaled * scaled) - VectorMath.Trigamma(1 - x);
    }

    /// <summary>The third derivative of <see cref="Log"/>.</summary>
    public static double Tetragamma(double x)
    {
        if (!(x < 0))
            return TetragammaOfPositive(x);
        double fraction = x - Math.Round(x);
        // A pole, where the limits from both sides differ; also -infinity.
        if (!(fraction != 0))
            return double.NaN;
        // tetragamma(x) - tetragamma(1 - x) = -2 pi^3 cos(pi x) / sin(pi x)^3
        double scaled = Math.PI / Math.Sin(Math.PI * fraction);
        // The cosine as a sine, which is exact to its last digits where it vanishes.
        double cosine = Math.Sin(Math.PI * (0.5 - Math.Abs(fraction)));
        return TetragammaOfPositive(1 - x) - (2 * cosine * scaled * scaled * scaled);
    }

    private static double TetragammaOfPositive(double x)
    {
        double steps = 0;
        for (; x < 16; x++)
            steps += 1 / (x * x * x);
        double inverse = 1 / x, square = inverse * inverse;
        return -((2 * steps) + (square * ((1 + inverse) + (square * Horner(square, DoubleCoefficients.TetragammaAsymptotic)))));
    }

    private static double LogNearTwo(double y) => y * Horner(y, DoubleCoefficients.LogGamma);

    private static double LogNearOne(double y) => LogNearTwo(y) - VectorMath.Log1p(y);

    // Stirling's series; log(x) - 1 is formed first so that nothing overflows or cancels.
    private static double LogAsymptotic(double x)
    {
        double inverse = 1 / x;
        double series = inverse * Horner(inverse * inverse, DoubleCoefficients.Stirling);
        return ((x - 0.5) * (VectorMath.Log(x) - 1)) + (0.41893853320467274178 + series);
    }

    // The difference of two Stirling series, with a taken out of each term.
    private static double DeltaAsymptotic(double x, double y, double a)
    {
        double u = 1 / x;
        double v = 1 / y;
        // powers = (v^n - u^n) / (v - u) for odd n.
        double powers = 1;
        double uPower = 1;
        double series = 0;
        foreach (double coefficient in DoubleCoefficients.Stirling)
        {
            series += coefficient * powers;
            for (int i = 0; i < 2; i++)
            {
                uPower *= u;
                powers = (powers * v) + uPower;
            }
        }

        return ((x - 0.5) * LogQuotient(x, y, a)) + ((a * (VectorMath.Log(y) - 1)) - (a * u * v * series));
    }

    // log(y / x) for y = x + a.
    private static double LogQuotient(double x, double y, double a)
    {
        if (Math.Abs(a) <= 0.5 * x)
            return VectorMath.Log1p(a / x);
        double quotient = y / x;
        return double.IsFinite(quotient) ? VectorMath.Log(quotient) : VectorMath.Log(y) - VectorMath.Log(x);
    }

    private static double Horner(double x, ReadOnlySpan<double> coefficients)
    {
        double result = coefficients[^1];
        for (int i = coefficients.Length - 2; i >= 0; i--)
            result = Math.FusedMultiplyAdd(result, x, coefficients[i]);
        return result;
    }
}
