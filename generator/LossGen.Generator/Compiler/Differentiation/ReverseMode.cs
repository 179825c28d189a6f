using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Reverse-mode differentiation on the graph itself.
/// Needs: a root and its seed, which has at most the root's axes. Gives: for each use of a wanted leaf its adjoint, which has at most the leaf's own axes.
/// </summary>
internal sealed class ReverseMode
{
    private readonly Graph _graph;
    private readonly Func<Node, bool> _isWanted;
    private readonly Dictionary<Node, bool> _carries = new();
    private readonly Dictionary<Recurrence, bool> _isCarried = new();
    private readonly Dictionary<Node, List<Node>> _contributions = new();
    private readonly Dictionary<Recurrence, RecurrenceAdjoint> _recurrences = new();
    private readonly HashSet<RecurrentState> _readBefore = new();

    private ReverseMode(Graph graph, Func<Node, bool> isWanted)
    {
        _graph = graph;
        _isWanted = isWanted;
    }

    /// <summary>The wanted leaves below <paramref name="root"/> with their adjoints, in a fixed order.</summary>
    public static ImmutableArray<LeafAdjoint> Run(Graph graph, Node root, Node seed, Func<Node, bool> isWanted)
    {
        var pass = new ReverseMode(graph, isWanted);
        if (!pass.Carries(root)) return ImmutableArray<LeafAdjoint>.Empty;

        // Arguments have smaller ids than their users, so descending ids are a reverse topological order.
        var order = pass._carries.Where(p => p.Value).Select(p => p.Key).OrderByDescending(n => n.Id).ToList();
        pass._contributions[root] = new List<Node> { seed };
        var leaves = ImmutableArray.CreateBuilder<LeafAdjoint>();
        pass._readBefore.UnionWith(order.Where(n => n.Is(Ops.Previous)).Select(n => n.State));
        Dictionary<Recurrence, int> lastStates = order.Where(n => n.Is(Ops.Scan)).GroupBy(n => n.State.Recurrence).ToDictionary(g => g.Key, g => g.Min(n => n.Id));
        foreach (Node node in order)
        {
            if (node.Is(Ops.Scan))
            {
                // All that reads any of the states has had its turn when the first of them comes.
                if (node.Id == lastStates[node.State.Recurrence]) pass.PropagateScan(node);
                continue;
            }

            if (!pass._contributions.TryGetValue(node, out List<Node> contributions)) continue;
            Node adjoint = contributions.Aggregate(graph.Add);
            if (node.Is(Ops.Previous)) pass._recurrences[node.State.Recurrence].Receive(node, adjoint);
            else if (isWanted(node)) leaves.Add(new LeafAdjoint(node, adjoint));
            else pass.Propagate(node, adjoint);
        }

        foreach (RecurrenceAdjoint recurrence in pass._recurrences.OrderBy(p => p.Key.Number).Select(p => p.Value)) recurrence.Complete();
        leaves.Reverse();
        return leaves.ToImmutable();
    }

    private bool Carries(Node node)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_carries.TryGetValue(node, out bool known)) return known;
        bool carries = _isWanted(node) || (node.Is(Ops.Previous) && IsCarried(node.State.Recurrence));
        if (!carries && HasAdjoint(node))
        {
            foreach (Node argument in node.Arguments) carries |= Carries(argument);
        }

        return _carries[node] = carries;
    }

    private static bool HasAdjoint(Node node) => node.Type == ValueType.Real && (node.Op.Adjoint is not null || node.Op.Is(Ops.Reduce, Ops.At, Ops.Scan));

    /// <summary>Whether a wanted leaf reaches a state of a recurrence: its steps speak of the states before, so this is asked of all of them at once.</summary>
    private bool IsCarried(Recurrence recurrence)
    {
        if (_isCarried.TryGetValue(recurrence, out bool known)) return known;
        var seen = new HashSet<Node>();
        bool Reaches(Node node)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (!seen.Add(node)) return false;
            if (_isWanted(node)) return true;
            if (node.Is(Ops.Previous)) return Reaches(_graph.ScanOf(node.State));
            return HasAdjoint(node) && node.Arguments.Any(Reaches);
        }

        return _isCarried[recurrence] = Reaches(_graph.ScanOf(new RecurrentState(recurrence, 0)));
    }

    private void PropagateScan(Node scan)
    {
        Recurrence recurrence = scan.State.Recurrence;
        Node[] states = recurrence.States.Select((_, k) => _graph.ScanOf(new RecurrentState(recurrence, k))).ToArray();
        if (!states.Any(_contributions.ContainsKey)) return;
        ImmutableArray<Node> received = states.Select(s => _contributions.TryGetValue(s, out List<Node> list) ? list.Aggregate(_graph.Add) : _graph.Zero).ToImmutableArray();
        ImmutableArray<bool> isReadBefore = states.Select(s => _readBefore.Contains(s.State)).ToImmutableArray();
        IEnumerable<RecurrenceAdjoint> around = recurrence.Around.Where(_recurrences.ContainsKey).Select(r => _recurrences[r]).ToList();
        RecurrenceAdjoint adjoint = _recurrences[recurrence] = new RecurrenceAdjoint(_graph, recurrence, around, received, isReadBefore);
        for (int k = 0; k < states.Length; k++)
        {
            if (Carries(scan[k]) && !adjoint.Adjoints[k].IsConstant(0)) Give(scan[k], states[k], Guarded(recurrence, adjoint.Adjoints[k]));
        }
    }

    // Where a recurrence around this one starts, its step has no value: nothing may be multiplied with what stands there.
    private Node Guarded(Recurrence recurrence, Node adjoint) =>
        recurrence.Around.Aggregate(adjoint, (guarded, around) => _graph.Select(_graph.IsLater(around), guarded, _graph.Zero));

    private void Propagate(Node node, Node adjoint)
    {
        if (node.Is(Ops.At))
        {
            Give(node[0], node[0], ReadSites.MapStored(_graph, node, adjoint));
            return;
        }

        for (int i = 0; i < node.Arguments.Length; i++)
        {
            if (!Carries(node[i])) continue;
            Node? share = node.Is(Ops.Reduce)
                ? RangeGuards.Within(_graph, node.Reduction.Ranges, ReductionAdjoints.Of(_graph, node, adjoint), _graph.Zero)
                : node.Op.Adjoint!(_graph, node, adjoint, i);
            if (share is not null && !share.IsConstant(0)) Give(node[i], node, share);
        }
    }

    // What the user varies along and the argument does not, the argument was broadcast over: its adjoint sums there.
    private void Give(Node argument, Node user, Node share)
    {
        Node summed = _graph.Sum((user.Axes | share.Axes) - argument.Axes, share);
        if (!_contributions.TryGetValue(argument, out List<Node> list)) _contributions[argument] = list = new List<Node>();
        list.Add(summed);
    }
}

/// <summary>A leaf that a gradient is wanted for, as it is read in the formula, and the adjoint of that read.</summary>
internal sealed record LeafAdjoint(Node Leaf, Node Adjoint);
