namespace LossGen.Compiler.Ir;

/// <summary>Element-wise functions of real numbers.</summary>
internal static partial class Ops
{
    public static readonly Op Abs = Function("abs", "Abs", 1, Math.Abs, (g, n, d, i) => g.Multiply(d, g.Apply(Sign!, n[0])),
        range: r => r.IsPositive ? r : Interval.NonNegative, isIntrinsic: true);

    public static readonly Op Sign = Function("sign", "Sign", 1, x => double.IsNaN(x) ? x : Math.Sign(x), null, range: _ => new(-1, 1));

    /// <summary>Square root, with derivative 0 at 0.</summary>
    public static readonly Op Sqrt = Function("sqrt", "Sqrt", 4, Math.Sqrt,
        (g, n, d, i) => g.Select(g.Compare(Equal, n, g.Zero), g.Zero, g.Divide(g.Multiply(g.Half, d), n)),
        Interval.NonNegative, r => r.IsPositive ? Interval.Positive : Interval.NonNegative, isIntrinsic: true);

    public static readonly Op Exp = Function("exp", "Exp", 10, Math.Exp, (g, n, d, i) => g.Multiply(d, n), range: _ => Interval.Positive,
        ordinary: OrdinaryForm.Of("ExpOrdinary", "IsFarExponent", 1, 10).BetterBeside("expm1", "ExpOrdinaryBesideExpm1"));

    /// <summary>exp of an argument that is never positive; made by lowering.</summary>
    public static readonly Op ExpNonPositive = Function("exp of non-positive", "ExpNonPositive", 10, Math.Exp, null,
        new Interval(double.NegativeInfinity, 0), _ => Interval.Unit, isFunction: false, notation: "exp({0})");

    /// <summary>exp of how far terms are below the largest of them, whose 1 the others are added to; made by lowering. Devices round it to that 1.</summary>
    public static readonly Op ExpBelowLargest = Function("exp below largest", "ExpNonPositive", 10, Math.Exp, null,
        new Interval(double.NegativeInfinity, 0), _ => Interval.Unit, isFunction: false, notation: "exp({0})", c: "expbelowlargest");

    public static readonly Op Expm1 = Function("expm1", "Expm1", 12, SpecialFunctions.Expm1, (g, n, d, i) => g.Multiply(d, g.Apply(Exp, n[0])),
        ordinary: OrdinaryForm.Of("Expm1Ordinary", "IsFarExponent", 1, 12));

    /// <summary>expm1 of an argument that is never positive; made by lowering.</summary>
    public static readonly Op Expm1NonPositive = Function("expm1 of non-positive", "Expm1NonPositive", 11, SpecialFunctions.Expm1, null,
        new Interval(double.NegativeInfinity, 0), _ => new(-1, 0), isFunction: false, notation: "expm1({0})");

    public static readonly Op Log = Function("log", "Log", 10, Math.Log, (g, n, d, i) => g.Divide(d, n[0]), Interval.NonNegative,
        ordinary: OrdinaryForm.Of("LogOrdinary", "IsNoPositiveNormal", 1, 10));

    public static readonly Op Log1p = Function("log1p", "Log1p", 12, SpecialFunctions.Log1p, (g, n, d, i) => g.Divide(d, g.Add(g.One, n[0])),
        new Interval(-1, double.PositiveInfinity), r => r.IsNonNegative ? Interval.NonNegative : Interval.All);

    /// <summary>log(1 + x) for 0 &lt;= x &lt;= 1; made by lowering.</summary>
    public static readonly Op Log1pUnit = Function("log1p of unit", "Log1pUnit", 10, SpecialFunctions.Log1p, null, Interval.Unit, isFunction: false, notation: "log1p({0})");

    /// <summary>log x for finite x &gt;= 1; made by lowering.</summary>
    public static readonly Op LogFromOne = Function("log from one", "LogFromOne", 10, Math.Log, null,
        new Interval(1, double.PositiveInfinity), _ => Interval.NonNegative, isFunction: false, notation: "log({0})", c: "log");

    /// <summary>log(1 - exp(x)) for x &lt; 0.</summary>
    public static readonly Op Log1mExp = Function("log1mexp", "Log1mExp", 20, SpecialFunctions.Log1mExp,
        // d/dx log(1 - e^x) = -e^x / (1 - e^x) = -1 / expm1(-x)
        (g, n, d, i) => g.Negate(g.Divide(d, g.Apply(Expm1, g.Negate(n[0])))),
        new Interval(double.NegativeInfinity, 0));

    public static readonly Op Sin = Function("sin", "Sin", 12, Math.Sin, (g, n, d, i) => g.Multiply(d, g.Apply(Cos!, n[0])), range: _ => new(-1, 1));

