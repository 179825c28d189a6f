using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>
/// Sums that a formula reads at an index from data and computes at all positions of that axis as well, as the similarities of a contrastive loss at their
/// labels: on a device, which stores them, one is read, and its derivative is an element of a row and no scatter. On the processor a row that is
/// read at an index would be no tile.
/// sum[d](a[n, d] b[labels[n], d]) = s[n, labels[n]] where s[n, m] = sum[d](a[n, d] b[m, d])
/// Needs: a bound loss. Gives: for each such sum the one at all positions, the axis and the index.
/// </summary>
internal static class StoredReads
{
    public static ImmutableDictionary<Node, (Node Whole, Axis Axis, Node Index)> Find(BoundLoss loss)
    {
        var found = ImmutableDictionary.CreateBuilder<Node, (Node, Axis, Node)>();
        Node[] sums = Reachability.Of(loss.Roots).Where(IsLong).ToArray();
        foreach (Node read in sums)
        {
            foreach (Node index in Indices(read))
            {
                if (!found.ContainsKey(read) && WholeOf(read, index, sums, loss.Graph) is { } whole) found.Add(read, whole);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Indices from data, which do not depend on what is summed over.</summary>
    private static IEnumerable<Node> Indices(Node sum) => Reachability.Of([sum]).Where(n => n.Is(Ops.Load)).SelectMany(load => load.Arguments)
        .Where(index => index.Type == Ir.ValueType.Integer && !index.Is(Ops.Affine) && !index.Axes.Overlaps(sum.Reduction.Axes)).Distinct().ToArray();

    // All that the index varies along is a row of the whole, so that each row is read at its own index.
    private static (Node, Axis, Node)? WholeOf(Node read, Node index, Node[] sums, Graph graph)
    {
        foreach (Node whole in sums.Where(s => !ReferenceEquals(s, read) && s.Reduction.Equals(read.Reduction) && index.Axes.IsSubsetOf(s.Axes)))
        {
            foreach (Axis axis in graph.AxesOf(whole.Axes - read.Axes))
            {
                if (ReferenceEquals(Substitution.Apply(graph, whole, new Dictionary<Axis, Node> { [axis] = index }), read)) return (whole, axis, index);
            }
        }

        return null;
    }

    private static bool IsLong(Node node) => node.IsReduction(ReductionKind.Sum) && node.Open.IsEmpty && node.Reduction.Ranges.Any(r => !r.Axis.IsShort);
}
