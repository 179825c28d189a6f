using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

internal static partial class RuleTables
{
    /// <summary>
    /// Logarithms of products, quotients and powers of values known to be positive: the argument may leave the range of floating
    /// point where the logarithm is an ordinary number. They come after the forms that have a function of their own.
    /// </summary>
    public static ImmutableArray<RewriteRule> Logarithms { get; } = ImmutableArray.Create<RewriteRule>(
        new("log(a * a)", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Multiply) && ReferenceEquals(n[0][0], n[0][1]) && IsPositive(n[0][0]) ? g.Multiply(g.Constant(2), Log(g, n[0][0])) : null), // log(a^2) -> 2 log(a), a > 0
        new("log(a^k)", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Power) && IsPositive(n[0][0]) ? g.Multiply(n[0][1], Log(g, n[0][0])) : null), // log(a^k) -> k log(a), a > 0
        new("log(sqrt(a))", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Sqrt) && IsPositive(n[0][0]) ? g.Multiply(g.Half, Log(g, n[0][0])) : null), // log(sqrt(a)) -> log(a) / 2, a > 0
        new("log(a * b)", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Multiply) && MayLeaveRange(n[0]) ? g.Add(Log(g, n[0][0]), Log(g, n[0][1])) : null), // log(a b) -> log(a) + log(b), a, b > 0
        new("log(1 / a)", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Divide) && n[0][0].IsConstant(1) && IsPositive(n[0][1]) ? g.Negate(Log(g, n[0][1])) : null), // log(1 / a) -> -log(a), a > 0
        new("log(a / b)", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Divide) && MayLeaveRange(n[0]) ? g.Subtract(Log(g, n[0][0]), Log(g, n[0][1])) : null), // log(a / b) -> log(a) - log(b), a, b > 0
        new("log(c ? a : b)", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Select) && HasLogarithm(n[0][1]) && HasLogarithm(n[0][2])
            ? g.Select(n[0][0], Log(g, n[0][1]), Log(g, n[0][2])) : null)); // log(c ? sigmoid(x) : sigmoid(-x)) -> c ? log_sigmoid(x) : log_sigmoid(-x)

    private static Node Log(Graph graph, Node node) => graph.Apply(Ops.Log, node);

    private static bool IsPositive(Node node) => new ValueRanges().Of(node).IsPositive;

    // A constant factor moves the argument by a fixed amount: not worth a second logarithm.
    private static bool MayLeaveRange(Node node) =>
        node.Arguments.All(a => !a.Is(Ops.Constant) && !a.Axes.IsEmpty && IsPositive(a)) && node.Arguments.Any(HasLogarithm);

    /// <summary>Whether the logarithm of a value is simpler than the value: it vanishes far from where its logarithm overflows.</summary>
    private static bool HasLogarithm(Node node) =>
        node.Op.Is(Ops.Exp, Ops.Sigmoid) || (node.Is(Ops.Power) && IsPositive(node[0])) || (node.Op.Is(Ops.Multiply, Ops.Divide) && node.Arguments.All(HasLogarithm));
}
