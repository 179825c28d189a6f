using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// An adjoint at other positions. Needs: the adjoint of a read, and for each axis that it loses its position. Gives: the same value there.
/// What is element-wise is computed again at the new position; what holds a reduction that moves along is stored and read there, unless it
/// differs for each position of a window.
/// </summary>
internal sealed class MovedAdjoint
{
    private readonly Graph _graph;
    private readonly IReadOnlyDictionary<Axis, Node> _map;
    private readonly AxisSet _replaced;
    private readonly AxisSet _windows;
    private readonly Dictionary<Node, bool> _holdsReduction = new();
    private readonly Dictionary<Node, Node> _done = new();

    private MovedAdjoint(Graph graph, IReadOnlyDictionary<Axis, Node> map, AxisSet own)
    {
        _graph = graph;
        _map = map;
        _replaced = AxisSet.Of(map.Keys);
        foreach (Node index in map.Values) _windows |= index.Axes;
        _windows -= own;
    }

    /// <param name="graph">The graph.</param>
    /// <param name="adjoint">The adjoint.</param>
    /// <param name="map">The position of each axis that it loses.</param>
    /// <param name="own">The axes that it is to have; what the positions vary along beyond these are windows.</param>
    public static Node At(Graph graph, Node adjoint, IReadOnlyDictionary<Axis, Node> map, AxisSet own) => new MovedAdjoint(graph, map, own).Visit(adjoint);

    private Node Visit(Node node)
    {
        if (!node.Axes.Overlaps(_replaced)) return node;
        if (_done.TryGetValue(node, out Node known)) return known;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return _done[node] = Move(node);
    }

    private Node Move(Node node)
    {
        // A value that a recurrence carries exists at the running position alone.
        if (!HoldsReduction(node) || !node.Open.IsEmpty) return Substitution.Apply(_graph, node, _map);
        if (!node.Axes.Overlaps(_windows)) return _graph.At(node, _map);
        return IsReduction(node) ? Substitution.Apply(_graph, node, _map) : _graph.Rebuild(node, node.Arguments.Select(Visit).ToImmutableArray());
    }

    private bool HoldsReduction(Node node)
    {
        if (!node.Axes.Overlaps(_replaced)) return false;
        if (_holdsReduction.TryGetValue(node, out bool known)) return known;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return _holdsReduction[node] = IsReduction(node) || node.Arguments.Any(HoldsReduction);
    }

    private static bool IsReduction(Node node) => node.Op.Is(Ops.Reduce, Ops.At, Ops.Scan);
}
