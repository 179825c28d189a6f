using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// The statements that produce some outputs, each after those it reads: every reduction, every state of a recurrence, every value that is
/// read at other positions, every value chosen to be kept, every store. What is element-wise belongs to the statements that use it.
/// What a recurrence carries, a step's own reductions and kept values, is collected together with its states.
/// </summary>
internal sealed class StatementGraph
{
    private readonly Graph _graph;
    private readonly Dictionary<Node, StatementFacts> _byValue = new();
    private readonly List<StatementFacts> _order = new();
    private readonly Dictionary<Statement, StatementFacts> _byStatement = new();
    private readonly NodeSet _readElsewhere;

    // Besides what always is one: kept values, those that are read elsewhere, and steps.
    private readonly NodeSet _statements;
    private readonly HashSet<Recurrence> _complete = new();
    private readonly List<Recurrence> _running = new();

    private readonly Dictionary<RecurrentState, Node> _scans = new();

    // A step that other values use as well is the state itself, at their own position.
    private readonly Dictionary<Node, Node> _stateOfStep = new();

    private StatementGraph(Graph graph, NodeSet kept, ImmutableArray<Node> readElsewhere)
    {
        _graph = graph;
        _readElsewhere = new NodeSet(readElsewhere);
        _statements = kept.With(readElsewhere);
    }

    /// <summary>In dependency order.</summary>
    public IReadOnlyList<StatementFacts> Statements => _order;

    public StatementFacts this[Statement statement] => _byStatement[statement];

    /// <summary>What gave the statements the places that they have now: schedules of the same statements take turns.</summary>
    public object? Placed { get; set; }

    /// <summary>The statements of some outputs when the values in <paramref name="kept"/> are computed once and stored.</summary>
    public static StatementGraph Collect(Graph graph, ImmutableArray<KernelOutput> outputs, NodeSet kept) =>
        Collect(graph, outputs, kept, ReadElsewhere(graph, outputs));

    /// <summary>The values that some outputs read at other positions than their own.</summary>
    public static ImmutableArray<Node> ReadElsewhere(Graph graph, ImmutableArray<KernelOutput> outputs) =>
        Reachability.WithRecurrences(graph, outputs.Select(o => o.Value)).Where(n => n.Op.Is(Ops.At, Ops.Order)).Select(n => n[0]).ToImmutableArray();

    /// <summary>The same where it is known already what is read at other positions, and of some sums which contractions they are.</summary>
    public static StatementGraph Collect(
        Graph graph, ImmutableArray<KernelOutput> outputs, NodeSet kept, ImmutableArray<Node> readElsewhere, Dictionary<Node, Contraction?>? contractions = null)
    {
        var statements = new StatementGraph(graph, kept, readElsewhere);
        foreach (KernelOutput output in outputs) statements.Add(new Statement(StatementKind.Store, output.Value, output));
        foreach (StatementFacts facts in statements._order) facts.Carried = statements.CarriedLinks(facts);
        foreach (StatementFacts facts in statements._order) Relate(facts);
        statements.FindLanes(contractions ?? new Dictionary<Node, Contraction?>());
        return statements;
    }

    /// <summary>Says what a statement reads, to itself and to what it reads.</summary>
    private static void Relate(StatementFacts reader)
    {
        reader.Statement.Dependencies = reader.Links.Select(l => l.Source.Statement).ToImmutableArray();
        reader.Statement.Carried = reader.Carried.Select(l => l.Source.Statement).ToImmutableArray();
        foreach (StatementLink link in reader.Links.Concat(reader.Carried))
        {
            link.Source.Readers.Add(new StatementReader(reader, link.Elsewhere));
            Statement source = link.Source.Statement;
            if (!link.Elsewhere.IsEmpty) reader.Statement.Elsewhere = reader.Statement.Elsewhere.SetItem(source, reader.Statement.ElsewhereOf(source) | link.Elsewhere);
        }
    }

    /// <summary>Says along which axis the lanes of contractions run, and the rows that are turned for them. What would have to be turned, and is not, has none.</summary>
    private void FindLanes(Dictionary<Node, Contraction?> contractions)
    {
        IReadOnlyList<Axis> order = LoopOrder.Of(_graph.Axes);
        bool areTurned = _order.Any(s => s.Statement.Value.Is(Ops.Operand));
        foreach (StatementFacts facts in _order)
        {
            Node value = facts.Statement.Value;
            facts.Lanes = facts.Statement.Kind == StatementKind.Reduce ? (Of(value) is { } contraction && (areTurned || !contraction.IsTurned) ? contraction.Lanes : null) : value.Is(Ops.Operand) ? (Axis)value.Payload! : null;
        }

        Contraction? Of(Node sum) => contractions.TryGetValue(sum, out Contraction? known) ? known : contractions[sum] = Contraction.Of(sum, order);
    }

    /// <summary>Whether a value must be stored, because it is read at other positions than those of its reader.</summary>
    public bool IsReadElsewhere(Node value) => _readElsewhere.Contains(value);

    private bool IsStatement(Node node) =>
        node.Op.Is(Ops.Reduce, Ops.Scan, Ops.Scatter, Ops.Order, Ops.Operand) || _statements.Contains(node);

    private StatementFacts Computing(Node node)
    {
        if (_stateOfStep.TryGetValue(node, out Node? state)) node = state;
        Begin(node.Open);
        if (_byValue.TryGetValue(node, out StatementFacts known)) return known;
        if (node.Is(Ops.Scan)) return State(node);
        StatementKind kind = node.Is(Ops.Reduce) ? StatementKind.Reduce : node.Is(Ops.Scatter) ? StatementKind.Scatter : node.Is(Ops.Order) ? StatementKind.Sort : StatementKind.Materialize;
        return _byValue[node] = Add(new Statement(kind, node, output: null));
    }

