using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Decides which values are kept and which statements run early: steepest descent under the cost model from two starts, everything beside its
/// consumers and everything as early as possible. A counted budget bounds it, so that the result depends on the formula alone.
/// </summary>
internal sealed class ScheduleSearch
{
    /// <summary>More trials than this never paid.</summary>
    public const int MostTrials = 96;

    private const int FewestTrials = 8;
    private const int NodeVisits = 150_000;
    private const double LeastGain = 1e-4;

    private readonly Graph _graph;
    private readonly IReadOnlyList<Axis> _axes;
    private readonly ImmutableArray<KernelOutput> _outputs;
    private readonly ImmutableArray<Node> _readElsewhere;
    private readonly bool _mayCut;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<ScheduleChoice, ScheduleTrial> _tried = new();
    private readonly Dictionary<NodeSet, Start> _starts = new();
    private readonly Dictionary<Node, Contraction?> _contractions = new();

    private ScheduleSearch(Graph graph, ImmutableArray<KernelOutput> outputs, bool mayCut, CancellationToken ct)
    {
        _mayCut = mayCut;
        _graph = graph;
        _axes = LoopOrder.Of(graph.Axes);
        _outputs = outputs;
        _readElsewhere = StatementGraph.ReadElsewhere(graph, outputs);
        _cancellation = ct;
    }

    /// <summary>Trials made so far.</summary>
    public int Trials { get; private set; }

    /// <summary>The best schedule found, and how many were tried.</summary>
    public static (LoopTree Tree, int Trials) Run(Graph graph, ImmutableArray<KernelOutput> outputs, CancellationToken ct)
    {
        var search = new ScheduleSearch(graph, outputs, mayCut: true, ct);
        LoopTree tree = search.Best().ToTree(outputs);
        return (tree, search.Trials);
    }

    /// <summary>The schedule that the search starts with, for kernels that seldom run.</summary>
    public static LoopTree First(Graph graph, ImmutableArray<KernelOutput> outputs, CancellationToken ct) => new ScheduleSearch(graph, outputs, mayCut: false, ct).Sunk().ToTree(outputs);

    private ScheduleTrial Best()
    {
        ScheduleTrial sunk = Sunk();
        ImmutableArray<Node> values = sunk.Graph.Statements
            .Where(s => s.Statement.Kind != StatementKind.Store).Select(s => s.Statement.Value).ToImmutableArray();
        ImmutableArray<Move> moves = KeepCandidates.Find(sunk.Graph).Select(n => new Move(n, IsKept: true))
            .Concat(values.Select(n => new Move(n, IsKept: false))).ToImmutableArray();

        int budget = Budget(sunk.Graph);
        ScheduleTrial fromSunk = Descend(sunk, moves, limit: budget / 2);
        ScheduleTrial fromEarly = Descend(Try(sunk.Choice with { Early = new NodeSet(values) }), moves, limit: budget);
        return fromEarly.Cost < fromSunk.Cost * (1 - LeastGain) ? fromEarly : fromSunk;
    }

    // Everything beside its consumers.
    private ScheduleTrial Sunk() => Try(ScheduleChoice.None with { Kept = InvariantRows.Find(Keeping(ScheduleChoice.None.Kept).Statements) });

    private ScheduleTrial Descend(ScheduleTrial start, ImmutableArray<Move> moves, int limit)
    {
        ScheduleTrial best = start;
        if (limit - Trials < moves.Length) return DescendAtOnce(start, moves, limit);
        while (true)
        {
            // Each move alone, then the good ones together, the best first, as long as each still gains.
            var gains = new List<(Move Move, ScheduleTrial Alone)>();
            foreach (Move move in moves)
            {
                if (Trials >= limit) break;
                ScheduleTrial alone = Try(best, move);
                if (IsBetter(alone, best)) gains.Add((move, alone));
            }

            if (gains.Count == 0) return best;
            gains = gains.OrderBy(g => g.Alone.Cost).ToList();
            best = gains[0].Alone;
            foreach ((Move move, _) in gains.Skip(1))
            {
                if (Trials >= limit) return best;
                ScheduleTrial together = Try(best, move);
                if (IsBetter(together, best)) best = together;
            }
        }
    }

    // Too few trials are left to try each move alone: a good one is taken as it comes, the values built on others first, which then need not be kept.
    private ScheduleTrial DescendAtOnce(ScheduleTrial start, ImmutableArray<Move> moves, int limit)
    {
        ScheduleTrial best = start;
        foreach (Move move in moves.Where(m => m.IsKept).Reverse().Concat(moves.Where(m => !m.IsKept)))
        {
            if (Trials >= limit) break;
            ScheduleTrial trial = Try(best, move);
            if (IsBetter(trial, best)) best = trial;
        }

        return best;
    }

    private static bool IsBetter(ScheduleTrial trial, ScheduleTrial than) => trial.Cost < than.Cost * (1 - LeastGain);

    private ScheduleTrial Try(ScheduleTrial from, Move move) => Try(move.IsKept
        ? from.Choice with { Kept = from.Choice.Kept.Toggled(move.Value) }
        : from.Choice with { Early = from.Choice.Early.Toggled(move.Value) });

    private ScheduleTrial Try(ScheduleChoice choice)
    {
        _cancellation.ThrowIfCancellationRequested();
        Trials++;
        if (_tried.TryGetValue(choice, out ScheduleTrial known)) return known;
        Start start = Keeping(choice.Kept);
        return _tried[choice] = new ScheduleTrial(start.Statements, start.Fusion, _axes, choice);
    }

    private Start Keeping(NodeSet kept)
    {
        if (_starts.TryGetValue(kept, out Start known)) return known;
        StatementGraph statements = StatementGraph.Collect(_graph, _outputs, kept, _readElsewhere, _contractions);
        return _starts[kept] = new Start(statements, new LevelFusion(statements.Statements, _axes, _mayCut));
    }

    // Work a trial grows with the nodes that statements evaluate and with the pairs of statements.
    private static int Budget(StatementGraph graph)
    {
        int count = graph.Statements.Count;
        long work = graph.Statements.Sum(s => (long)s.Interior.Length) + ((long)count * count);
        return (int)Math.Max(FewestTrials, Math.Min(MostTrials, NodeVisits / Math.Max(1, work)));
    }

    /// <summary>What all schedules that keep the same values begin with.</summary>
    private sealed record Start(StatementGraph Statements, LevelFusion Fusion);

    private readonly record struct Move(Node Value, bool IsKept);
}
