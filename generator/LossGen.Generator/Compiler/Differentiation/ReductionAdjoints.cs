using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>The adjoint that a reduction gives to its body: it broadcasts over the reduced axes. Reductions of nothing give none.</summary>
internal static class ReductionAdjoints
{
    public static Node Of(Graph g, Node node, Node adjoint)
    {
        Node body = node[0];
        return node.Reduction.Kind switch
        {
            ReductionKind.Sum => adjoint,
            ReductionKind.LogSumExp => g.Multiply(adjoint, g.Apply(Ops.SoftmaxWeight, body, node)),

            // d|x| = x / |x|, one division a row; 0 at 0
            ReductionKind.Norm => g.Multiply(body, g.Select(g.Compare(Ops.Equal, node, g.Zero), g.Zero, g.Divide(adjoint, node))),
            ReductionKind.Product => g.Multiply(adjoint, OfProduct(g, node, body)),
            _ => OfExtreme(g, node, body, adjoint),
        };
    }

    // Shared evenly among the terms that reach the extreme.
    private static Node OfExtreme(Graph g, Node node, Node body, Node adjoint)
    {
        Node reaches = g.Compare(Ops.Equal, body, node);
        Node ties = g.Reduce(ReductionKind.Sum, node.Reduction.Ranges, g.Select(reaches, g.One, g.Zero));
        return g.Select(reaches, g.Divide(adjoint, ties), g.Zero);
    }

    // The product of the other terms: P / x without zeros; with one zero, the product of the rest at the zero; with more, nothing.
    private static Node OfProduct(Graph g, Node node, Node body)
    {
        Node isZero = g.Compare(Ops.Equal, body, g.Zero);
        Node zeros = g.Reduce(ReductionKind.Sum, node.Reduction.Ranges, g.Select(isZero, g.One, g.Zero));
        Node rest = g.Reduce(ReductionKind.Product, node.Reduction.Ranges, g.Select(isZero, g.One, body));
        Node atZero = g.Select(g.Compare(Ops.Equal, zeros, g.One), rest, g.Zero);
        Node elsewhere = g.Select(g.Compare(Ops.Equal, zeros, g.Zero), g.Divide(rest, body), g.Zero);
        return g.Select(isZero, atZero, elsewhere);
    }
}
