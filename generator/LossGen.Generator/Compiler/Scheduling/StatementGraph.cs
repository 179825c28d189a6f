using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// The statements that produce some outputs, each after those it reads: every reduction, every value chosen to be kept, every store.
/// What is element-wise belongs to the statements that use it.
/// </summary>
internal sealed class StatementGraph
{
    private readonly ISet<Node> _kept;
    private readonly Dictionary<Node, StatementFacts> _byValue = new();
    private readonly List<StatementFacts> _order = new();

    private StatementGraph(ISet<Node> kept) => _kept = kept;

    /// <summary>In dependency order.</summary>
    public IReadOnlyList<StatementFacts> Statements => _order;

    /// <summary>The statements of some outputs when the values in <paramref name="kept"/> are computed once and stored.</summary>
    public static StatementGraph Collect(ImmutableArray<KernelOutput> outputs, ISet<Node> kept)
    {
        var graph = new StatementGraph(kept);
        foreach (KernelOutput output in outputs) graph.Add(new Statement(StatementKind.Store, output.Value, output));
        return graph;
    }

    /// <summary>The statement that computes a value of its own; null for a value that is inlined.</summary>
    public StatementFacts? Of(Node value) => _byValue.TryGetValue(value, out StatementFacts found) ? found : null;

    private bool IsStatement(Node node) => node.Is(Ops.Reduce) || _kept.Contains(node);

    private StatementFacts Computing(Node node)
    {
        if (_byValue.TryGetValue(node, out StatementFacts known)) return known;
        StatementKind kind = node.Is(Ops.Reduce) ? StatementKind.Reduce : StatementKind.Materialize;
        return _byValue[node] = Add(new Statement(kind, node, output: null));
    }

    private StatementFacts Add(Statement statement)
    {
        var visited = new HashSet<Node>();
        var links = ImmutableArray.CreateBuilder<StatementLink>();
        var interior = ImmutableArray.CreateBuilder<Node>();
        Walk(statement.Expression, isOwn: statement.Kind == StatementKind.Materialize);
        var facts = new StatementFacts(statement, links.ToImmutable(), interior.ToImmutable());
        _order.Add(facts);
        return facts;

        void Walk(Node node, bool isOwn)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (!visited.Add(node)) return;
            if (!isOwn && IsStatement(node))
            {
                links.Add(new StatementLink(Computing(node), AxisSet.Empty));
                return;
            }

            foreach (Node argument in node.Arguments) Walk(argument, isOwn: false);
            interior.Add(node);
        }
    }
}
