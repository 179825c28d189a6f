using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Chooses for each root loop the axis along which lanes run: the one along which most of memory is contiguous.</summary>
internal static class VectorAxisChoice
{
    public static ImmutableDictionary<Loop, Axis> Choose(StatementGraph graph, ImmutableArray<LoopItem> items, IReadOnlyList<Axis> axes)
    {
        var facts = graph.Statements.ToDictionary(s => s.Statement);
        var chosen = ImmutableDictionary.CreateBuilder<Loop, Axis>();
        foreach (Loop root in items.OfType<Loop>())
        {
            if (Choose(root.Statements.Select(s => facts[s]).ToList(), axes) is { } axis) chosen[root] = axis;
        }

        return chosen.ToImmutable();
    }

    private static Axis? Choose(List<StatementFacts> statements, IReadOnlyList<Axis> axes)
    {
        AxisSet loops = AxisSet.Empty;
        foreach (StatementFacts statement in statements) loops |= statement.Domain;

        // A recurrence goes from position to position.
        loops -= AxisSet.Of(statements.Where(s => s.Statement.Kind == StatementKind.Scan).Select(s => s.Statement.Value.State.Recurrence.Axis));
        // Lanes that scatter share one array: it must stand outside of their loop.
        foreach (Statement scatter in statements.Select(s => s.Statement).Where(s => s.Kind == StatementKind.Scatter))
        {
            loops -= AxisSet.Of(scatter.Path.Take(scatter.AccumulatorDepth).Select(l => l.Axis));
        }

        // Rows are sorted one after the other.
        foreach (StatementFacts sort in statements.Where(s => s.Statement.Kind == StatementKind.Sort)) loops -= sort.Domain;
        if (loops.IsEmpty) return null;
        if (statements.Select(s => s.Lanes).FirstOrDefault(a => a is not null && loops.Contains(a)) is { } lanes) return lanes;
        return AccessScore.Of(statements, axes, source => source.Statement.StorageAxes).Best(loops, includeConstantSizes: false)
            ?? axes.LastOrDefault(a => loops.Contains(a) && !a.IsConstantSize)
            ?? axes.LastOrDefault(loops.Contains);
    }
}
