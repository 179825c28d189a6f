using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

internal static partial class RuleTables
{
    /// <summary>A guard swallows its factors, so that what is valid only under the guard stays under it.</summary>
    public static ImmutableArray<RewriteRule> Guards { get; } = ImmutableArray.Create<RewriteRule>(
            new("k * (c ? a : 0)", Ops.Multiply, Fidelity.Promised, (g, n) => Guarded(n[0], g, a => g.Multiply(a, n[1])) ?? Guarded(n[1], g, a => g.Multiply(n[0], a))), // b (c ? a : 0) -> c ? b a : 0
            new("(c ? a : 0) / b", Ops.Divide, Fidelity.Promised, (g, n) => Guarded(n[0], g, a => g.Divide(a, n[1])))); // (c ? a : 0) / b -> c ? a / b : 0

    /// <summary>Conditions and selections.</summary>
    public static ImmutableArray<RewriteRule> Selections { get; } = new[] { Ops.Select, Ops.IntegerSelect }
        .SelectMany(op => new RewriteRule[]
        {
            new($"{op.Name} true", op, Fidelity.Exact, (g, n) => n[0].Payload is bool truth ? (truth ? n[1] : n[2]) : null), // true ? a : b -> a
            new($"{op.Name} same", op, Fidelity.Exact, (g, n) => ReferenceEquals(n[1], n[2]) ? n[1] : null), // c ? a : a -> a
            new($"{op.Name} not", op, Fidelity.Exact, (g, n) => n[0].Is(Ops.Not) ? g.Select(n[0][0], n[2], n[1]) : null), // !c ? a : b -> c ? b : a
            new($"{op.Name} nested", op, Fidelity.Exact, (g, n) => n[1].Is(n.Op) && ReferenceEquals(n[1][0], n[0]) ? g.Select(n[0], n[1][1], n[2]) : null), // c ? (c ? a : b) : d -> c ? a : d
        })
        .Concat(new RewriteRule[]
        {
            new("-(c ? a : 0)", Ops.Negate, Fidelity.Accurate, (g, n) => Guarded(n[0], g, g.Negate)), // -(c ? a : 0) -> c ? -a : 0, but for the sign of 0
            new("(c && d ? a : 0) + (c && e ? b : 0)", Ops.Add, Fidelity.Exact, SharedGuard), // -> c ? (d ? a : 0) + (e ? b : 0) : 0
            new("(c ? a : 0) + (c ? d : e)", Ops.Add, Fidelity.Accurate, (g, n) => SameChoice(g, n, g.Add)), // -> c ? a + d : e, but for the sign of 0
            new("(c ? a : 0) - (c ? d : e)", Ops.Subtract, Fidelity.Accurate, (g, n) => SameChoice(g, n, g.Subtract)), // -> c ? a - d : -e, but for the sign of 0
            new("a && true", Ops.And, Fidelity.Exact, (g, n) => n[0].Payload is bool p ? (p ? n[1] : n[0]) : n[1].Payload is bool q ? (q ? n[0] : n[1]) : null), // a && true -> a
            new("a && a", Ops.And, Fidelity.Exact, (g, n) => ReferenceEquals(n[0], n[1]) ? n[0] : null), // a && a -> a
            new("a || false", Ops.Or, Fidelity.Exact, (g, n) => n[0].Payload is bool p ? (p ? n[0] : n[1]) : n[1].Payload is bool q ? (q ? n[1] : n[0]) : null), // a || false -> a
            new("a || a", Ops.Or, Fidelity.Exact, (g, n) => ReferenceEquals(n[0], n[1]) ? n[0] : null), // a || a -> a
            new("a || a && b", Ops.Or, Fidelity.Exact, (g, n) => Absorbed(g, n[0], n[1]) ?? Absorbed(g, n[1], n[0])), // a || (a && b) -> a,  a || (!a && b) -> a || b
            new("x < x", Ops.Less, Fidelity.Exact, (g, n) => ReferenceEquals(n[0], n[1]) ? g.Truth(false) : null), // x < x -> false, NaN included
            new("x > x", Ops.Greater, Fidelity.Exact, (g, n) => ReferenceEquals(n[0], n[1]) ? g.Truth(false) : null), // x > x -> false, NaN included
            new("x <= x", Ops.LessOrEqual, Fidelity.Exact, (g, n) => ReferenceEquals(n[0], n[1]) ? IsNumber(g, n[0]) : null), // x <= x -> x is no NaN
            new("x >= x", Ops.GreaterOrEqual, Fidelity.Exact, (g, n) => ReferenceEquals(n[0], n[1]) ? IsNumber(g, n[0]) : null), // x >= x -> x is no NaN
            new("x == x", Ops.Equal, Fidelity.Exact, (g, n) => ReferenceEquals(n[0], n[1]) ? IsNumber(g, n[0]) : null), // x == x -> x is no NaN
            new("x != x", Ops.NotEqual, Fidelity.Exact, (g, n) => ReferenceEquals(n[0], n[1]) ? g.Not(IsNumber(g, n[0])) : null), // x != x -> x is NaN
            new("!!a", Ops.Not, Fidelity.Exact, (g, n) => n[0].Is(Ops.Not) ? n[0][0] : null), // !!a -> a
            new("!(a == b)", Ops.Not, Fidelity.Exact, (g, n) => n[0].Is(Ops.Equal) ? g.Apply(Ops.NotEqual, n[0][0], n[0][1]) : n[0].Is(Ops.NotEqual) ? g.Apply(Ops.Equal, n[0][0], n[0][1]) : null), // !(a == b) -> a != b, NaN included
        })
        .ToImmutableArray();

