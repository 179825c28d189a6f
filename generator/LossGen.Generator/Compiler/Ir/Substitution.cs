using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace LossGen.Compiler.Ir;

/// <summary>
/// Replaces axes by integer values, pushed down to the loads: what <c>e[c: index]</c> means.
/// Needs: a node, and for each replaced axis an integer node. Gives: the node at those indices. Bound axes are never captured.
/// </summary>
internal sealed class Substitution
{
    private readonly Graph _graph;
    private readonly IReadOnlyDictionary<Axis, Node> _map;
    private readonly bool _movesPrevious;
    private readonly AxisSet _replaced;
    private readonly AxisSet _introduced;
    private readonly Dictionary<Node, Node> _done = new();

    private Substitution(Graph graph, IReadOnlyDictionary<Axis, Node> map, bool movesPrevious)
    {
        _movesPrevious = movesPrevious;
        _graph = graph;
        _map = map;
        _replaced = AxisSet.Of(map.Keys);
        foreach (Node index in map.Values) _introduced |= index.Axes;
    }

    /// <summary>
    /// The node at other positions. What a formula calls the value before has no axis of the recurrence: when it is the formula that
    /// replaces that axis, <paramref name="movesPrevious"/> is false and the value before stays.
    /// </summary>
    public static Node Apply(Graph graph, Node node, IReadOnlyDictionary<Axis, Node> map, bool movesPrevious = true) =>
        map.Count == 0 ? node : new Substitution(graph, map, movesPrevious).Visit(node);

    private Node Visit(Node node)
    {
        if (!node.Axes.Overlaps(_replaced)) return node;
        if (_done.TryGetValue(node, out Node known)) return known;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return _done[node] = node.Is(Ops.Affine) ? VisitAffine(node.Affine)
            : node.Is(Ops.Reduce) ? VisitReduction(node)
            : node.Op.Is(Ops.At, Ops.Scan) ? _graph.At(node, _map)
            : node.Is(Ops.Order) ? VisitOrder(node)
            : node.Is(Ops.Scatter) ? VisitScatter(node)
            : node.Is(Ops.Previous) && !_movesPrevious ? _graph.Rebuild(node, node.Arguments.Skip(1).Select(Visit).Prepend(node[0]).ToImmutableArray())
            : VisitArguments(node);
    }

    private Node VisitArguments(Node node) => _graph.Rebuild(node, node.Arguments.Select(Visit).ToImmutableArray());

    private Node VisitAffine(AffineForm form)
    {
        AffineForm kept = AffineForm.Of(form.Constant);
        Node? data = null;
        foreach (AffineTerm term in form.Terms)
        {
            if (term.Symbol.Kind != SymbolKind.Position || !_map.TryGetValue(term.Symbol.Axis!, out Node index))
            {
                kept += term.Coefficient * AffineForm.Of(term.Symbol);
            }
            else if (index.Is(Ops.Affine))
            {
                kept += term.Coefficient * index.Affine;
            }
            else
            {
                Node scaled = term.Coefficient == 1 ? index : _graph.Apply(Ops.IntegerMultiply, _graph.Integer(term.Coefficient), index);
                data = data is null ? scaled : _graph.Apply(Ops.IntegerAdd, data, scaled);
            }
        }

        if (data is null) return _graph.Affine(kept);
        return kept.Equals(AffineForm.Zero) ? data : _graph.Apply(Ops.IntegerAdd, data, _graph.Affine(kept));
    }

    private Node VisitReduction(Node node)
    {
        Node body = node[0];
        ImmutableArray<AxisRange> ranges = node.Reduction.Ranges;
        if (node.Reduction.Axes.Overlaps(_introduced))
        {
            // The index speaks of an axis that this reduction binds: rename the bound one.
            var fresh = new Dictionary<Axis, Node>();
            ranges = ranges.Select(range =>
            {
                if (!_introduced.Contains(range.Axis)) return range;
                Axis renamed = _graph.Rename(range.Axis);
                fresh[range.Axis] = _graph.Position(renamed);
                return range with { Axis = renamed };
            }).ToImmutableArray();
            body = Apply(_graph, body, fresh, _movesPrevious);
        }

        // A bound axis is not the replaced one, even if it has its name.
        AxisSet bound = AxisSet.Of(ranges.Select(r => r.Axis));
        var inner = _map.Where(p => !bound.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value);
        body = inner.Count == _map.Count ? Visit(body) : Apply(_graph, body, inner, _movesPrevious);
        return _graph.Reduce(node.Reduction.Kind, ranges, body);
    }

    // Its targets are positions of an array; only what it is otherwise free along can be computed elsewhere.
    private Node VisitScatter(Node node)
    {
        ScatterAxes axes = node.Scatter;
        if (axes.TargetSet.Overlaps(_replaced) || axes.Summed.Overlaps(_introduced)) return _graph.At(node, _map);
        var inner = _map.Where(p => !axes.Summed.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value);
        return _graph.Rebuild(node, node.Arguments.Select(a => Apply(_graph, a, inner, _movesPrevious)).ToImmutableArray());
    }

    // Sorted is a whole row: its order at another position of the row is read, that of another row is sorted there.
    private Node VisitOrder(Node node)
    {
        var axis = (Axis)node.Payload!;
        bool isCaptured = _introduced.Contains(axis);
        if (isCaptured) return _graph.At(node, _map);
        var rows = _map.Where(p => !ReferenceEquals(p.Key, axis)).ToDictionary(p => p.Key, p => p.Value);
        Node moved = _graph.Rebuild(node, [Apply(_graph, node[0], rows, _movesPrevious)]);
        return _map.TryGetValue(axis, out Node index) ? _graph.At(moved, new Dictionary<Axis, Node> { [axis] = index }) : moved;
    }
}
