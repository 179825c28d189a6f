using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Gives every statement of a loop nest its place: the loops around it, the block where its accumulator stands (just outside its outermost
/// reduced loop) and the block where its value lives (the innermost one around it and all of its readers).
/// </summary>
internal static class Placement
{
    public static void Apply(StatementGraph graph, ImmutableArray<LoopItem> items, IReadOnlyList<Axis> axes)
    {
        int position = 0;
        Locate(items, ImmutableArray<Loop>.Empty, ref position);

        var readers = new StatementMap<List<(StatementFacts Reader, AxisSet Elsewhere)>>();
        foreach (StatementFacts statement in graph.Statements) readers[statement] = [];
        foreach (StatementFacts statement in graph.Statements)
        {
            statement.Statement.Dependencies = statement.Links.Select(l => l.Source.Statement).ToImmutableArray();
            statement.Statement.Carried = statement.Carried.Select(l => l.Source.Statement).ToImmutableArray();
            statement.Statement.Elsewhere = ImmutableDictionary<Statement, AxisSet>.Empty;
            foreach (StatementLink link in statement.Links) AddReader(statement, link);
            foreach (StatementLink link in statement.Carried) AddReader(statement, link);
        }

        void AddReader(StatementFacts reader, StatementLink link)
        {
            readers[link.Source].Add((reader, link.Elsewhere));
            if (link.Elsewhere.IsEmpty) return;
            Statement source = link.Source.Statement;
            reader.Statement.Elsewhere = reader.Statement.Elsewhere.SetItem(source, reader.Statement.ElsewhereOf(source) | link.Elsewhere);
        }

        foreach (StatementFacts facts in graph.Statements)
        {
            Statement statement = facts.Statement;
            int accumulator = OutermostReduced(statement.Path, facts.Reduced);
            int storage = accumulator;
            foreach ((StatementFacts reader, AxisSet elsewhere) in readers[facts])
            {
                storage = CommonDepth(statement.Path, reader.Statement.Path, storage);
                // A loop along which it is read at another index holds one position only.
                storage = OutermostReduced(statement.Path, elsewhere, storage);
            }

            statement.Consumers = readers[facts].Select(r => r.Reader.Statement).OrderBy(s => s.Position).ToImmutableArray();
            statement.Alias = null;
            statement.AccumulatorDepth = accumulator;
            statement.StorageDepth = storage;
            statement.AccumulatorAxes = statement.Accumulates ? Remaining(facts.Free, statement.Path, accumulator, axes) : ImmutableArray<Axis>.Empty;
            statement.StorageAxes = statement.Kind == StatementKind.Store ? ImmutableArray<Axis>.Empty : Remaining(facts.Free, statement.Path, storage, axes);
        }
    }

    /// <summary>How many loops, at most <paramref name="limit"/>, two paths have in common.</summary>
    public static int CommonDepth(ImmutableArray<Loop> a, ImmutableArray<Loop> b, int limit)
    {
        int depth = 0;
        while (depth < limit && depth < a.Length && depth < b.Length && ReferenceEquals(a[depth], b[depth])) depth++;
        return depth;
    }

    private static void Locate(ImmutableArray<LoopItem> items, ImmutableArray<Loop> path, ref int position)
    {
        foreach (LoopItem item in items)
        {
            if (item is Loop loop)
            {
                Locate(loop.Body, path.Add(loop), ref position);
            }
            else
            {
                var statement = (Statement)item;
                statement.Path = path;
                statement.Position = position++;
            }
        }
    }

    /// <summary>How many loops, at most <paramref name="limit"/>, stand outside the first one over an axis of the set.</summary>
    public static int OutermostReduced(ImmutableArray<Loop> path, AxisSet set, int limit = int.MaxValue)
    {
        int depth = 0;
        while (depth < limit && depth < path.Length && !set.Contains(path[depth].Axis)) depth++;
        return depth;
    }

    private static ImmutableArray<Axis> Remaining(AxisSet free, ImmutableArray<Loop> path, int depth, IReadOnlyList<Axis> axes)
    {
        for (int i = 0; i < depth; i++) free -= AxisSet.Of(path[i].Axis);
        return free.IsEmpty ? ImmutableArray<Axis>.Empty : axes.Where(free.Contains).ToImmutableArray();
    }
}
