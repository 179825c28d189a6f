using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

internal static partial class RuleTables
{
    /// <summary>Signs, neutral elements, and one order for commutative operands so that equal values meet.</summary>
    public static ImmutableArray<RewriteRule> Algebra { get; } = ImmutableArray.Create<RewriteRule>(
        new("--x", Ops.Negate, Fidelity.Exact, (g, n) => n[0].Is(Ops.Negate) ? n[0][0] : null), // -(-x) -> x
        new("-(k * x)", Ops.Negate, Fidelity.Exact, (g, n) => n[0].Is(Ops.Multiply) && n[0][0].Is(Ops.Constant) ? g.Multiply(g.Constant(-n[0][0].Constant), n[0][1]) : null), // -(k x) -> (-k) x
        new("-(a - b)", Ops.Negate, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Subtract) ? g.Subtract(n[0][1], n[0][0]) : null), // -(a - b) -> b - a

        new("x + -y", Ops.Add, Fidelity.Exact, (g, n) => n[1].Is(Ops.Negate) ? g.Subtract(n[0], n[1][0]) : null), // x + (-y) -> x - y
        new("-x + y", Ops.Add, Fidelity.Exact, (g, n) => n[0].Is(Ops.Negate) ? g.Subtract(n[1], n[0][0]) : null), // (-x) + y -> y - x
        new("x - -y", Ops.Subtract, Fidelity.Exact, (g, n) => n[1].Is(Ops.Negate) ? g.Add(n[0], n[1][0]) : null), // x - (-y) -> x + y
        new("x - 0", Ops.Subtract, Fidelity.Exact, (g, n) => n[1].IsConstant(0) ? n[0] : null), // x - 0 -> x
        new("0 - x", Ops.Subtract, Fidelity.Accurate, (g, n) => n[0].IsConstant(0) ? g.Negate(n[1]) : null), // 0 - x -> -x, but for the sign of 0
        new("x + 0", Ops.Add, Fidelity.Accurate, (g, n) => n[1].IsConstant(0) ? n[0] : n[0].IsConstant(0) ? n[1] : null), // x + 0 -> x, but for the sign of 0
        new("x + x", Ops.Add, Fidelity.Exact, (g, n) => ReferenceEquals(n[0], n[1]) ? g.Multiply(g.Constant(2), n[0]) : null), // x + x -> 2 x
        new("k * x + m * x", Ops.Add, Fidelity.Accurate, (g, n) => LikeTerms(g, n[0], n[1], 1)), // k x + m x -> (k + m) x
        new("k * x - m * x", Ops.Subtract, Fidelity.Accurate, (g, n) => LikeTerms(g, n[0], n[1], -1)), // k x - m x -> (k - m) x, unless that is 0
        new("a + b", Ops.Add, Fidelity.Exact, Ordered), // b + a -> a + b

        new("1 * x", Ops.Multiply, Fidelity.Exact, (g, n) => n[0].IsConstant(1) ? n[1] : n[1].IsConstant(1) ? n[0] : null), // 1 * x -> x
        new("-1 * x", Ops.Multiply, Fidelity.Exact, (g, n) => n[0].IsConstant(-1) ? g.Negate(n[1]) : n[1].IsConstant(-1) ? g.Negate(n[0]) : null), // -1 * x -> -x
        new("k * (m * x)", Ops.Multiply, Fidelity.Accurate, MergeFactors), // k (m x) -> (k m) x, for factors of ordinary size
        new("-a * b", Ops.Multiply, Fidelity.Exact, (g, n) => n[0].Is(Ops.Negate) ? g.Negate(g.Multiply(n[0][0], n[1])) : n[1].Is(Ops.Negate) ? g.Negate(g.Multiply(n[0], n[1][0])) : null), // (-a) b -> -(a b)
        new("a * b", Ops.Multiply, Fidelity.Exact, Ordered), // b * a -> a * b

        new("x / 1", Ops.Divide, Fidelity.Exact, (g, n) => n[1].IsConstant(1) ? n[0] : null), // x / 1 -> x
        new("x / 2^k", Ops.Divide, Fidelity.Exact, (g, n) => n[1].Is(Ops.Constant) && IsPowerOfTwo(n[1].Constant) ? g.Multiply(g.Constant(1 / n[1].Constant), n[0]) : null), // x / 2^k -> 2^-k x
        new("-a / b", Ops.Divide, Fidelity.Exact, (g, n) => n[0].Is(Ops.Negate) ? g.Negate(g.Divide(n[0][0], n[1])) : n[1].Is(Ops.Negate) ? g.Negate(g.Divide(n[0], n[1][0])) : null), // (-a) / b -> -(a / b)

