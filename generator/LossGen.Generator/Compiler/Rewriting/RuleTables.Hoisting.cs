using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

internal static partial class RuleTables
{
    /// <summary>Factors that vary along fewer axes meet first, so that loops over the other axes find their product ready.</summary>
    public static ImmutableArray<RewriteRule> Hoisting { get; } = ImmutableArray.Create(
        new RewriteRule("u * (w * x)", Ops.Multiply, Fidelity.Accurate, (g, n) => Regroup(g, n, n[0], n[1]) ?? Regroup(g, n, n[1], n[0]))); // u (w x) -> (u w) x

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
}
