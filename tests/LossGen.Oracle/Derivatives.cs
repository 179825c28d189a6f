using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Oracle;

/// <summary>
/// Partial derivatives of element-wise operations, with the language's conventions at kinks and poles.
/// Written apart from the op table's adjoints, which are tested against these.
/// </summary>
internal static class Derivatives
{
    /// <summary>The derivative of a function of one argument, given the argument and the value.</summary>
    private static readonly ImmutableDictionary<string, Func<double, double, double>> OfOne = new Dictionary<string, Func<double, double, double>>
    {
        ["negate"] = (x, y) => -1,
        ["real"] = (x, y) => 0,
        ["abs"] = (x, y) => double.IsNaN(x) ? x : Math.Sign(x),
        ["sign"] = (x, y) => 0,
        ["floor"] = (x, y) => 0,
        ["ceil"] = (x, y) => 0,
        ["round"] = (x, y) => 0,
        ["sqrt"] = (x, y) => x == 0 ? 0 : 1 / (2 * y),
        ["exp"] = (x, y) => y,
        ["exp of non-positive"] = (x, y) => y,
        ["exp below largest"] = (x, y) => y,
        ["expm1"] = (x, y) => Math.Exp(x),
        ["expm1 of non-positive"] = (x, y) => Math.Exp(x),
        ["log"] = (x, y) => 1 / x,
        ["log1p"] = (x, y) => 1 / (1 + x),
        ["log1p of unit"] = (x, y) => 1 / (1 + x),
        ["log from one"] = (x, y) => 1 / x,
        ["log1mexp"] = (x, y) => 1 / -SpecialFunctions.Expm1(-x),
        ["sin"] = (x, y) => Math.Cos(x),
        ["cos"] = (x, y) => -Math.Sin(x),
        ["tan"] = (x, y) => 1 / (Math.Cos(x) * Math.Cos(x)),
        ["atan"] = (x, y) => 1 / (1 + (x * x)),
        ["sinh"] = (x, y) => Math.Cosh(x),
        ["cosh"] = (x, y) => Math.Sinh(x),
        ["tanh"] = (x, y) => 1 / (Math.Cosh(x) * Math.Cosh(x)),
        ["sigmoid"] = (x, y) => SigmoidSlope(x),
        ["softplus"] = (x, y) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
        ["log cosh"] = (x, y) => Math.Tanh(x),
        ["erf"] = (x, y) => 2 / Math.Sqrt(Math.PI) * Math.Exp(-(x * x)),
        ["erfc"] = (x, y) => -2 / Math.Sqrt(Math.PI) * Math.Exp(-(x * x)),
        ["lgamma"] = (x, y) => SpecialFunctions.Digamma(x),
        ["digamma"] = (x, y) => SpecialFunctions.Trigamma(x),
        ["trigamma"] = (x, y) => SpecialFunctions.Tetragamma(x),
        ["log_i0"] = (x, y) => SpecialFunctions.BesselRatio(x),
        // Riccati's equation of I1/I0
        ["bessel ratio"] = (x, y) => x == 0 ? 0.5 : 1 - (y / x) - (y * y),
    }.ToImmutableDictionary();

    /// <summary>The derivative by one of several arguments.</summary>
    private static readonly ImmutableDictionary<string, Func<double[], double, int, bool[], double>> OfSeveral = new Dictionary<string, Func<double[], double, int, bool[], double>>
    {
        ["add"] = (x, y, i, literal) => 1,
        ["subtract"] = (x, y, i, literal) => i == 0 ? 1 : -1,
        ["multiply"] = (x, y, i, literal) => x[1 - i],
        ["divide"] = (x, y, i, literal) => i == 0 ? 1 / x[1] : -x[0] / x[1] / x[1],
        ["power"] = (x, y, i, literal) => i == 0 ? PowerByBase(x[0], x[1]) : x[0] == 0 ? 0 : y * Math.Log(x[0]),
        ["power from less"] = (x, y, i, literal) => i == 0 ? PowerByBase(x[0], x[2]) : i == 1 || x[0] == 0 ? 0 : y * Math.Log(x[0]),
        ["max"] = (x, y, i, literal) => Extreme(x[i] > x[1 - i], x, literal[1 - i]),
        ["native max"] = (x, y, i, literal) => Extreme(x[i] > x[1 - i], x, literal[1 - i]),
        ["native min"] = (x, y, i, literal) => Extreme(x[i] < x[1 - i], x, literal[1 - i]),
        ["min"] = (x, y, i, literal) => Extreme(x[i] < x[1 - i], x, literal[1 - i]),
        ["clamp"] = (x, y, i, literal) => Clamp(x[0], x[1], x[2], i),
        ["xlogy"] = (x, y, i, literal) => i == 0 ? Math.Log(x[1]) : x[0] == 0 ? 0 : x[0] / x[1],
        ["log ratio"] = (x, y, i, literal) => i == 0 ? 1 / x[0] : -1 / x[1],
        ["log cosh of decay"] = (x, y, i, literal) => i == 0 ? Math.Tanh(x[0]) : 0,
        ["xlog ratio"] = (x, y, i, literal) => i == 0 ? Math.Log(x[1]) - Math.Log(x[2]) : x[0] == 0 ? 0 : i == 1 ? x[0] / x[1] : -x[0] / x[2],
        ["logaddexp"] = (x, y, i, literal) => double.IsNegativeInfinity(y) ? 0 : Math.Exp(x[i] - y),
        ["softmax weight"] = (x, y, i, literal) => i == 0 ? y : -y,
        ["logaddexp weight"] = (x, y, i, literal) => i == 0 ? y : y == 0 ? 0 : -y * Math.Exp(x[i] - SpecialFunctions.LogAddExp(x[1..])),
        ["digamma delta"] = (x, y, i, literal) => SpecialFunctions.Trigamma(x[0] + x[1]) - (i == 0 ? SpecialFunctions.Trigamma(x[0]) : 0),
        ["lgamma delta"] = (x, y, i, literal) => SpecialFunctions.Digamma(x[0] + x[1]) - (i == 0 ? SpecialFunctions.Digamma(x[0]) : 0),
    }.ToImmutableDictionary();

    /// <summary>Whether a rule is written for an operation.</summary>
    public static bool Knows(Op op) => OfOne.ContainsKey(op.Name) || OfSeveral.ContainsKey(op.Name);

    /// <summary>The derivative by argument <paramref name="i"/> at arguments x with value y; literal arguments were written as numbers.</summary>
    public static double By(Op op, double[] x, double y, int i, bool[] literal) =>
        OfOne.TryGetValue(op.Name, out Func<double, double, double>? one) ? one(x[0], y) : OfSeveral[op.Name](x, y, i, literal);

    private static double SigmoidSlope(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return e / ((1 + e) * (1 + e));
    }

    private static double PowerByBase(double x, double y)
    {
        if (y == 0 || (x == 0 && y > 0 && y < 1)) return 0;
        return y * Math.Pow(x, y - 1);
    }

    private static double Extreme(bool wins, double[] x, bool otherIsLiteral) => wins ? 1 : x[0] == x[1] && !otherIsLiteral ? 0.5 : 0;

    private static double Clamp(double x, double low, double high, int i)
    {
        // min(max(x, low), high): the upper end has the last word.
        bool above = Math.Max(x, low) > high, below = x < low;
        return (above ? 2 : below ? 1 : 0) == i ? 1 : 0;
    }
}
