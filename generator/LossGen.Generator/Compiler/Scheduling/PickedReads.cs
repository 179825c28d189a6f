using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Elements that each lane would read at an index of its own across rows, as the score of a pixel's class in planes of scores: where a reduction walks over those
/// rows anyway, each is picked as its row passes by, for a comparison a row, and no lane reads far from its neighbour.
/// Needs: lowered outputs. Gives: the same values: x[c: i, p] -> sum[c](c == i ? x[c, p] : 0), which is 0 as well where the index is none of the rows.
/// </summary>
internal static class PickedReads
{
    /// <summary>More rows than this are compared for longer than the reads take.</summary>
    private const int MostRows = 64;

    public static (ImmutableArray<KernelOutput> Outputs, ImmutableDictionary<Node, string> Names) Pick(Graph graph, ImmutableArray<KernelOutput> outputs, ImmutableDictionary<Node, string> names)
    {
        ImmutableArray<Node> nodes = Reachability.WithRecurrences(graph, outputs.Select(o => o.Value));

        // The steps of a recurrence have an order, in which nothing else passes by.
        if (nodes.Any(n => n.Op.Is(Ops.Scan, Ops.Previous))) return (outputs, names);
        Node[] loads = nodes.Where(n => n.Is(Ops.Load)).ToArray();
        var picks = new Dictionary<Node, (Node Row, Axis Across, Node Index)>();
        foreach (Node read in loads)
        {
            if (IndexAcross(read) is { } k && RowOf(read, k, loads) is { } row && nodes.Any(n => Walks(n, row.Load, row.Across, read))) picks[read] = (row.Load, row.Across, read[k]);
        }

        return picks.Count == 0 ? (outputs, names) : OutputRewriting.Run(graph, outputs, names, (node, done) => picks.TryGetValue(node, out (Node Row, Axis Across, Node Index) pick)
            ? graph.Sum(AxisSet.Of(pick.Across), graph.Select(graph.Compare(Ops.Equal, graph.Position(pick.Across), done[pick.Index]), pick.Row, graph.Zero))
            : null);
    }

    /// <summary>The dimension, not the last, whose index comes from data and has a value of its own for each neighbour along the last.</summary>
    private static int? IndexAcross(Node read)
    {
        int last = read.Arguments.Length - 1;
        int[] indices = Enumerable.Range(0, read.Arguments.Length).Where(k => !read[k].Is(Ops.Affine)).ToArray();
        if (indices.Length != 1) return null;
        int k = indices[0];
        return read.Type == Ir.ValueType.Real && k < last && read[last].Affine.PlainAxis is { IsShort: false } along && read[k].Axes.Contains(along) ? k : null;
    }

    /// <summary>The read of the same tensor at all positions of that dimension.</summary>
    private static (Node Load, Axis Across)? RowOf(Node read, int dimension, Node[] loads)
    {
        foreach (Node load in loads)
        {
            if (!ReferenceEquals(load.Tensor, read.Tensor) || !load[dimension].Is(Ops.Affine) || load[dimension].Affine.PlainAxis is not { } across) continue;
            bool isWhole = across.Size.Equals(read.Tensor.Axes[dimension].Size);
            bool isSame = Enumerable.Range(0, load.Arguments.Length).All(k => k == dimension || ReferenceEquals(load[k], read[k]));
            if (isWhole && isSame && !read.Axes.Contains(across) && !(across.Size.IsConstant && across.Size.Constant > MostRows)) return (load, across);
        }

        return null;
    }

    /// <summary>Whether a node reduces over all rows, for each neighbour that reads one of them.</summary>
    private static bool Walks(Node node, Node row, Axis across, Node read) =>
        node.Is(Ops.Reduce) && node.Reduction.Axes.Equals(AxisSet.Of(across)) && read.Axes.IsSubsetOf(node.Axes | AxisSet.Of(across)) && node.Axes.IsSubsetOf(read.Axes)
        && node.Reduction.Ranges.All(r => r.IsFull) && Reachability.Of([node[0]]).Contains(row);
}
