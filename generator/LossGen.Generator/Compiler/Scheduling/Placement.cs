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

        foreach (StatementFacts facts in graph.Statements)
        {
            Statement statement = facts.Statement;
            int accumulator = OutermostReduced(statement.Path, facts.Reduced);
            int storage = accumulator;
            foreach (StatementReader reader in facts.Readers)
            {
                storage = CommonDepth(statement.Path, reader.Reader.Statement.Path, storage);
                // A loop along which it is read at another index holds one position only.
                storage = OutermostReduced(statement.Path, reader.Elsewhere, storage);
            }

            statement.Consumers = InOrder(facts.Readers);
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

    private static ImmutableArray<Statement> InOrder(List<StatementReader> readers)
    {
        ImmutableArray<Statement>.Builder statements = ImmutableArray.CreateBuilder<Statement>(readers.Count);
        foreach (StatementReader reader in readers) statements.Add(reader.Reader.Statement);
        statements.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        return statements.MoveToImmutable();
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
        for (int i = 0; i < depth; i++)
        {
            if (path[i].StripsOf is null) free -= AxisSet.Of(path[i].Axis);
        }

        if (free.IsEmpty) return ImmutableArray<Axis>.Empty;
        var remaining = ImmutableArray.CreateBuilder<Axis>();
        foreach (Axis axis in axes)
        {
            if (free.Contains(axis)) remaining.Add(axis);
        }

        return remaining.ToImmutable();
    }
}
