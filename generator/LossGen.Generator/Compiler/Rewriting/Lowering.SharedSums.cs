using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>Sums of sums that something else needs as well.</summary>
internal sealed partial class Lowering
{
    // Of each term the sums over all of it, those over most axes first.
    private readonly ILookup<Node, Node> _sumsOf;

    /// <summary>
    /// sum[a, b](x) -> sum[a](sum[b](x)), where sum[b](x) is there already: nested sums were merged before anything knew. Loops are saved
    /// where the larger sum would run over all terms once more, as that of a mean's derivative.
    /// </summary>
    private Node? SumOfSums(Node sum)
    {
        if (!sum.IsReduction(ReductionKind.Sum)) return null;
        Node? inner = _sumsOf[sum[0]].FirstOrDefault(other => other.Reduction.Ranges.Length < sum.Reduction.Ranges.Length && other.Reduction.Ranges.All(sum.Reduction.Ranges.Contains));
        return inner is null ? null : Reduce(ReductionKind.Sum, sum.Reduction.Ranges.Where(r => !inner.Reduction.Ranges.Contains(r)), Visit(inner));
    }
}