    public static readonly Op Cos = Function("cos", "Cos", 12, Math.Cos, (g, n, d, i) => g.Negate(g.Multiply(d, g.Apply(Sin, n[0]))), range: _ => new(-1, 1));

    public static readonly Op Tan = Function("tan", "Tan", 16, Math.Tan, (g, n, d, i) => g.Multiply(d, g.Add(g.One, g.Multiply(n, n))));

    public static readonly Op Atan = Function("atan", "Atan", 12, Math.Atan, (g, n, d, i) => g.Divide(d, g.Add(g.One, g.Multiply(n[0], n[0]))),
        range: _ => new(-Math.PI / 2, Math.PI / 2));

    public static readonly Op Sinh = Function("sinh", "Sinh", 16, Math.Sinh, (g, n, d, i) => g.Multiply(d, g.Apply(Cosh!, n[0])));

    public static readonly Op Cosh = Function("cosh", "Cosh", 16, Math.Cosh, (g, n, d, i) => g.Multiply(d, g.Apply(Sinh, n[0])),
        range: _ => new(1, double.PositiveInfinity));

    public static readonly Op Tanh = Function("tanh", "Tanh", 14, Math.Tanh, (g, n, d, i) => g.Multiply(d, g.Subtract(g.One, g.Multiply(n, n))), range: _ => new(-1, 1));

    public static readonly Op Sigmoid = Function("sigmoid", "Sigmoid", 14, SpecialFunctions.Sigmoid,
        // s' = s - s^2: from s alone, so that a kernel may keep s and forget x
        (g, n, d, i) => g.Multiply(d, g.Subtract(n, g.Multiply(n, n))),
        range: _ => new(0, 1, LowOpen: true, HighOpen: true));

    public static readonly Op Softplus = Function("softplus", "Softplus", 20, SpecialFunctions.Softplus, (g, n, d, i) => g.Multiply(d, g.Apply(Sigmoid, n[0])),
        range: _ => Interval.Positive);

    /// <summary>log(cosh(x)); made by rewriting.</summary>
    public static readonly Op LogCosh = Function("log cosh", "LogCosh", 30, SpecialFunctions.LogCosh, (g, n, d, i) => g.Multiply(d, g.Apply(Tanh!, n[0])),
        range: _ => Interval.NonNegative, isFunction: false, notation: "log(cosh({0}))");

    /// <summary>The same of x and exp(-2|x|), which tanh(x) has as well; made by lowering.</summary>
    public static readonly Op LogCoshOfDecay = new("log cosh of decay", 2, ValueType.Real)
    {
        Cost = 14,
        Range = _ => Interval.NonNegative,
        CSharp = "VectorMath.LogCosh({0}, {1})", C = "lg_logcosh({0}, {1})", Notation = "log(cosh({0}))",
        Evaluate = x => SpecialFunctions.LogCosh(x[0]),
    };

    public static readonly Op Erf = Function("erf", "Erf", 20, SpecialFunctions.Erf,
        // erf' = 2 / sqrt(pi) exp(-x^2)
        (g, n, d, i) => g.Multiply(d, g.Multiply(g.Constant(2 / Math.Sqrt(Math.PI)), g.Apply(Exp, g.Negate(g.Multiply(n[0], n[0]))))), range: _ => new(-1, 1));

    public static readonly Op Erfc = Function("erfc", "Erfc", 24, SpecialFunctions.Erfc,
        (g, n, d, i) => g.Multiply(d, g.Multiply(g.Constant(-2 / Math.Sqrt(Math.PI)), g.Apply(Exp, g.Negate(g.Multiply(n[0], n[0]))))),
        range: _ => new(0, 2, LowOpen: true));

    public static readonly Op LogGamma = Function("lgamma", "LogGamma", 40, SpecialFunctions.LogGamma, (g, n, d, i) => g.Multiply(d, g.Apply(Digamma!, n[0])));

    public static readonly Op Digamma = Function("digamma", "Digamma", 40, SpecialFunctions.Digamma, (g, n, d, i) => g.Multiply(d, g.Apply(Trigamma!, n[0])));

    /// <summary>The second derivative of lgamma; made by differentiation.</summary>
    public static readonly Op Trigamma = Function("trigamma", "Trigamma", 40, SpecialFunctions.Trigamma, (g, n, d, i) => g.Multiply(d, g.Apply(Tetragamma!, n[0])), isFunction: false);

    /// <summary>The third derivative of lgamma; made by differentiating twice.</summary>
    public static readonly Op Tetragamma = Function("tetragamma", "Tetragamma", 60, SpecialFunctions.Tetragamma, null, isFunction: false);

