using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Binding;

/// <summary>Which form of call a built-in function has.</summary>
internal enum BuiltInForm
{
    /// <summary>Element by element: <see cref="BuiltInFunction.Build"/> makes it.</summary>
    Elementwise,

    /// <summary>Over named axes, or all.</summary>
    Reduction,

    /// <summary><c>max</c> and <c>min</c>: of two values, or over axes.</summary>
    Extreme,

    /// <summary>Along named axes, which stay.</summary>
    AlongAxis,

    /// <summary><c>where</c>: <c>?:</c> written as a call.</summary>
    Conditional,

    /// <summary><c>div</c> and <c>mod</c>: of two integers.</summary>
    Integer,

    /// <summary><c>size</c>: of an axis.</summary>
    Size,

    /// <summary>Along one axis, from its start or from its end; the axis stays.</summary>
    Cumulative,

    /// <summary><c>scan</c>: a recurrence along one axis.</summary>
    Scan,

    /// <summary>Positions along an axis: of an extreme, or in order.</summary>
    Position,
}

/// <summary>A function of the language.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">Its form of call.</param>
/// <param name="Least">Fewest arguments.</param>
/// <param name="Most">Most arguments.</param>
/// <param name="Signature">How a call is written.</param>
/// <param name="Build">For element-wise ones: the value of bound arguments.</param>
internal sealed record BuiltInFunction(
    string Name, BuiltInForm Form, int Least, int Most, string Signature, Func<FormulaBinder, Graph, Node[], Node>? Build = null);

/// <summary>Every function of the language: rows of the op table, and those that are made of several.</summary>
internal static class BuiltInFunctions
{
    private static readonly ImmutableDictionary<string, BuiltInFunction> Table = Macros()
        .Concat(Ops.Functions.Values.Where(op => !op.Is(Ops.Detach, Ops.Abs, Ops.Clamp)).Select(FromOp))
        .ToImmutableDictionary(f => f.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Table.Keys;

    public static bool Contains(string name) => Table.ContainsKey(name);

    public static BuiltInFunction? Find(string name) => Table.TryGetValue(name, out BuiltInFunction? function) ? function : null;

    private static IEnumerable<BuiltInFunction> Macros() => new[]
    {
        // max(x, 0)
        Elementwise("relu", "relu(x)", (b, g, x) => b.Extreme(isMax: true, x[0], g.Integer(0))),
        // x * x
        Elementwise("square", "square(x)", (b, g, x) => b.Multiply(x[0], x[0])),
        // log sigmoid(x) = -softplus(-x)
        Elementwise("log_sigmoid", "log_sigmoid(x)", (b, g, x) => g.Negate(g.Apply(Ops.Softplus, g.Negate(b.ToReal(x[0]))))),
        // Integers and truth values have no gradient to cut.
        Elementwise("detach", "detach(e)", (b, g, x) => x[0].Type == Ir.ValueType.Real ? g.Apply(Ops.Detach, x[0]) : x[0]),
        // max(x, -x) of integers
        Elementwise("abs", "abs(x)", (b, g, x) => AreIntegers(x) ? b.Extreme(isMax: true, x[0], b.Negate(x[0])) : g.Apply(Ops.Abs, b.ToReal(x[0]))),
        // min(max(x, lo), hi) of integers
        new BuiltInFunction("clamp", BuiltInForm.Elementwise, 3, 3, "clamp(x, lo, hi)", (b, g, x) => AreIntegers(x)
            ? b.Extreme(isMax: false, b.Extreme(isMax: true, x[0], x[1]), x[2])
            : g.Apply(Ops.Clamp, x.Select(b.ToReal).ToArray())),
        new BuiltInFunction("where", BuiltInForm.Conditional, 3, 3, "where(cond, a, b)"),
        new BuiltInFunction("div", BuiltInForm.Integer, 2, 2, "div(a, b)", (b, g, x) => g.Apply(Ops.IntegerDivide, x)),
        new BuiltInFunction("mod", BuiltInForm.Integer, 2, 2, "mod(a, b)", (b, g, x) => g.Apply(Ops.IntegerModulo, x)),
        new BuiltInFunction("max", BuiltInForm.Extreme, 1, 2, "max(a, b)"),
        new BuiltInFunction("min", BuiltInForm.Extreme, 1, 2, "min(a, b)"),
        new BuiltInFunction("size", BuiltInForm.Size, 1, 1, "size(c)"),
        new BuiltInFunction("softmax", BuiltInForm.AlongAxis, 1, 1, "softmax[c](e)"),
        new BuiltInFunction("log_softmax", BuiltInForm.AlongAxis, 1, 1, "log_softmax[c](e)"),
    }
        .Concat(new[] { "sum", "mean", "prod", "logsumexp", "norm", "any", "all", "count" }
            .Select(name => new BuiltInFunction(name, BuiltInForm.Reduction, 1, 1, name + "(e)")))
        .Concat(new[] { "cumsum", "cummax", "cumlogsumexp" }.Select(name => new BuiltInFunction(name, BuiltInForm.Cumulative, 1, 1, name + "[t](e)")))
        .Append(new BuiltInFunction(Syntax.ReservedWords.Scan, BuiltInForm.Scan, 0, int.MaxValue, "scan[t](first, prev => next)"))
        .Concat(new[] { "argmax", "argmin", "argsort" }.Select(name => new BuiltInFunction(name, BuiltInForm.Position, 1, 1, name + "[c](e)")));

    private static bool AreIntegers(Node[] arguments) => arguments.All(a => a.Type == Ir.ValueType.Integer);

    private static BuiltInFunction Elementwise(string name, string signature, Func<FormulaBinder, Graph, Node[], Node> build) =>
        new(name, BuiltInForm.Elementwise, 1, 1, signature, build);

    private static BuiltInFunction FromOp(Op op)
    {
        string signature = op.Arity < 0 ? op.Name + "(a, b, …)" : (op.Notation ?? op.Name).Replace("{0}", "x").Replace("{1}", "lo").Replace("{2}", "hi");
        if (op.Arity == 2) signature = op.Name + "(x, y)";
        return new(
            op.Name, BuiltInForm.Elementwise, op.Arity < 0 ? 2 : op.Arity, op.Arity < 0 ? int.MaxValue : op.Arity, signature,
            (binder, graph, x) => graph.Apply(op, x.Select(binder.ToReal).ToArray()));
    }
}
