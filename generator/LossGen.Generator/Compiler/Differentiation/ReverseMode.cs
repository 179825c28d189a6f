using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Reverse-mode differentiation on the graph itself.
/// Needs: a root without axes and its seed. Gives: for each use of a wanted leaf its adjoint, which has at most the leaf's own axes.
/// </summary>
internal sealed class ReverseMode
{
    private readonly Graph _graph;
    private readonly Func<Node, bool> _isWanted;
    private readonly Dictionary<Node, bool> _carries = new();
    private readonly Dictionary<Node, List<Node>> _contributions = new();

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
        foreach (Node node in order)
        {
            if (!pass._contributions.TryGetValue(node, out List<Node> contributions)) continue;
            Node adjoint = contributions.Aggregate(graph.Add);
            if (isWanted(node)) leaves.Add(new LeafAdjoint(node, adjoint));
            else pass.Propagate(node, adjoint);
        }

        leaves.Reverse();
        return leaves.ToImmutable();
    }

    private bool Carries(Node node)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_carries.TryGetValue(node, out bool known)) return known;
        bool carries = _isWanted(node);
        if (node.Type == ValueType.Real && !carries && (node.Op.Adjoint is not null || node.Is(Ops.Reduce)))
        {
            foreach (Node argument in node.Arguments) carries |= Carries(argument);
        }

        return _carries[node] = carries;
    }

    private void Propagate(Node node, Node adjoint)
    {
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
