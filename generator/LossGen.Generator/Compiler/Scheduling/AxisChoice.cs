using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Which axis the next loop runs over: the one that needs the smallest accumulators and repeats the fewest transcendentals.
/// Equal costs go by storage order, the row axis after those that it occurs with: around them it would make every access jump.
/// </summary>
internal static class AxisChoice
{
    private const int RepeatedTranscendental = 4;
    private const int DeferredReduction = 3;

    // Lanes of a contraction belong inside: its rows go together outside of them.
    private const int RootLanes = 8;

    // A nest over the axis of a recurrence runs on one thread, and its lanes wait for one another at each position.
    private const int RootRecurrence = 16;

    /// <summary>
    /// The best axis for a loop around a group inside the open loops; the group has at least one axis left.
    /// A row of accumulators along the row axis costs nothing.
    /// </summary>
    public static Axis Choose(FusionGroup group, RecurrenceUnits units, AxisSet open, Axis? rowAxis, IReadOnlyList<Axis> axes)
    {
        AxisSet candidates = AxisSet.Empty;
        foreach (StatementFacts statement in group.Statements) candidates |= statement.Domain;
        candidates -= open;

        Axis? best = null;
        long least = long.MaxValue;
        foreach (Axis axis in axes)
        {
            if (!candidates.Contains(axis) || units.Forbid(axis)) continue;
            long cost = (open.IsEmpty && units.IsRecurrent(axis) ? RootRecurrence : 0) + group.Statements.Where(s => s.Domain.Contains(axis)).Sum(s => Cost(s, axis, group, open, rowAxis, axes));
            bool isInsideRow = best is not null && ReferenceEquals(best, rowAxis)
                && group.Statements.Any(s => s.Domain.Contains(axis) && s.Domain.Contains(best));
            if (cost > least || (cost == least && !isInsideRow)) continue;
            least = cost;
            best = axis;
        }

        // Recurrences may forbid each other's axes: then one of them goes first.
        return best ?? units.FirstAxis()!;
    }

    /// <summary>
    /// The stride-1 axis of most loads, and of the rows that scatters add to: accumulators along it are read and written a vector at a time. Of statements that
    /// load nothing, that of most stores.
    /// </summary>
    public static Axis? RowAxis(IReadOnlyList<StatementFacts> statements, IReadOnlyList<Axis> axes)
    {
        var scores = new AccessScore(axes);
        scores.AddLoads(statements);
        foreach (StatementFacts scatter in statements.Where(s => s.Statement.Kind == StatementKind.Scatter))
        {
            List<Axis> array = axes.Where(scatter.Free.Contains).ToList();
            if (array.Count > 1 && !scatter.Statement.Targets.Contains(array[array.Count - 1])) scores.AddArray(array);
        }

        if (scores.Best(AxisSet.Of(axes), includeShort: true) is { } row) return row;
        scores.AddStores(statements);
        return scores.Best(AxisSet.Of(axes), includeShort: true);
    }

    private static long Cost(StatementFacts statement, Axis axis, FusionGroup group, AxisSet open, Axis? rowAxis, IReadOnlyList<Axis> axes)
    {
        long cost = 0;
        if (statement.Reduced.Contains(axis) && !statement.IsOpened(open))
        {
            AxisSet row = rowAxis is null ? AxisSet.Empty : AxisSet.Of(rowAxis);
            int dimensions = FusionGroup.Unbounded(statement.Free - statement.Statement.Targets - open - row, axes);
            long accumulator = dimensions == 0 ? 0 : 1L << (4 * Math.Min(dimensions - 1, 8));
            bool mayLeave = dimensions >= 2 && group.Statements.Count > 1 && group.MayLeave(statement, open);
            cost += mayLeave ? Math.Min(accumulator, DeferredReduction) : accumulator;
        }

        if (open.IsEmpty && statement.IsContraction && ReferenceEquals(statement.Lanes, axis)) cost += RootLanes;
        foreach (AxisSet heavy in statement.HeavyAxes)
        {
            if (!heavy.Contains(axis) && !(heavy - open).IsEmpty && !IsShared(heavy, statement)) cost += RepeatedTranscendental;
        }

        return cost;
    }

    // A weight of a contraction is computed once for all of its lanes.
    private static bool IsShared(AxisSet heavy, StatementFacts statement) => statement.IsContraction && !heavy.Contains(statement.Lanes!);
}
