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
    private readonly bool _mayCut;
    private readonly Dictionary<Place, Split> _splits = new();

    /// <summary>The same statements put into loops in more than one way; over strips of an axis, too, where they may be cut.</summary>
    public LevelFusion(IReadOnlyList<StatementFacts> statements, IReadOnlyList<Axis> axes, bool mayCut)
    {
        _statements = statements;
        _axes = axes;
        _mayCut = mayCut;
    }

    /// <summary>The loop nests of the statements. Early values are computed as soon as they can be, instead of beside their consumers.</summary>
    public ImmutableArray<LoopItem> Fuse(NodeSet early) =>
        Run(_statements, AxisSet.Empty, AxisSet.Empty, rowAxis: null, new StatementSet(_statements.Where(s => s.Statement.Kind != StatementKind.Store && early.Contains(s.Statement.Value))));

    /// <summary>The loops inside of those over some axes, with values beside their consumers.</summary>
    public ImmutableArray<LoopItem> Inside(AxisSet open) => Run(_statements, open, AxisSet.Empty, AxisChoice.RowAxis(_statements, _axes), new StatementSet());

    private ImmutableArray<LoopItem> Run(IReadOnlyList<StatementFacts> statements, AxisSet open, AxisSet cut, Axis? rowAxis, StatementSet early)
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
        var place = new Place(all, open, cut, rowAxis);
        if (!_splits.TryGetValue(place, out Split split)) _splits[place] = split = SplitOf(statements, open, cut, rowAxis);
        if (!split.Items.TryGetValue(own, out ImmutableArray<LoopItem> items)) split.Items[own] = items = Run(split, open, cut, early, split.Earliest.Sunk(own));
        return items;
    }

    private Split SplitOf(IReadOnlyList<StatementFacts> statements, AxisSet open, AxisSet cut, Axis? rowAxis)
    {
        var split = new Split(statements, open, rowAxis, _axes);
        if (!_mayCut || open.IsEmpty || !cut.IsEmpty || !split.HasRowsOfAccumulators(open)) return split;
        Split strips = split.InStrips(open);
        return strips.Passes < split.Passes ? strips : split;
    }

    private ImmutableArray<LoopItem> Run(Split split, AxisSet open, AxisSet cut, StatementSet early, Levels levels)
    {
        var items = ImmutableArray.CreateBuilder<LoopItem>();
        for (int level = 0; level <= levels.Last; level++)
        {
            List<StatementFacts> beside = split.At(levels, level, isInside: false);
            if (beside.Count > 0) items.AddRange(Run(beside, open, cut, split.RowAxis, early));
            List<StatementFacts> within = split.At(levels, level, isInside: true);
            items.AddRange(Nests(within, split.Axis, open).Select(nest => LoopOver(nest, split, open, cut, early, isFirst: level == 0)));
        }

        return items.ToImmutable();
    }

    private Loop LoopOver(List<StatementFacts> nest, Split split, AxisSet open, AxisSet cut, StatementSet early, bool isFirst)
    {
        if (split.IsInStrips) return Loop.OverStrips(split.Axis, Run(nest, open, AxisSet.Of(split.Axis), split.RowAxis, early));
        Axis axis = !isFirst && split.RowAxis is { } row && cut.Contains(row) && !open.Contains(row) && StripLoops.GoInside(nest, split.Axis, row, split.Has) ? row : split.Axis;
        return new Loop(axis, Run(nest, open | AxisSet.Of(axis), cut, split.RowAxis, early), nest.Any(s => s.DirectionAlong(axis) < 0));
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
    private sealed record Place(StatementSet Statements, AxisSet Open, AxisSet Cut, Axis? RowAxis);

    /// <summary>The axis of the next loops around some statements, which of them these are around, and what is known of their order.</summary>
    private sealed class Split
    {
        private readonly IReadOnlyList<StatementFacts> _statements;
        private readonly IReadOnlyList<Axis> _axes;
        private readonly StatementMap<bool> _inside = new();

        public Split(IReadOnlyList<StatementFacts> statements, AxisSet open, Axis? rowAxis, IReadOnlyList<Axis> axes, bool isInStrips = false)
        {
            _statements = statements;
            _axes = axes;
            IsInStrips = isInStrips;
            RowAxis = open.IsEmpty ? AxisChoice.RowAxis(statements, axes) : statements.Select(s => s.Lanes).FirstOrDefault(a => a is not null) ?? rowAxis;
            var group = new FusionGroup(statements);
            RecurrenceUnits units = RecurrenceUnits.Of(statements, open);
            Axis = isInStrips ? RowAxis! : AxisChoice.Choose(group, units, open, RowAxis, axes);
            List<StatementFacts> candidates = statements.Where(s => s.Domain.Contains(Axis) && units.Allow(s, Axis)).ToList();
            List<StatementFacts> chosen = candidates.Where(s => units.Together(s).Count > 0 || !group.IsDeferred(s, Axis, open, axes)).ToList();
            foreach (StatementFacts statement in chosen.Count == 0 ? candidates : chosen) _inside[statement] = true;
            Earliest = Levels.Earliest(group, units, _inside, Axis, isRoot: open.IsEmpty);
        }

        public Axis? RowAxis { get; }

        public Axis Axis { get; }

        /// <summary>Whether the loops run over strips of the axis, and others over it stand inside.</summary>
        public bool IsInStrips { get; }

        /// <summary>How many loops over the axis follow each other at least.</summary>
        public int Passes => _statements.Where(s => _inside[s]).Select(s => Earliest[s]).DefaultIfEmpty(-1).Max() + 1;

        public Levels Earliest { get; }

        /// <summary>
        /// Whether reductions over the axis need a row of accumulators each, which passes by with the rows at every position: cut into strips,
        /// rows stay in a cache from one pass to the next. Rows that positions of the loops around share, as those of a contraction, are tiled instead,
        /// and windows over a row want it whole.
        /// </summary>
        public bool HasRowsOfAccumulators(AxisSet open)
        {
            return RowAxis is { IsShort: false } && !ReferenceEquals(RowAxis, Axis) && !open.Contains(RowAxis)
                && _statements.All(s => s.Lanes is null && s.Recurrences.IsEmpty && s.Links.All(l => !l.Elsewhere.Contains(RowAxis)) && s.Statement.Kind is StatementKind.Reduce or StatementKind.Materialize or StatementKind.Store)
                && _statements.Any(HasRow) && _statements.Where(HasRow).All(s => RowsOf(s).All(open.IsSubsetOf));

            bool HasRow(StatementFacts s) =>
                s.Reduced.Contains(Axis) && s.Free.Contains(RowAxis) && !s.IsOpened(open) && FusionGroup.Unbounded(s.Free - open, _axes) == 1;

            IEnumerable<AxisSet> RowsOf(StatementFacts s) => s.Loads.Select(l => l.Axes).Concat(s.Links.Select(l => l.Source.Free)).Where(axes => axes.Contains(RowAxis));
        }

        public bool Has(StatementFacts statement) => _statements.Contains(statement);

        /// <summary>The same statements in strips of the row axis.</summary>
        public Split InStrips(AxisSet open) => new(_statements, open, RowAxis, _axes, isInStrips: true);

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
