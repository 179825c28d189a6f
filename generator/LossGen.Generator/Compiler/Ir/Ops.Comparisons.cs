namespace LossGen.Compiler.Ir;

/// <summary>Comparisons of two reals or two integers, and logic on truth values. Lane masks print through the same texts.</summary>
internal static partial class Ops
{
    public static readonly Op Less = Comparison("less", "<", (a, b) => a < b);

    public static readonly Op LessOrEqual = Comparison("lessOrEqual", "<=", (a, b) => a <= b);

    public static readonly Op Greater = Comparison("greater", ">", (a, b) => a > b);

    public static readonly Op GreaterOrEqual = Comparison("greaterOrEqual", ">=", (a, b) => a >= b);

    public static readonly Op Equal = Comparison("equal", "==", (a, b) => a == b);

    public static readonly Op NotEqual = Comparison("notEqual", "!=", (a, b) => a != b);

    public static readonly Op And = new("and", 2, ValueType.Truth)
    {
        CSharp = "({0} & {1})", C = "({0} && {1})", Notation = "({0} && {1})", Evaluate = x => x[0] != 0 && x[1] != 0 ? 1 : 0,
    };

    public static readonly Op Or = new("or", 2, ValueType.Truth)
    {
        CSharp = "({0} | {1})", C = "({0} || {1})", Notation = "({0} || {1})", Evaluate = x => x[0] != 0 || x[1] != 0 ? 1 : 0,
    };

    public static readonly Op Not = new("not", 1, ValueType.Truth)
    {
        CSharp = "not({0})", C = "(!{0})", Notation = "!{0}", Evaluate = x => x[0] == 0 ? 1 : 0,
    };

    private static Op Comparison(string name, string sign, Func<double, double, bool> holds) => new(name, 2, ValueType.Truth)
    {
        CSharp = "({0} " + sign + " {1})",
        C = "({0} " + sign + " {1})",
        Notation = "({0} " + sign + " {1})",
        Evaluate = x => holds(x[0], x[1]) ? 1 : 0,
    };
}