    /// <summary>log of the modified Bessel function of order 0.</summary>
    public static readonly Op LogI0 = Function("log_i0", "LogI0", 30, SpecialFunctions.LogI0, (g, n, d, i) => g.Multiply(d, g.Apply(BesselRatio!, n[0])),
        range: _ => Interval.NonNegative);

    /// <summary>I1(x) / I0(x), the derivative of log_i0.</summary>
    public static readonly Op BesselRatio = Function("bessel ratio", "BesselRatio", 30, SpecialFunctions.BesselRatio,
        // (I1/I0)' = 1 - r/x - r^2, and 1/2 at 0
        (g, n, d, i) => g.Multiply(d, g.Select(
            g.Compare(Equal, n[0], g.Zero),
            g.Half,
            g.Subtract(g.Subtract(g.One, g.Divide(n, n[0])), g.Multiply(n, n)))),
        range: _ => new(-1, 1), isFunction: false, notation: "I1({0}) / I0({0})");

    public static readonly Op Floor = Function("floor", "Floor", 1, Math.Floor, null, isIntrinsic: true);

    public static readonly Op Ceil = Function("ceil", "Ceiling", 1, Math.Ceiling, null, isIntrinsic: true);

    /// <summary>Nearest integer, half to even.</summary>
    public static readonly Op Round = Function("round", "Round", 1, x => Math.Round(x, MidpointRounding.ToEven), null, isIntrinsic: true);

    /// <summary>min(max(x, lo), hi), with derivative 1 by x inside and at the ends.</summary>
    public static readonly Op Clamp = new("clamp", 3, ValueType.Real)
    {
        IsFunction = true,
        CSharp = "VectorMath.Min(VectorMath.Max({0}, {1}), {2})", C = "lg_min(lg_max({0}, {1}), {2})", Notation = "clamp({0}, {1}, {2})",
        Evaluate = x => x.Any(double.IsNaN) ? double.NaN : Math.Min(Math.Max(x[0], x[1]), x[2]),
        Range = r => new Interval(Math.Min(Math.Max(r[0].Low, r[1].Low), r[2].Low), Math.Min(Math.Max(r[0].High, r[1].High), r[2].High)),
        Adjoint = (g, n, d, i) => i switch
        {
            0 => g.Select(g.And(g.Compare(GreaterOrEqual, n[0], n[1]), g.Compare(LessOrEqual, n[0], n[2])), d, g.Zero),
            1 => g.Select(g.And(g.Compare(Less, n[0], n[1]), g.Compare(LessOrEqual, n[1], n[2])), d, g.Zero),
            _ => g.Select(g.Or(g.Compare(Greater, n[0], n[2]), g.Compare(Greater, n[1], n[2])), d, g.Zero),
        },
    };

    /// <summary>x log y, 0 at x = 0, with derivative by y 0 there.</summary>
    public static readonly Op XLogY = new("xlogy", 2, ValueType.Real)
    {
        IsFunction = true,
        Cost = 12,
        CSharp = "VectorMath.XLogY({0}, {1})", C = "lg_xlogy({0}, {1})", Notation = "xlogy({0}, {1})",
        Ordinary = OrdinaryForm.Of("XLogYOrdinary", "IsUnusualXLogY", 2, 12),
        Evaluate = x => x[0] == 0 && !double.IsNaN(x[1]) ? 0 : x[0] * Math.Log(x[1]),
        Adjoint = (g, n, d, i) => i == 0
            ? g.Multiply(d, g.Apply(Log, n[1]))
            : g.Select(g.Compare(Equal, n[0], g.Zero), g.Zero, g.Multiply(d, g.Divide(n[0], n[1]))),
    };

    /// <summary>log a - log b; made by lowering.</summary>
    public static readonly Op LogRatio = new("log ratio", 2, ValueType.Real)
    {
        Cost = 14,
        CSharp = "VectorMath.LogRatio({0}, {1})", C = "lg_logratio({0}, {1})", Notation = "(log({0}) - log({1}))",
        Ordinary = OrdinaryForm.Of("LogRatioOrdinary", "IsUnusualRatio", 2, 14),
        Evaluate = x => Math.Log(x[0]) - Math.Log(x[1]),
    };

    /// <summary>x (log a - log b), 0 at x = 0; made by lowering.</summary>
    public static readonly Op XLogRatio = new("xlog ratio", 3, ValueType.Real)
    {
        Cost = 16,
        CSharp = "VectorMath.XLogRatio({0}, {1}, {2})", C = "lg_xlogratio({0}, {1}, {2})", Notation = "(xlogy({0}, {1}) - xlogy({0}, {2}))",
        Ordinary = OrdinaryForm.Of("XLogRatioOrdinary", "IsUnusualXLogRatio", 3, 16),
        Evaluate = x => x[0] == 0 && !double.IsNaN(x[1]) && !double.IsNaN(x[2]) ? 0 : x[0] * (Math.Log(x[1]) - Math.Log(x[2])),
    };

