using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Finds what each step of a recurrence would compute again: dear values, with a transcendental or a read at an index from data, that vary
/// along an axis inside of the recurrence's loop and not along its own. They are kept; along axes outside of it hoisting is enough.
/// </summary>
internal static class InvariantRows
{
    /// <summary>The largest such values.</summary>
    public static NodeSet Find(StatementGraph graph)
    {
        AxisSet steps = AxisSet.Of(graph.Statements.SelectMany(s => s.Recurrences).Select(r => r.Axis));
        if (steps.IsEmpty) return new NodeSet();

        AxisSet inside = RecurrenceUnits.Of(graph.Statements, AxisSet.Empty).Forbidden - steps;
        var ranges = new IntegerRanges();
        var rows = new NodeSet();
        foreach (StatementFacts statement in graph.Statements.Where(s => s.Domain.Overlaps(steps)))
        {
            var dear = new HashSet<Node>();
            foreach (Node node in statement.Interior)
            {
                bool isRow = IsRow(node, steps, inside);
                if (isRow && (node.Op.IsHeavy || IsGather(node) || node.Arguments.Any(dear.Contains))) dear.Add(node);
                if (isRow) continue;
                foreach (Node argument in node.Arguments) AddLargest(argument, dear, ranges, rows);
            }
        }

        return rows;
    }

    // A condition is no number to keep, but what it compares is.
    private static void AddLargest(Node node, HashSet<Node> dear, IntegerRanges ranges, NodeSet rows)
    {
        if (!dear.Contains(node)) return;
        if (node.Type == Ir.ValueType.Real || (node.Type == Ir.ValueType.Integer && ranges.FitsInt32(node))) rows.Add(node);
        else foreach (Node argument in node.Arguments) AddLargest(argument, dear, ranges, rows);
    }

    private static bool IsRow(Node node, AxisSet steps, AxisSet inside) => node.Open.IsEmpty && node.Axes.Overlaps(inside) && !node.Axes.Overlaps(steps);

    private static bool IsGather(Node node) => node.Is(Ops.Load) && node.Arguments.Any(index => !index.Is(Ops.Affine));
}