        new("(c / (a / b)) / b", Ops.Divide, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Divide) && n[0][1].Is(Ops.Divide) && ReferenceEquals(n[0][1][1], n[1]) ? g.Divide(n[0][0], n[0][1][0]) : null), // c / (a / b) / b -> c / a, as in the slope of log(a / b)
        new("(c / u) * (u / b)", Ops.Multiply, Fidelity.Accurate, (g, n) => ThroughQuotient(g, n[0], n[1]) ?? ThroughQuotient(g, n[1], n[0])), // (c / u) (u / b) -> c / b

        new("|-x|", Ops.Abs, Fidelity.Exact, (g, n) => n[0].Is(Ops.Negate) ? g.Apply(Ops.Abs, n[0][0]) : null), // |-x| -> |x|
        new("|x| * sign(x)", Ops.Multiply, Fidelity.Accurate, (g, n) => WithSign(g, n[0], n[1]) ?? WithSign(g, n[1], n[0])), // k |x| sign(x) -> k x, also on one side of a choice; but for the sign of 0
        new("||x||", Ops.Abs, Fidelity.Exact, (g, n) => n[0].Is(Ops.Abs) ? n[0] : null), // ||x|| -> |x|
        new("real(select)", Ops.ToReal, Fidelity.Exact, (g, n) => n[0].Is(Ops.IntegerSelect) ? g.Select(n[0][0], g.ToReal(n[0][1]), g.ToReal(n[0][2])) : null)); // real(c ? a : b) -> c ? real(a) : real(b)

    private static Node? ThroughQuotient(Graph graph, Node first, Node second) =>
        first.Is(Ops.Divide) && second.Is(Ops.Divide) && ReferenceEquals(first[1], second[0]) ? graph.Divide(first[0], second[1]) : null;

    private static Node? Ordered(Graph graph, Node node)
    {
        bool swap = node[1].Is(Ops.Constant) ? !node[0].Is(Ops.Constant) : !node[0].Is(Ops.Constant) && node[0].Id > node[1].Id;
        return swap ? graph.Apply(node.Op, node[1], node[0]) : null;
    }

    /// <summary>Two multiples of one value as one, but for a difference of equal ones; of an infinite value, whose difference would be NaN, one of them.</summary>
    private static Node? LikeTerms(Graph graph, Node left, Node right, double sign)
    {
        (double k, Node x) = Term(left);
        (double m, Node y) = Term(right);
        double sum = k + (sign * m);
        return ReferenceEquals(x, y) && IsOrdinary(k) && IsOrdinary(m) && IsOrdinary(sum) ? graph.Multiply(graph.Constant(sum), x) : null;
    }

    private static (double Factor, Node Value) Term(Node node) =>
        node.Is(Ops.Negate) && Term(node[0]) is var (factor, value) ? (-factor, value)
        : node.Is(Ops.Multiply) && node[0].Is(Ops.Constant) ? (node[0].Constant, node[1])
        : (1, node);

    /// <summary>A product with a sign, where |x| is a factor of it or of one side of a choice.</summary>
    private static Node? WithSign(Graph graph, Node product, Node sign)
    {
        if (!sign.Is(Ops.Sign)) return null;
        if (!product.Is(Ops.Select)) return WithoutAbs(graph, product, sign[0]);
        Node? first = WithoutAbs(graph, product[1], sign[0]), second = WithoutAbs(graph, product[2], sign[0]);
        return first is null && second is null
            ? null
            : graph.Select(product[0], first ?? graph.Multiply(product[1], sign), second ?? graph.Multiply(product[2], sign));
    }

    /// <summary>A product with x in the place of its factor |x|; null where that is no factor of it.</summary>
    private static Node? WithoutAbs(Graph graph, Node product, Node x)
    {
        if (product.Is(Ops.Abs)) return ReferenceEquals(product[0], x) ? x : null;
        if (product.Is(Ops.Negate)) return WithoutAbs(graph, product[0], x) is { } negated ? graph.Negate(negated) : null;
        if (!product.Is(Ops.Multiply)) return null;
        return WithoutAbs(graph, product[0], x) is { } left ? graph.Multiply(left, product[1])
            : WithoutAbs(graph, product[1], x) is { } right ? graph.Multiply(product[0], right)
            : null;
    }

    private static Node? MergeFactors(Graph graph, Node node)
    {
        if (!node[0].Is(Ops.Constant) || !node[1].Is(Ops.Multiply) || !node[1][0].Is(Ops.Constant)) return null;
        double outer = node[0].Constant, inner = node[1][0].Constant;
        return IsOrdinary(outer) && IsOrdinary(inner) ? graph.Multiply(graph.Constant(outer * inner), node[1][1]) : null;
    }

    // Products of such factors neither overflow nor lose bits where the original would not.
    private static bool IsOrdinary(double value) => Math.Abs(value) is >= 1e-6 and <= 1e6;

    private static bool IsPowerOfTwo(double value) =>
        Math.Abs(value) is >= 1e-6 and <= 1e6 && (BitConverter.DoubleToInt64Bits(value) & ((1L << 52) - 1)) == 0;
}
