using System.Collections.Immutable;

namespace LossGen.Compiler.Ir;

/// <summary>Ranges of axes as conditions.</summary>
internal static class RangeGuards
{
    /// <summary>The value inside the ranges and <paramref name="otherwise"/> outside; the value itself where the ranges are whole axes.</summary>
    public static Node Within(Graph graph, ImmutableArray<AxisRange> ranges, Node value, Node otherwise)
    {
        Node? guard = null;
        foreach (AxisRange range in ranges)
        {
            AffineForm position = AffineForm.Of(Symbol.PositionOf(range.Axis));
            if (!range.Low.Equals(AffineForm.Zero)) guard = Both(graph, guard, AtLeastZero(graph, position - range.Low));
            if (!range.High.Equals(range.Axis.Size)) guard = Both(graph, guard, AtLeastZero(graph, range.High - AffineForm.One - position));
        }

        return guard is null ? value : graph.Select(guard, value, otherwise);
    }

    /// <summary>0 &lt;= form, written without negative signs: what is taken away stands on the left.</summary>
    public static Node AtLeastZero(Graph graph, AffineForm form)
    {
        AffineForm taken = AffineForm.Of(Math.Max(0, -form.Constant));
        foreach (AffineTerm term in form.Terms.Where(t => t.Coefficient < 0)) taken -= term.Coefficient * AffineForm.Of(term.Symbol);
        return graph.Compare(Ops.LessOrEqual, graph.Affine(taken), graph.Affine(form + taken));
    }

    public static Node Both(Graph graph, Node? first, Node second) => first is null ? second : graph.And(first, second);
}
