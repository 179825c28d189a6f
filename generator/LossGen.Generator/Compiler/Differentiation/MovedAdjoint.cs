using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// An adjoint at other positions. Needs: the adjoint of a read, and for each axis that it loses its position. Gives: the same value there.
/// What is element-wise is computed again at the new position; what holds a reduction that moves along is stored and read there, unless it
/// differs for each position of a window. What a comparison with a reduction or a recurrence said is never decided anew.
/// </summary>
internal sealed class MovedAdjoint
{
    private readonly Graph _graph;
    private readonly IReadOnlyDictionary<Axis, Node> _map;
    private readonly AxisSet _replaced;
    private readonly AxisSet _windows;
    private readonly Dictionary<Node, bool> _isStored = new();
    private readonly Dictionary<Node, bool> _hasDecision = new();
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
        if (!IsStored(node)) return Substitution.Apply(_graph, node, _map);

        // A value that a recurrence carries exists at its running position alone; what it is made of need not.
        if (!IsCarried(node) && (!node.Axes.Overlaps(_windows) || IsDecision(node) || (IsReduction(node) && HasDecision(node)))) return node.Type == ValueType.Truth ? TruthAt(node) : _graph.At(node, _map);
        if (IsDecision(node)) return _graph.Rebuild(node, node.Arguments.Select(side => IsCarried(side) ? Visit(side) : _graph.At(side, _map)).ToImmutableArray());
        return IsReduction(node) || node.Is(Ops.Previous) ? Substitution.Apply(_graph, node, _map) : _graph.Rebuild(node, node.Arguments.Select(Visit).ToImmutableArray());
    }

    // Only numbers are stored.
    private Node TruthAt(Node node) => _graph.Compare(Ops.Equal, _graph.At(_graph.Select(node, _graph.One, _graph.Zero), _map), _graph.One);

    private bool IsCarried(Node node) => node.Open.Any(r => _replaced.Contains(r.Axis));

    private bool IsStored(Node node)
    {
        if (!node.Axes.Overlaps(_replaced)) return false;
        if (_isStored.TryGetValue(node, out bool known)) return known;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return _isStored[node] = IsReduction(node) || IsDecision(node) || IsRowOfStep(node) || node.Arguments.Any(IsStored);
    }

    // A step has one row of these in the nearest cache; beside each position that reads them it would compute them again.
    private bool IsRowOfStep(Node node) => node.Op.IsHeavy && !node.Open.IsEmpty && !IsCarried(node);

    private bool HasDecision(Node node)
    {
        if (!node.Axes.Overlaps(_replaced)) return false;
        if (_hasDecision.TryGetValue(node, out bool known)) return known;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return _hasDecision[node] = IsDecision(node) || node.Arguments.Any(HasDecision);
    }

    // Computed in another way, a term may miss the extreme that it is by a rounding. What is read from memory cannot.
    private bool IsDecision(Node node) =>
        node.Type == ValueType.Truth && node.Arguments.Length == 2 && node[0].Type == ValueType.Real
        && node.Arguments.Any(side => IsReduction(side) || side.Is(Ops.Previous) || IsStored(side)) && !node.Arguments.All(IsInMemory);

    private static bool IsInMemory(Node side) => side.Arguments.IsEmpty || IsReduction(side) || side.Op.Is(Ops.Load, Ops.Previous);

    private static bool IsReduction(Node node) => node.Op.Is(Ops.Reduce, Ops.At, Ops.Scan);
}
