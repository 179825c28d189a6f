using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

internal static partial class RuleTables
{
    /// <summary>Factors that vary along fewer axes meet first, so that loops over the other axes find their product ready, and multiply a sum once.</summary>
    public static ImmutableArray<RewriteRule> Hoisting { get; } =
    [
        new("u * (w * x)", Ops.Multiply, Fidelity.Accurate, (g, n) => Regroup(g, n, n[0], n[1]) ?? Regroup(g, n, n[1], n[0])), // u (w x) -> (u w) x
        new("u * x + u * y", Ops.Add, Fidelity.Accurate, (g, n) => SharedFactor(g, n, g.Add)), // u x + u y -> u (x + y)
        new("u * x - u * y", Ops.Subtract, Fidelity.Accurate, (g, n) => SharedFactor(g, n, g.Subtract)), // u x - u y -> u (x - y)
    ];

    private static Node? Regroup(Graph graph, Node node, Node factor, Node product)
    {
        if (!product.Is(Ops.Multiply) || !product.Axes.Equals(node.Axes)) return null;
        for (int k = 0; k < 2; k++)
        {
            AxisSet together = factor.Axes | product[k].Axes;
            if (!together.Equals(node.Axes)) return graph.Multiply(graph.Multiply(factor, product[k]), product[1 - k]);
        }

        return null;
    }

    /// <summary>A sum of two products whose common factor varies along fewer axes than they do, times that factor.</summary>
    private static Node? SharedFactor(Graph graph, Node node, Func<Node, Node, Node> combine)
    {
        Node left = node[0], right = node[1];
        if (!left.Is(Ops.Multiply) || !right.Is(Ops.Multiply)) return null;
        for (int k = 0; k < 4; k++)
        {
            Node factor = left[k & 1];
            if (ReferenceEquals(factor, right[k >> 1]) && !factor.Axes.Equals(node.Axes)) return graph.Multiply(factor, combine(left[1 - (k & 1)], right[1 - (k >> 1)]));
        }

        return null;
    }
}