    /// <summary>|x| &lt;= inf: said without comparing x with itself, of which C# warns.</summary>
    private static Node IsNumber(Graph graph, Node x) => x.Type == ValueType.Real
        ? graph.Compare(Ops.LessOrEqual, graph.Apply(Ops.Abs, x), graph.Constant(double.PositiveInfinity))
        : graph.Truth(true);

    /// <summary>c ? a : 0</summary>
    private static bool IsGuarded(Node node) => node.Is(Ops.Select) && node[2].IsConstant(0);

    private static Node? SharedGuard(Graph graph, Node node)
    {
        if (!IsGuarded(node[0]) || !IsGuarded(node[1])) return null;
        (List<Node> left, Node a) = GuardsAround(node[0]);
        (List<Node> right, Node b) = GuardsAround(node[1]);
        (Node? Wanted, Node? Others) first = Split(graph, left, right.Contains), second = Split(graph, right, left.Contains);
        return first.Wanted is { } shared && second.Wanted is { } same && new HashSet<Node>(Conjuncts(shared)).SetEquals(Conjuncts(same))
            ? graph.Select(shared, graph.Add(Under(graph, first.Others, a), Under(graph, second.Others, b)), graph.Zero)
            : null;
    }

    /// <summary>c ? a : 0, where a condition that is missing holds.</summary>
    private static Node Under(Graph graph, Node? condition, Node value) => condition is null ? value : graph.Select(condition, value, graph.Zero);

    /// <summary>The wanted ones of some conditions that hold together, and the others. What reads memory stays behind those on its left, which may guard it.</summary>
    private static (Node? Wanted, Node? Others) Split(Graph graph, List<Node> conjuncts, Func<Node, bool> isWanted)
    {
        Node? wanted = null, others = null;
        foreach (Node part in conjuncts)
        {
            if (isWanted(part) && (others is null || !Reads(part))) wanted = RangeGuards.Both(graph, wanted, part);
            else others = RangeGuards.Both(graph, others, part);
        }

        return (wanted, others);
    }

    /// <summary>All conditions around a guarded value, from the outside, and the value.</summary>
    private static (List<Node> Conjuncts, Node Value) GuardsAround(Node node)
    {
        var conjuncts = new List<Node>();
        for (; IsGuarded(node); node = node[1]) conjuncts.AddRange(Conjuncts(node[0]));
        return (conjuncts, node);
    }

    private static List<Node> Conjuncts(Node condition) =>
        condition.Is(Ops.And) ? [.. Conjuncts(condition[0]), .. Conjuncts(condition[1])] : [condition];

    private static bool Reads(Node condition)
    {
        var seen = new HashSet<Node>();
        bool Check(Node node) => seen.Add(node) && (node.Op.Is(Ops.Load, Ops.At, Ops.Previous) || node.Arguments.Any(Check));
        return Check(condition);
    }

    private static Node? Guarded(Node node, Graph graph, Func<Node, Node> change) =>
        !node.Is(Ops.Select) ? null
        : node[2].IsConstant(0) ? graph.Select(node[0], change(node[1]), graph.Zero)
        : node[1].IsConstant(0) ? graph.Select(node[0], graph.Zero, change(node[2]))
        : null;

    /// <summary>Two choices by one condition, where one choice needs no more operations: a side is 0, or both are alike.</summary>
    private static Node? SameChoice(Graph graph, Node node, Func<Node, Node, Node> combine)
    {
        Node a = node[0], b = node[1];
        if (!a.Is(Ops.Select) || !b.Is(Ops.Select) || !ReferenceEquals(a[0], b[0])) return null;
        return Enumerable.Range(1, 2).Any(k => a[k].IsConstant(0) || b[k].IsConstant(0) || ReferenceEquals(a[k], b[k]))
            ? graph.Select(a[0], combine(a[1], b[1]), combine(a[2], b[2]))
            : null;
    }

    /// <summary>What is left of one of the cases of an "or" beside the others; null when none of them says anything of another.</summary>
    private static Node? Absorbed(Graph graph, Node some, Node others)
    {
        List<Node> cases = Disjuncts(some);
        for (int k = 0; k < cases.Count; k++)
        {
            List<Node> conjuncts = Conjuncts(cases[k]);
            foreach (Node other in Disjuncts(others))
            {
                if (Conjuncts(other).All(conjuncts.Contains)) return AnyOf(graph, cases.Where((_, i) => i != k).Append(others));
                if (conjuncts.Count < 2 || !conjuncts.Any(c => c.Is(Ops.Not) && ReferenceEquals(c[0], other))) continue;
                cases[k] = conjuncts.Where(c => !(c.Is(Ops.Not) && ReferenceEquals(c[0], other))).Aggregate(graph.And);
                return AnyOf(graph, cases.Append(others));
            }
        }

        return null;
    }

    private static Node AnyOf(Graph graph, IEnumerable<Node> cases) => cases.Aggregate(graph.Or);

    private static List<Node> Disjuncts(Node condition) =>
        condition.Is(Ops.Or) ? [.. Disjuncts(condition[0]), .. Disjuncts(condition[1])] : [condition];
}
