namespace LossGen.Compiler.Ir;

/// <summary>Arithmetic on real numbers.</summary>
internal static partial class Ops
{
    public static readonly Op Add = new("add", 2, ValueType.Real)
    {
        CSharp = "({0} + {1})", C = "({0} + {1})", Notation = "({0} + {1})",
        Evaluate = x => x[0] + x[1],
        Range = r => r[0] + r[1],
        Adjoint = (g, n, d, i) => d,
    };

    public static readonly Op Subtract = new("subtract", 2, ValueType.Real)
    {
        CSharp = "({0} - {1})", C = "({0} - {1})", Notation = "({0} - {1})",
        Evaluate = x => x[0] - x[1],
        Range = r => r[0] + r[1].Negated,
        Adjoint = (g, n, d, i) => i == 0 ? d : g.Negate(d),
    };

    public static readonly Op Multiply = new("multiply", 2, ValueType.Real)
    {
        CSharp = "({0} * {1})", C = "({0} * {1})", Notation = "({0} * {1})",
        Evaluate = x => x[0] * x[1],
        Range = r => r[0] * r[1],
        Adjoint = (g, n, d, i) => g.Multiply(d, n[1 - i]),
    };

    public static readonly Op Divide = new("divide", 2, ValueType.Real)
    {
        Cost = 4,
        CSharp = "({0} / {1})", C = "({0} / {1})", Notation = "({0} / {1})",
        Evaluate = x => x[0] / x[1],
        Range = r => r[1].IsPositive ? (r[0].IsPositive ? Interval.Positive : r[0].IsNonNegative ? Interval.NonNegative : Interval.All) : Interval.All,
        Adjoint = (g, n, d, i) => i == 0 ? g.Divide(d, n[1]) : g.Negate(g.Multiply(d, g.Divide(n, n[1]))),
    };

    /// <summary>a / b for 1 &lt;= b &lt;= 2, which needs no care for what overflows; made by lowering.</summary>
    public static readonly Op DivideByOneToTwo = new("divide by one to two", 2, ValueType.Real)
    {
        Cost = 4,
        CSharp = "({0} / {1})", C = "lg_overonetotwo({0}, {1})", Notation = "({0} / {1})",
        Domain = [Interval.All, new Interval(1, 2)],
        Evaluate = Divide.Evaluate,
        Range = Divide.Range,
    };

    public static readonly Op Negate = new("negate", 1, ValueType.Real)
    {
        CSharp = "(-{0})", C = "(-{0})", Notation = "-{0}",
        Evaluate = x => -x[0],
        Range = r => r[0].Negated,
        Adjoint = (g, n, d, i) => g.Negate(d),
    };

    /// <summary>x^y; at x = 0 the derivative by x is 0 for 0 &lt;= y &lt; 1, and x^0 is 1 with derivative 0.</summary>
    public static readonly Op Power = new("power", 2, ValueType.Real)
    {
        Cost = 30,
        CSharp = "VectorMath.Pow({0}, {1})", C = "lg_pow({0}, {1})", Notation = "{0}^{1}",
        Ordinary = OrdinaryForm.Of("PowOrdinary", null, 2, 40),
        Evaluate = x => x[1] == 0 ? 1 : Math.Pow(x[0], x[1]),
        Range = r => r[0].IsPositive ? Interval.Positive : r[0].IsNonNegative ? Interval.NonNegative : Interval.All,
        Adjoint = (g, n, d, i) =>
        {
            Node x = n[0], y = n[1];
            if (i == 1)
            {
                // d(x^y)/dy = x^y log x, 0 at x = 0
                return g.Select(g.Compare(Equal!, x, g.Zero), g.Zero, g.Multiply(d, g.Multiply(n, g.Apply(Log!, x))));
            }

            // d(x^y)/dx = y x^(y - 1)
            Node slope = g.Multiply(d, g.Multiply(y, g.Apply(Power!, x, g.Subtract(y, g.One))));
            Node flat = g.Or(g.Compare(Equal!, y, g.Zero), g.And(g.Compare(Equal!, x, g.Zero), g.And(g.Compare(Less!, g.Zero, y), g.Compare(Less!, y, g.One))));
            return g.Select(flat, g.Zero, slope);
        },
    };

    /// <summary>x^y of x, x^(y - 1) and y; made by lowering.</summary>
    public static readonly Op PowerFrom = new("power from less", 3, ValueType.Real)
    {
        Cost = 3,
        CSharp = "VectorMath.PowFrom({0}, {1}, {2})", C = "lg_powfrom({0}, {1}, {2})", Notation = "{0}^{2}",
        Ordinary = OrdinaryForm.Of("PowFromOrdinary", "IsUnusualPowFrom", 3, 1),
        Evaluate = x => x[2] == 0 ? 1 : Math.Pow(x[0], x[2]),
    };

