using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Puts statements into loops: picks an axis, gives each statement along it a level (what reads a finished reduction stands a level after it),
/// makes one loop a level and goes on inside.
/// </summary>
internal sealed class LevelFusion
{
    private readonly IReadOnlyList<Axis> _axes;
    private readonly ISet<Node> _early;

    private LevelFusion(IReadOnlyList<Axis> axes, ISet<Node> early)
    {
        _axes = axes;
        _early = early;
    }

    /// <summary>The loop nests of some statements. Early values are computed as soon as they can be, instead of beside their consumers.</summary>
    public static ImmutableArray<LoopItem> Fuse(StatementGraph graph, IReadOnlyList<Axis> axes, ISet<Node> early) =>
        new LevelFusion(axes, early).Run(graph.Statements, AxisSet.Empty, rowAxis: null).ToImmutableArray();

    /// <summary>The loops inside of those over some axes, with values beside their consumers.</summary>
    public static ImmutableArray<LoopItem> Fuse(IReadOnlyList<StatementFacts> statements, AxisSet open, IReadOnlyList<Axis> axes) =>
        new LevelFusion(axes, ImmutableHashSet<Node>.Empty).Run(statements, open, AxisChoice.RowAxis(statements, axes)).ToImmutableArray();

    private IEnumerable<LoopItem> Run(IReadOnlyList<StatementFacts> statements, AxisSet open, Axis? rowAxis)
    {
        if (statements.All(s => s.Domain.IsSubsetOf(open))) return statements.Select(s => s.Statement);
        if (open.IsEmpty) rowAxis = AxisChoice.RowAxis(statements, _axes);
        else rowAxis = statements.Select(s => s.Lanes).FirstOrDefault(a => a is not null) ?? rowAxis;

        var group = new FusionGroup(statements);
        RecurrenceUnits units = RecurrenceUnits.Of(statements, open);
        Axis axis = AxisChoice.Choose(group, units, open, rowAxis, _axes);
        List<StatementFacts> candidates = statements.Where(s => s.Domain.Contains(axis) && units.Allow(s, axis)).ToList();
        List<StatementFacts> chosen = candidates.Where(s => units.Together(s).Count > 0 || !group.IsDeferred(s, axis, open, _axes)).ToList();
        var inside = new StatementMap<bool>();
        foreach (StatementFacts statement in chosen.Count == 0 ? candidates : chosen) inside[statement] = true;

        Levels levels = Levels.Of(group, units, inside, axis, isRoot: open.IsEmpty, _early);
        var items = new List<LoopItem>();
        for (int level = 0; level <= levels.Last; level++)
        {
            List<StatementFacts> beside = statements.Where(s => levels[s] == level && !inside[s]).ToList();
            if (beside.Count > 0) items.AddRange(Run(beside, open, rowAxis));
            List<StatementFacts> within = statements.Where(s => levels[s] == level && inside[s]).ToList();
            items.AddRange(Nests(within, axis, open).Select(
                nest => new Loop(axis, Run(nest, open | AxisSet.Of(axis), rowAxis).ToImmutableArray(), nest.Any(s => s.DirectionAlong(axis) < 0))));
        }

        return items;
    }

    /// <summary>
    /// What shares a loop. Each chunk of a nest has its own copy of an array that it scatters to, all of which are merged: where that needs nothing
    /// else of the loop, it has a nest of its own, whose chunks are as few as its little work asks for.
    /// </summary>
    private static IEnumerable<List<StatementFacts>> Nests(List<StatementFacts> within, Axis axis, AxisSet open)
    {
        bool IsApart(StatementFacts s) => open.IsEmpty && s.Statement.Kind == StatementKind.Scatter && s.Reduced.Contains(axis) && !(s.Free - s.Statement.Targets).IsEmpty && !s.Links.Any(l => within.Contains(l.Source));
        if (within.Count == 0) yield break;
        ILookup<bool, StatementFacts> parts = within.ToLookup(IsApart);
        if (parts[false].Any()) yield return parts[false].ToList();
        if (parts[true].Any()) yield return parts[true].ToList();
    }
}
