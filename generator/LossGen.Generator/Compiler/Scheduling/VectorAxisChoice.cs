using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Chooses for each root loop the axis along which lanes run: the one along which most of memory is contiguous. A loop inside of it in which
/// nothing runs along that axis would be scalar: it gets an axis of its own, if memory is contiguous along one or functions take most of its time.
/// </summary>
internal sealed class VectorAxisChoice
{
    // Below it, most of the memory that a loop inside touches is not contiguous along any axis: it stays scalar, unless what it computes takes longer.
    private const double LeastVotes = 0;

    private readonly StatementGraph _graph;
    private readonly IReadOnlyList<Axis> _axes;
    private readonly ImmutableDictionary<Loop, Axis>.Builder _chosen = ImmutableDictionary.CreateBuilder<Loop, Axis>();

    private VectorAxisChoice(StatementGraph graph, IReadOnlyList<Axis> axes)
    {
        _graph = graph;
        _axes = axes;
    }

    public static ImmutableDictionary<Loop, Axis> Choose(StatementGraph graph, ImmutableArray<LoopItem> items, IReadOnlyList<Axis> axes)
    {
        var choice = new VectorAxisChoice(graph, axes);
        foreach (Loop root in items.OfType<Loop>())
        {
            List<StatementFacts> statements = choice.Inside(root);
            AxisSet loops = Candidates(statements);
            if (loops.IsEmpty)
            {
                choice.ChooseInside(root, null, AxisSet.Of(root.Axis));
                continue;
            }

            Axis axis = OfContraction(statements, loops) ?? choice.Contiguous(statements, loops, double.NegativeInfinity) ?? axes.LastOrDefault(a => loops.Contains(a) && !a.IsShort) ?? axes.Last(loops.Contains);
            choice._chosen[root] = axis;
            choice.ChooseInside(root, axis, AxisSet.Of(root.Axis));
        }

        return choice._chosen.ToImmutable();
    }

    /// <summary>The axis of lanes for what stands in some loops, outermost first: that of the innermost one that has one.</summary>
    public static Axis? For(ImmutableArray<Loop> path, IReadOnlyDictionary<Loop, Axis> axes)
    {
        for (int i = path.Length - 1; i >= 0; i--)
        {
            if (axes.TryGetValue(path[i], out Axis axis)) return axis;
        }

        return null;
    }

    /// <summary>The axes of a statement's array as they lie in memory: that of its own lanes last, so that these are neighbours.</summary>
    public static ImmutableArray<Axis> LanesLast(Statement statement, ImmutableArray<Axis> axes, IReadOnlyDictionary<Loop, Axis> chosen)
    {
        Axis? lanes = For(statement.Path, chosen);
        int at = lanes is null ? -1 : axes.IndexOf(lanes);
        return at < 0 || at == axes.Length - 1 ? axes : axes.RemoveAt(at).Add(lanes!);
    }

    private void ChooseInside(Loop loop, Axis? axis, AxisSet open)
    {
        if (ReferenceEquals(loop.Axis, axis)) return;
        foreach (Loop inner in loop.Body.OfType<Loop>())
        {
            Axis? own = axis;
            if (axis is null || !RunsAlong(inner, axis))
            {
                List<StatementFacts> statements = Inside(inner);
                AxisSet loops = Candidates(statements) - open;
                own = OfContraction(statements, loops) ?? Contiguous(statements, loops, statements.Any(s => !s.HeavyAxes.IsEmpty) ? double.NegativeInfinity : LeastVotes);
                if (own is not null) _chosen[inner] = own;
            }

            ChooseInside(inner, own, inner.StripsOf is null ? open | AxisSet.Of(inner.Axis) : open);
        }
    }

    private static bool RunsAlong(Loop loop, Axis axis) => ReferenceEquals(loop.Axis, axis) || loop.Body.OfType<Loop>().Any(inner => RunsAlong(inner, axis));

    private List<StatementFacts> Inside(Loop loop) => loop.Statements.Select(s => _graph[s]).ToList();

    /// <summary>The axis that a contraction asks for.</summary>
    private static Axis? OfContraction(List<StatementFacts> statements, AxisSet loops) => statements.Select(s => s.Lanes).FirstOrDefault(a => a is not null && loops.Contains(a));

    private Axis? Contiguous(List<StatementFacts> statements, AxisSet loops, double least) =>
        loops.IsEmpty ? null : AccessScore.Of(statements, _axes, source => LanesLast(source.Statement, source.Statement.StorageAxes, _chosen)).Best(loops, includeShort: false, least);

    /// <summary>The axes over which some statements loop and along which lanes can run.</summary>
    private static AxisSet Candidates(List<StatementFacts> statements)
    {
        AxisSet loops = AxisSet.Empty;
        foreach (StatementFacts statement in statements) loops |= statement.Domain;

        // A recurrence goes from position to position.
        loops -= AxisSet.Of(statements.Where(s => s.Statement.Kind == StatementKind.Scan).Select(s => s.Statement.Value.State.Recurrence.Axis));
        // Lanes that scatter share one array: it must stand outside of their loop.
        foreach (Statement scatter in statements.Select(s => s.Statement).Where(s => s.Kind == StatementKind.Scatter))
        {
            loops -= AxisSet.Of(scatter.Path.Take(scatter.AccumulatorDepth).Where(l => l.StripsOf is null).Select(l => l.Axis));
        }

        // Rows are sorted one after the other.
        foreach (StatementFacts sort in statements.Where(s => s.Statement.Kind == StatementKind.Sort)) loops -= sort.Domain;
        return loops;
    }
}