    /// <summary>log(sum of exp) of its arguments.</summary>
    public static readonly Op LogAddExp = new("logaddexp", -1, ValueType.Real)
    {
        IsFunction = true,
        Cost = 24,
        Notation = "logaddexp",
        Evaluate = SpecialFunctions.LogAddExp,
        Adjoint = (g, n, d, i) => g.Multiply(d, g.Apply(LogAddExpWeight!, n.Arguments.Insert(0, n[i]).ToArray())),
    };

    /// <summary>exp(x - logaddexp of the others), 0 where these are all -inf: the derivative of logaddexp by x, one of them; made by differentiation.</summary>
    public static readonly Op LogAddExpWeight = new("logaddexp weight", -1, ValueType.Real)
    {
        Cost = 12,
        Notation = "softmax",
        Evaluate = x => SpecialFunctions.LogAddExp(x.Skip(1).ToArray()) is var n && double.IsNegativeInfinity(n) ? 0 : Math.Exp(x[0] - n),
        Range = _ => Interval.NonNegative,
        Adjoint = (g, n, d, i) => i == 0
            ? g.Multiply(d, n)
            : g.Negate(g.Multiply(d, g.Multiply(n, g.Apply(LogAddExpWeight!, n.Arguments.SetItem(0, n[i]).ToArray())))),
    };

    /// <summary>exp(x - n) for n = logsumexp of x, 0 where n is -inf: the derivative of logsumexp; made by differentiation.</summary>
    public static readonly Op SoftmaxWeight = new("softmax weight", 2, ValueType.Real)
    {
        Cost = 10,
        Notation = "exp({0} - {1})",
        Evaluate = x => double.IsNegativeInfinity(x[1]) ? 0 : Math.Exp(x[0] - x[1]),
        Range = _ => Interval.Unit,
        Adjoint = (g, n, d, i) => i == 0 ? g.Multiply(d, n) : g.Negate(g.Multiply(d, n)),
    };

    /// <summary>lgamma(x + a) - lgamma(x) without cancellation for large x; made by rewriting.</summary>
    public static readonly Op LogGammaDelta = new("lgamma delta", 2, ValueType.Real)
    {
        Cost = 60,
        CSharp = "VectorMath.LogGammaDelta({0}, {1})", C = "lg_lgamma_delta({0}, {1})", Notation = "(lgamma({0} + {1}) - lgamma({0}))",
        Evaluate = x => SpecialFunctions.LogGammaDelta(x[0], x[1]),
        Adjoint = (g, n, d, i) => i == 0
            ? g.Multiply(d, g.Apply(DigammaDelta!, n[0], n[1]))
            : g.Multiply(d, g.Apply(Digamma, g.Add(n[0], n[1]))),
    };

    /// <summary>digamma(x + a) - digamma(x) without cancellation for large x; made by differentiation.</summary>
    public static readonly Op DigammaDelta = new("digamma delta", 2, ValueType.Real)
    {
        Cost = 60,
        CSharp = "VectorMath.DigammaDelta({0}, {1})", C = "lg_digamma_delta({0}, {1})", Notation = "(digamma({0} + {1}) - digamma({0}))",
        Evaluate = x => SpecialFunctions.DigammaDelta(x[0], x[1]),
        Adjoint = (g, n, d, i) => i == 0
            ? g.Multiply(d, g.Subtract(g.Apply(Trigamma, g.Add(n[0], n[1])), g.Apply(Trigamma, n[0])))
            : g.Multiply(d, g.Apply(Trigamma, g.Add(n[0], n[1]))),
    };

    private static Op Function(
        string name, string method, int cost, Func<double, double> value, AdjointRule? adjoint,
        Interval? domain = null, Func<Interval, Interval>? range = null, bool isFunction = true, string? notation = null, bool isIntrinsic = false,
        OrdinaryForm? ordinary = null, string? c = null) => new(name, 1, ValueType.Real)
        {
            Ordinary = ordinary,
            IsFunction = isFunction,
            Cost = cost,
            CSharp = $"VectorMath.{method}({{0}})",
            Intrinsic = isIntrinsic ? method : null,
            C = $"lg_{c ?? method.ToLowerInvariant()}({{0}})",
            Notation = notation ?? name + "({0})",
            Evaluate = x => value(x[0]),
            Adjoint = adjoint,
            Domain = domain is { } d ? new[] { d } : null,
            Range = range is null ? null : r => range(r[0]),
        };
}
