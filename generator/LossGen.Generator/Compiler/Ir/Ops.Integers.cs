namespace LossGen.Compiler.Ir;

/// <summary>Arithmetic on 64-bit integers that is not affine: values read from data.</summary>
internal static partial class Ops
{
    public static readonly Op IntegerAdd = Whole("integerAdd", "({0} + {1})", (a, b) => a + b);

    public static readonly Op IntegerSubtract = Whole("integerSubtract", "({0} - {1})", (a, b) => a - b);

    public static readonly Op IntegerMultiply = Whole("integerMultiply", "({0} * {1})", (a, b) => a * b);

    public static readonly Op IntegerMax = Whole("integerMax", "max({0}, {1})", Math.Max, "lg_imax({0}, {1})");

    public static readonly Op IntegerMin = Whole("integerMin", "min({0}, {1})", Math.Min, "lg_imin({0}, {1})");

    /// <summary>Quotient rounded down; 0 where the divisor is 0.</summary>
    public static readonly Op IntegerDivide = Whole("div", "div({0}, {1})", (a, b) => b == 0 ? 0 : Math.Floor(a / b), "lg_idiv({0}, {1})");

    /// <summary>a - b * div(a, b); 0 where the divisor is 0.</summary>
    public static readonly Op IntegerModulo = Whole("mod", "mod({0}, {1})", (a, b) => b == 0 ? 0 : a - (b * Math.Floor(a / b)), "lg_imod({0}, {1})");

    /// <summary>condition ? first : second, for integers.</summary>
    public static readonly Op IntegerSelect = new("integerSelect", 3, ValueType.Integer)
    {
        CSharp = "select({0}, {1}, {2})", C = "({0} ? {1} : {2})", Notation = "({0} ? {1} : {2})", Evaluate = x => x[0] != 0 ? x[1] : x[2],
    };

    /// <summary>32-bit lanes as 64-bit lanes; made by emission.</summary>
    public static readonly Op Widen = new("widen", 1, ValueType.Integer) { CSharp = "widen({0})", C = "{0}" };

    /// <summary>The nearest integer of 32 bits; made by emission.</summary>
    public static readonly Op Saturate = new("saturate", 1, ValueType.Integer) { CSharp = "global::System.Math.Clamp({0}, int.MinValue, int.MaxValue)", C = "{0}" };

    private static Op Whole(string name, string text, Func<double, double, double> value, string? c = null) =>
        new(name, 2, ValueType.Integer) { CSharp = text, C = c ?? text, Notation = text, Evaluate = x => value(x[0], x[1]) };
}