    /// <summary>Greater of two; NaN wins. Half the gradient each at a tie of two variables; 0 at a tie with a constant.</summary>
    public static readonly Op Max = new("max", 2, ValueType.Real)
    {
        CSharp = "VectorMath.Max({0}, {1})", Intrinsic = "Max", C = "lg_max({0}, {1})", Notation = "max({0}, {1})",
        Evaluate = x => double.IsNaN(x[0]) || double.IsNaN(x[1]) ? double.NaN : Math.Max(x[0], x[1]),
        Range = r => new Interval(Math.Max(r[0].Low, r[1].Low), Math.Max(r[0].High, r[1].High), r[0].Low > r[1].Low ? r[0].LowOpen : r[1].Low > r[0].Low ? r[1].LowOpen : r[0].LowOpen || r[1].LowOpen),
        Adjoint = (g, n, d, i) => ExtremeAdjoint(g, n, d, i, Greater!),
    };

    /// <summary>Lesser of two; NaN wins.</summary>
    public static readonly Op Min = new("min", 2, ValueType.Real)
    {
        CSharp = "VectorMath.Min({0}, {1})", Intrinsic = "Min", C = "lg_min({0}, {1})", Notation = "min({0}, {1})",
        Evaluate = x => double.IsNaN(x[0]) || double.IsNaN(x[1]) ? double.NaN : Math.Min(x[0], x[1]),
        Range = r => new Interval(Math.Min(r[0].Low, r[1].Low), Math.Min(r[0].High, r[1].High), r[0].Low < r[1].Low ? r[0].LowOpen : r[1].Low < r[0].Low ? r[1].LowOpen : r[0].LowOpen && r[1].LowOpen),
        Adjoint = (g, n, d, i) => ExtremeAdjoint(g, n, d, i, Less!),
    };

    /// <summary>The cheapest maximum; made by lowering where a NaN operand surfaces in another term.</summary>
    public static readonly Op NativeMax = new("native max", 2, ValueType.Real)
    {
        CSharp = "VectorMath.MaxNative({0}, {1})", Intrinsic = "MaxNative", C = "lg_max({0}, {1})", Notation = "max({0}, {1})",
        Evaluate = x => Math.Max(x[0], x[1]),
    };

    /// <summary>The cheapest minimum; made by lowering where a NaN operand surfaces in another term.</summary>
    public static readonly Op NativeMin = new("native min", 2, ValueType.Real)
    {
        CSharp = "VectorMath.MinNative({0}, {1})", Intrinsic = "MinNative", C = "lg_min({0}, {1})", Notation = "min({0}, {1})",
        Evaluate = x => Math.Min(x[0], x[1]),
    };

    /// <summary>a b + c with one rounding where the machine has the instruction; made by emission.</summary>
    public static readonly Op MultiplyAdd = new("multiply-add", 3, ValueType.Real)
    {
        CSharp = "VectorMath.MultiplyAdd({0}, {1}, {2})", Intrinsic = "MultiplyAddEstimate", C = "lg_fma({0}, {1}, {2})", Notation = "({0} * {1} + {2})",
        Evaluate = x => (x[0] * x[1]) + x[2],
    };

    /// <summary>a where b is 1, and 0 where b is 0, even if a is infinite or NaN; made by emission.</summary>
    public static readonly Op Counted = new("counted", 2, ValueType.Real)
    {
        CSharp = "VectorMath.Counted({0}, {1})", C = "({1} != 0 ? {0} : 0)", Notation = "({1} != 0 ? {0} : 0)",
        Evaluate = x => x[1] != 0 ? x[0] : 0,
    };

    /// <summary>a times the sign of b, where a is NaN if b is; made by lowering.</summary>
    public static readonly Op WithSign = new("with sign", 2, ValueType.Real)
    {
        CSharp = "VectorMath.WithSign({0}, {1})", C = "({0} * lg_sign({1}))", Notation = "({0} * sign({1}))",
        Evaluate = x => x[0] * (double.IsNaN(x[1]) ? x[1] : Math.Sign(x[1])),
    };

    private static Node? ExtremeAdjoint(Graph g, Node n, Node d, int i, Op ahead)
    {
        Node wins = g.Compare(ahead, n[i], n[1 - i]);
        if (n[1 - i].Is(Constant)) return g.Select(wins, d, g.Zero); // 0 at the kink
        Node tie = g.Compare(Equal, n[0], n[1]);
        return g.Select(wins, d, g.Select(tie, g.Multiply(g.Half, d), g.Zero));
    }
}