    /// <summary>What uses values of a recurrence from outside comes after all of its states; one inside of another is begun there.</summary>
    private void Begin(ImmutableArray<Recurrence> open)
    {
        foreach (Recurrence recurrence in open)
        {
            if (IsBegun(recurrence) || !recurrence.Around.All(IsBegun)) continue;
            Run(recurrence, recurrence.States.Select((_, k) => ScanOf(new RecurrentState(recurrence, k))));
            _complete.Add(recurrence);
        }
    }

    private Node ScanOf(RecurrentState state) => _scans.TryGetValue(state, out Node known) ? known : _scans[state] = _graph.ScanOf(state);

    private bool IsBegun(Recurrence recurrence) => _running.Contains(recurrence) || _complete.Contains(recurrence);

    private StatementFacts State(Node scan)
    {
        Run(scan.State.Recurrence, [scan]);
        return _byValue[scan];
    }

    // Some states of a recurrence, and those that they need.
    private void Run(Recurrence recurrence, IEnumerable<Node> states)
    {
        for (int k = 0; k < recurrence.States.Length; k++)
        {
            Node state = ScanOf(new RecurrentState(recurrence, k)), step = state[k];
            if (!Statement.IsOwnStep(step, state.State) || _stateOfStep.ContainsKey(step)) continue;
            _stateOfStep[step] = state;
            _statements.Add(step);
        }

        bool isOutermost = !_running.Contains(recurrence);
        if (isOutermost) _running.Add(recurrence);
        foreach (Node state in states.Where(s => !_byValue.ContainsKey(s))) _byValue[state] = Add(new Statement(StatementKind.Scan, state, output: null));
        while (isOutermost && _order.SelectMany(s => s.Previous).FirstOrDefault(p => IsMissing(p, recurrence)) is { } previous)
        {
            Node needed = ScanOf(previous.State);
            _byValue[needed] = Add(new Statement(StatementKind.Scan, needed, output: null));
        }

        if (isOutermost) _running.Remove(recurrence);
    }

    private bool IsMissing(Node previous, Recurrence recurrence) =>
        ReferenceEquals(previous.State.Recurrence, recurrence) && !_byValue.ContainsKey(ScanOf(previous.State));

    private StatementFacts Add(Statement statement)
    {
        var visited = new NodeSet();
        var links = new List<StatementLink>();
        var interior = ImmutableArray.CreateBuilder<Node>();
        Begin(statement.Expression.Open);
        Walk(statement.Expression, isOwn: statement.EvaluatesExpression);
        ImmutableArray<Recurrence> carriedBy = statement.Value.Open.Where(_running.Contains).ToImmutableArray();
        if (statement.Kind == StatementKind.Scan) carriedBy = carriedBy.Add(statement.Value.State.Recurrence);
        if (statement.Kind == StatementKind.Store) carriedBy = ImmutableArray<Recurrence>.Empty;
        var facts = new StatementFacts(_order.Count, statement, links.ToImmutableArray(), interior.ToImmutable(), carriedBy);
        _order.Add(facts);
        _byStatement.Add(statement, facts);
        return facts;

        void Walk(Node node, bool isOwn)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (!visited.Add(node)) return;
            if (!isOwn && IsStatement(node))
            {
                Link(node, AxisSet.Empty);
                return;
            }

            if (node.Is(Ops.At)) Link(node[0], node.Indexed.Set);
            if (node.Is(Ops.Order)) Link(node[0], AxisSet.Of((Axis)node.Payload!));
            if (node.Is(Ops.Previous) && !_running.Contains(node.State.Recurrence)) Link(ScanOf(node.State), PlacesBefore(node));
            for (int k = node.Op.Is(Ops.At, Ops.Order) ? 1 : 0; k < node.Arguments.Length; k++) Walk(node[k], isOwn: false);
            interior.Add(node);
        }

        // One link a source: what is read here and elsewhere is read elsewhere.
        void Link(Node value, AxisSet elsewhere)
        {
            StatementFacts source = Computing(value);
            int known = links.FindIndex(l => ReferenceEquals(l.Source, source));
            if (known < 0) links.Add(new StatementLink(source, elsewhere));
            else links[known] = new StatementLink(source, links[known].Elsewhere | elsewhere);
        }
    }

    /// <summary>The states that a carried statement reads at the position before: they are complete when its iteration begins.</summary>
    private ImmutableArray<StatementLink> CarriedLinks(StatementFacts facts) => facts.Previous
        .Where(p => facts.Recurrences.Contains(p.State.Recurrence))
        .GroupBy(p => p.State)
        .Select(reads => new StatementLink(_byValue[ScanOf(reads.Key)], reads.Aggregate(AxisSet.Empty, (axes, read) => axes | PlacesBefore(read))))
        .OrderBy(l => l.Source.Statement.Value.Id).ToImmutableArray();

    // The axis of the recurrence, and the state's axes along which the read is elsewhere.
    private static AxisSet PlacesBefore(Node previous) => AxisSet.Of(previous.State.Axes
        .Where((axis, k) => !(previous[k + 1].Is(Ops.Affine) && ReferenceEquals(previous[k + 1].Affine.PlainAxis, axis)))
        .Append(previous.State.Recurrence.Axis));
}
