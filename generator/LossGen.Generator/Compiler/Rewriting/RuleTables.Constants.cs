using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>The tables of rewrite rules, one file a theme.</summary>
internal static partial class RuleTables
{
    /// <summary>Operations whose arguments are known at build time.</summary>
    public static ImmutableArray<RewriteRule> Constants { get; } = Ops.All
        .Where(op => op.IsElementwise && op.Evaluate is not null && op.Result != ValueType.Integer && !op.Is(Ops.ToReal, Ops.Detach))
        .Select(op => new RewriteRule($"{op.Name}(constants)", op, Fidelity.Accurate, Fold)) // f(k) -> value
        .Concat(new[]
        {
            new RewriteRule("real(k)", Ops.ToReal, Fidelity.Exact, (g, n) => Affine(n[0]) is { IsConstant: true } k ? g.Constant(k.Constant) : null), // real(k) -> k
            new RewriteRule("k + m", Ops.IntegerAdd, Fidelity.Exact, (g, n) => Affine(n[0]) is { } a && Affine(n[1]) is { } b ? g.Affine(a + b) : null), // affine + affine
            new RewriteRule("k - m", Ops.IntegerSubtract, Fidelity.Exact, (g, n) => Affine(n[0]) is { } a && Affine(n[1]) is { } b ? g.Affine(a - b) : null), // affine - affine
            new RewriteRule("k * m", Ops.IntegerMultiply, Fidelity.Exact, (g, n) =>
                Affine(n[0]) is { } a && Affine(n[1]) is { } b && (a.IsConstant || b.IsConstant) ? g.Affine(a.IsConstant ? a.Constant * b : b.Constant * a) : null), // k * affine
        })
        .Concat(new[] { Ops.Less, Ops.LessOrEqual, Ops.Greater, Ops.GreaterOrEqual, Ops.Equal, Ops.NotEqual }
            .Select(op => new RewriteRule($"affine {op.Name} affine", op, Fidelity.Exact, CompareAffine))) // (a + 1) < a -> false, w < size(w) -> true
        .ToImmutableArray();

    private static Node? Fold(Graph graph, Node node)
    {
        if (node.Arguments.IsEmpty || !node.Arguments.All(a => a.Is(Ops.Constant) || a.Is(Ops.TruthConstant))) return null;
        double[] values = node.Arguments.Select(a => a.Payload is bool truth ? (truth ? 1.0 : 0.0) : a.Constant).ToArray();
        double result = node.Op.Evaluate!(values);
        return node.Type == ValueType.Truth ? graph.Truth(result != 0) : graph.Constant(result);
    }

    private static Node? CompareAffine(Graph graph, Node node)
    {
        if (Affine(node[0]) is not { } a || Affine(node[1]) is not { } b) return null;
        AffineForm difference = a - b;
        if (difference.IsConstant) return graph.Truth(node.Op.Evaluate!(new double[] { difference.Constant, 0 }) != 0);
        return HoldsEverywhere(graph, node, difference) is { } holds ? graph.Truth(holds) : null;
    }

    /// <summary>The answer when it is the same at all positions of the axes, as for w &lt; size(w); null otherwise.</summary>
    private static bool? HoldsEverywhere(Graph graph, Node comparison, AffineForm difference)
    {
        if (difference.Axes.IsEmpty) return null;
        var everywhere = new Demand(graph.AxesOf(difference.Axes).Select(AxisRange.Full).ToImmutableArray(), ImmutableArray<Node>.Empty);
        bool IsAtLeast(long least) => IndexBounds.IsNonNegative(difference - AffineForm.Of(least), everywhere);
        bool IsAtMost(long most) => IndexBounds.IsNonNegative(AffineForm.Of(most) - difference, everywhere);
        if (comparison.Is(Ops.Less)) return IsAtMost(-1) ? true : IsAtLeast(0) ? false : null;
        if (comparison.Is(Ops.LessOrEqual)) return IsAtMost(0) ? true : IsAtLeast(1) ? false : null;
        if (comparison.Is(Ops.Greater)) return IsAtLeast(1) ? true : IsAtMost(0) ? false : null;
        if (comparison.Is(Ops.GreaterOrEqual)) return IsAtLeast(0) ? true : IsAtMost(-1) ? false : null;
        return IsAtLeast(1) || IsAtMost(-1) ? comparison.Is(Ops.NotEqual) : null;
    }

    private static AffineForm? Affine(Node node) => node.Is(Ops.Affine) ? node.Affine : null;
}
