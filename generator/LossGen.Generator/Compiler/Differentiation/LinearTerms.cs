using System.Runtime.CompilerServices;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Takes an adjoint apart into its terms. What is linear is taken apart as well: sum(a + b) / k has the terms sum(a) / k and sum(b) / k. Not so a
/// sum over more than the read has axes: a loop over pairs is not worth two.
/// Needs: the axes of the read. Gives: values whose sum is the adjoint.
/// </summary>
internal sealed class LinearTerms(Graph graph, AxisSet own)
{
    /// <summary>Shared parts of a large adjoint would come again and again.</summary>
    private const int MostVisits = 256;

    private int _visits;

    public List<Node> Of(Node sum)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_visits > MostVisits) return [sum];
        if (sum.Op.Is(Ops.Add, Ops.Subtract)) return [.. Of(sum[0]), .. Of(sum[1]).Select(term => sum.Is(Ops.Add) ? term : graph.Negate(term))];
        if (sum.Is(Ops.Negate)) return Each(sum, sum[0], graph.Negate);
        if (sum.Is(Ops.Divide)) return Each(sum, sum[0], term => graph.Divide(term, sum[1]));
        if (sum.Is(Ops.Multiply))
            return Each(sum, sum[0], term => graph.Multiply(term, sum[1])) is { Count: > 1 } left ? left : Each(sum, sum[1], term => graph.Multiply(sum[0], term));
        return sum.IsReduction(ReductionKind.Sum) && sum[0].Axes.IsSubsetOf(own) ? Each(sum, sum[0], term => graph.Reduce(ReductionKind.Sum, sum.Reduction.Ranges, term)) : [sum];
    }

    private List<Node> Each(Node whole, Node inside, Func<Node, Node> around) => Of(inside) is { Count: > 1 } terms ? terms.ConvertAll(term => around(term)) : [whole];
}
