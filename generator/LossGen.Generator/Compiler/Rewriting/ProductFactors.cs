using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>A product taken apart, but for what another value needs as it is, unless that is the same for all elements. Needs: what has more than one user.</summary>
internal sealed class ProductFactors(HashSet<Node> shared)
{
    /// <summary>Adds the factors to a list. Returns whether the product is the negative of theirs.</summary>
    public bool Take(Node product, List<Node> factors)
    {
        if (product.Is(Ops.Negate)) return !Take(product[0], factors);
        if (product.Is(Ops.Multiply) && (product.Axes.IsEmpty || !shared.Contains(product))) return Take(product[0], factors) != Take(product[1], factors);
        factors.Add(product);
        return false;
    }
}
