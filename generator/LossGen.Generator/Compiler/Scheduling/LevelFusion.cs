using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Puts statements into loops: picks an axis, gives each statement along it a level (what reads a finished reduction stands a level after it),
/// makes one loop a level and goes on inside. Schedules of the same statements differ in what is early: what they have in common is found once.
/// </summary>
internal sealed class LevelFusion
{
    private readonly IReadOnlyList<StatementFacts> _statements;
    private readonly IReadOnlyList<Axis> _axes;
    private readonly Dictionary<Place, Split> _splits = new();

    public LevelFusion(IReadOnlyList<StatementFacts> statements, IReadOnlyList<Axis> axes)
    {
        _statements = statements;
        _axes = axes;
    }

    /// <summary>The loop nests of the statements. Early values are computed as soon as they can be, instead of beside their consumers.</summary>
    public ImmutableArray<LoopItem> Fuse(NodeSet early) =>
        Run(_statements, AxisSet.Empty, rowAxis: null, new StatementSet(_statements.Where(s => s.Statement.Kind != StatementKind.Store && early.Contains(s.Statement.Value))));

    /// <summary>The loops inside of those over some axes, with values beside their consumers.</summary>
    public ImmutableArray<LoopItem> Inside(AxisSet open) => Run(_statements, open, AxisChoice.RowAxis(_statements, _axes), new StatementSet());

    private ImmutableArray<LoopItem> Run(IReadOnlyList<StatementFacts> statements, AxisSet open, Axis? rowAxis, StatementSet early)
    {
        var all = new StatementSet();
        var own = new StatementSet();
        AxisSet missing = AxisSet.Empty;
        for (int i = 0; i < statements.Count; i++)
        {
            all.Add(statements[i]);
            if (early.Contains(statements[i])) own.Add(statements[i]);
            missing |= statements[i].Domain - open;
        }

        if (missing.IsEmpty) return statements.Select(s => (LoopItem)s.Statement).ToImmutableArray();
        var place = new Place(all, open, rowAxis);
        if (!_splits.TryGetValue(place, out Split split)) _splits[place] = split = new Split(statements, open, rowAxis, _axes);
        if (!split.Items.TryGetValue(own, out ImmutableArray<LoopItem> items)) split.Items[own] = items = Run(split, open, early, split.Earliest.Sunk(own));
        return items;
    }

    private ImmutableArray<LoopItem> Run(Split split, AxisSet open, StatementSet early, Levels levels)
    {
        var items = ImmutableArray.CreateBuilder<LoopItem>();
        for (int level = 0; level <= levels.Last; level++)
        {
            List<StatementFacts> beside = split.At(levels, level, isInside: false);
            if (beside.Count > 0) items.AddRange(Run(beside, open, split.RowAxis, early));
            List<StatementFacts> within = split.At(levels, level, isInside: true);
            items.AddRange(Nests(within, split.Axis, open).Select(
                nest => new Loop(split.Axis, Run(nest, open | AxisSet.Of(split.Axis), split.RowAxis, early), nest.Any(s => s.DirectionAlong(split.Axis) < 0))));
        }

        return items.ToImmutable();
    }

    /// <summary>
    /// What shares a loop. Each chunk of a nest has its own copy of an array that it scatters to, all of which are merged: where that needs nothing
    /// else of the loop, it has a nest of its own, whose chunks are as few as its little work asks for.
    /// </summary>
    private static IEnumerable<List<StatementFacts>> Nests(List<StatementFacts> within, Axis axis, AxisSet open)
    {
        ILookup<bool, StatementFacts> parts = within.ToLookup(NeedsNothingElse);
        if (parts[false].Any()) yield return parts[false].ToList();
        if (parts[true].Any()) yield return parts[true].ToList();

        bool NeedsNothingElse(StatementFacts s) =>
            open.IsEmpty && s.Statement.Kind == StatementKind.Scatter && s.Reduced.Contains(axis) && !(s.Free - s.Statement.Targets).IsEmpty
            && !s.Links.Any(l => within.Contains(l.Source));
    }

    /// <summary>Some statements inside of some loops.</summary>
    private sealed record Place(StatementSet Statements, AxisSet Open, Axis? RowAxis);

    /// <summary>The axis of the next loops around some statements, which of them these are around, and what is known of their order.</summary>
    private sealed class Split
    {
        private readonly IReadOnlyList<StatementFacts> _statements;
        private readonly StatementMap<bool> _inside = new();

        public Split(IReadOnlyList<StatementFacts> statements, AxisSet open, Axis? rowAxis, IReadOnlyList<Axis> axes)
        {
            _statements = statements;
            RowAxis = open.IsEmpty ? AxisChoice.RowAxis(statements, axes) : statements.Select(s => s.Lanes).FirstOrDefault(a => a is not null) ?? rowAxis;
            var group = new FusionGroup(statements);
            RecurrenceUnits units = RecurrenceUnits.Of(statements, open);
            Axis = AxisChoice.Choose(group, units, open, RowAxis, axes);
            List<StatementFacts> candidates = statements.Where(s => s.Domain.Contains(Axis) && units.Allow(s, Axis)).ToList();
            List<StatementFacts> chosen = candidates.Where(s => units.Together(s).Count > 0 || !group.IsDeferred(s, Axis, open, axes)).ToList();
            foreach (StatementFacts statement in chosen.Count == 0 ? candidates : chosen) _inside[statement] = true;
            Earliest = Levels.Earliest(group, units, _inside, Axis, isRoot: open.IsEmpty);
        }

        public Axis? RowAxis { get; }

        public Axis Axis { get; }

        public Levels Earliest { get; }

        /// <summary>The loops, by the early ones among the statements.</summary>
        public Dictionary<StatementSet, ImmutableArray<LoopItem>> Items { get; } = new();

        /// <summary>The statements of a level, those in its loop or those before it.</summary>
        public List<StatementFacts> At(Levels levels, int level, bool isInside)
        {
            var statements = new List<StatementFacts>();
            foreach (StatementFacts statement in _statements)
            {
                if (levels[statement] == level && _inside[statement] == isInside) statements.Add(statement);
            }

            return statements;
        }
    }
}
