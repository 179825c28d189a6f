using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>
/// The formulas behind a check of an index: a flag that kernels compute beside the loss, and the first wrong position, looked for
/// only when the flag is set. Both on the bound graph, so that every guard the language can express works.
/// </summary>
internal static class BadIndices
{
    /// <summary>Greater than 0 when the index is out of range anywhere that it is read.</summary>
    public static Node Flag(Graph graph, IndexCheck check)
    {
        IndexCheck fewer = WithoutGuardsAxes(graph, check);
        return Over(graph, ReductionKind.Max, fewer, graph.Select(IsBad(graph, fewer), graph.One, graph.Zero));
    }

    /// <summary>
    /// The check at fewer positions: along an axis that only the condition speaks of, as the steps of a recurrence that reads the same labels at each, it is
    /// enough whether the condition holds anywhere.
    /// </summary>
    private static IndexCheck WithoutGuardsAxes(Graph graph, IndexCheck check)
    {
        foreach (AxisRange range in check.Ranges)
        {
            if (check.Guard is not { } guard || check.Index.Axes.Contains(range.Axis) || check.Ranges.Any(r => (r.Low.Axes | r.High.Axes).Contains(range.Axis))) continue;
            if (SomePosition.Has(graph, range, guard) is not { } somewhere) continue;
            check = check with { Guard = somewhere, Ranges = check.Ranges.Remove(range) };
        }

        return check;
    }

    /// <summary>
    /// The first wrong position in the parameter that the message names, in elements; of an index that reads no data the least wrong
    /// value. Infinite when there is none.
    /// </summary>
    public static Node FirstPosition(Graph graph, IndexCheck check) =>
        Over(graph, ReductionKind.Min, check, graph.Select(IsBad(graph, check), graph.ToReal(Position(graph, check)), graph.Constant(double.PositiveInfinity)));

    private static Node Over(Graph graph, ReductionKind kind, IndexCheck check, Node body) =>
        check.Ranges.IsEmpty ? body : graph.Reduce(kind, check.Ranges, body);

    private static Node IsBad(Graph graph, IndexCheck check)
    {
        Node size = graph.Affine(check.Axis.Size);
        Node bad = graph.Or(graph.Compare(Ops.Less, check.Index, graph.Integer(0)), graph.Compare(Ops.GreaterOrEqual, check.Index, size));
        return check.Guard is null ? bad : graph.And(check.Guard, bad);
    }

    private static Node Position(Graph graph, IndexCheck check)
    {
        if (check.FirstRead is not { } read) return check.Index;
        ImmutableArray<Node> indices = read.Arguments;
        Node position = indices.IsEmpty ? graph.Integer(0) : indices[0];
        for (int k = 1; k < indices.Length; k++)
        {
            Node scaled = graph.Apply(Ops.IntegerMultiply, position, graph.Affine(read.Tensor.Axes[k].Size));
            position = graph.Apply(Ops.IntegerAdd, scaled, indices[k]);
        }

        return position;
    }
}
