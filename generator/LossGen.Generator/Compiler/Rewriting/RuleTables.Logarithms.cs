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
        new("log(prod(a))", Ops.Log, Fidelity.Accurate, (g, n) => n[0].IsReduction(ReductionKind.Product) && IsNonNegative(n[0][0])
            ? g.Reduce(ReductionKind.Sum, n[0].Reduction.Ranges, Log(g, n[0][0])) : null), // log(prod[c](a)) -> sum[c](log(a)), a >= 0
        new("xlogy(x, exp(y))", Ops.XLogY, Fidelity.Accurate, (g, n) => HasLogarithm(n[1]) ? TimesLog(g, n[0], n[1]) : null), // xlogy(x, a) -> x log(a), 0 at x = 0
        new("log(c ? a : b)", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Select) && HasLogarithms(n[0][1], n[0][2])
            ? g.Select(n[0][0], Log(g, n[0][1]), Log(g, n[0][2])) : null)); // log(c ? sigmoid(x) : sigmoid(-x)) -> c ? log_sigmoid(x) : log_sigmoid(-x)

    private static Node Log(Graph graph, Node node) => graph.Apply(Ops.Log, node);

    private static bool IsPositive(Node node) => new ValueRanges().Of(node).IsPositive;

    private static bool IsNonNegative(Node node) => new ValueRanges().Of(node).IsNonNegative;

    // An infinite logarithm, that of a value that vanishes or overflows, counts nothing at x = 0 either.
    private static Node TimesLog(Graph graph, Node x, Node value)
    {
        Node log = Log(graph, value);
        Node isNothing = graph.And(graph.Compare(Ops.Equal, x, graph.Zero), graph.Compare(Ops.Equal, graph.Apply(Ops.Abs, log), graph.Constant(double.PositiveInfinity)));
        return graph.Select(isNothing, graph.Zero, graph.Multiply(x, log));
    }

    private static bool MayLeaveRange(Node node) => node.Arguments.All(IsPositive) && node.Arguments.Any(HasLogarithm);

    // Of branches that are constants, as in c ? exp(x) : 1, the logarithms are constants too.
    private static bool HasLogarithms(Node first, Node second) =>
        (HasLogarithm(first) || first.Is(Ops.Constant)) && (HasLogarithm(second) || second.Is(Ops.Constant)) && (HasLogarithm(first) || HasLogarithm(second));

    /// <summary>Whether the logarithm of a value is simpler than the value: it vanishes far from where its logarithm overflows.</summary>
    private static bool HasLogarithm(Node node)
    {
        var seen = new HashSet<Node>();
        return Check(node);

        bool Check(Node part) => !seen.Add(part)
            || part.Op.Is(Ops.Exp, Ops.Sigmoid)
            || (part.IsReduction(ReductionKind.Product) && IsNonNegative(part[0]))
            || (part.Is(Ops.Power) && IsPositive(part[0]))
            || (part.Op.Is(Ops.Multiply, Ops.Divide) && part.Arguments.All(Check));
    }
}
