using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Puts statements into loops: picks an axis, gives each statement along it a level (what reads a finished reduction stands a level after it),
/// makes one loop a level and goes on inside. Statements sink to the level of their consumers, so that values stay in registers,
/// unless they are to be computed early.
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

    private IEnumerable<LoopItem> Run(IReadOnlyList<StatementFacts> statements, AxisSet open, Axis? rowAxis)
    {
        if (statements.All(s => s.Domain.IsSubsetOf(open))) return statements.Select(s => s.Statement);
        if (open.IsEmpty) rowAxis = AxisChoice.RowAxis(statements, _axes);

        var group = new FusionGroup(statements);
        Axis axis = AxisChoice.Choose(group, open, rowAxis, _axes);
        var inside = new HashSet<StatementFacts>(statements.Where(s => s.Domain.Contains(axis) && !group.IsDeferred(s, axis, open, _axes)));
        if (inside.Count == 0) inside.UnionWith(statements.Where(s => s.Domain.Contains(axis)));

        Dictionary<StatementFacts, int> levels = EarliestLevels(group, inside, axis);
        int top = statements.Where(inside.Contains).Max(s => levels[s]);
        Sink(group, inside, axis, levels, top);

        var items = new List<LoopItem>();
        for (int level = 0; level <= top + 1; level++)
        {
            List<StatementFacts> beside = statements.Where(s => levels[s] == level && !inside.Contains(s)).ToList();
            if (beside.Count > 0) items.AddRange(Run(beside, open, rowAxis));
            List<StatementFacts> within = statements.Where(s => levels[s] == level && inside.Contains(s)).ToList();
            if (within.Count > 0) items.Add(new Loop(axis, Run(within, open | AxisSet.Of(axis), rowAxis).ToImmutableArray()));
        }

        return items;
    }

    private static Dictionary<StatementFacts, int> EarliestLevels(FusionGroup group, HashSet<StatementFacts> inside, Axis axis)
    {
        var levels = new Dictionary<StatementFacts, int>();
        foreach (StatementFacts statement in group.Statements)
        {
            int level = 0;
            foreach (StatementLink link in statement.Links)
            {
                if (group.Contains(link.Source)) level = Math.Max(level, levels[link.Source] + Step(link, statement, inside, axis));
            }

            levels[statement] = level;
        }

        return levels;
    }

    private void Sink(FusionGroup group, HashSet<StatementFacts> inside, Axis axis, Dictionary<StatementFacts, int> levels, int top)
    {
        for (int i = group.Statements.Count - 1; i >= 0; i--)
        {
            StatementFacts statement = group.Statements[i];
            if (statement.Statement.Kind != StatementKind.Store && _early.Contains(statement.Statement.Value)) continue;
            IReadOnlyList<StatementFacts> consumers = group.ConsumersOf(statement);
            levels[statement] = consumers.Count == 0
                ? Math.Max(levels[statement], inside.Contains(statement) ? top : top + 1)
                : consumers.Min(c => levels[c] - Step(c.Links.First(l => ReferenceEquals(l.Source, statement)), c, inside, axis));
        }
    }

    // How many levels a reader stands behind what it reads.
    private static int Step(StatementLink link, StatementFacts reader, HashSet<StatementFacts> inside, Axis axis)
    {
        if (!inside.Contains(link.Source)) return 0;
        return !inside.Contains(reader) || link.Source.Reduced.Contains(axis) || link.Elsewhere.Contains(axis) ? 1 : 0;
    }
}
