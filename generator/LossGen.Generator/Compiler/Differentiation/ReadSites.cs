using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Maps the adjoint of one read <c>T[index, …]</c> back to T's own storage axes. An index with an axis of coefficient 1 or -1 is solved
/// for that axis, under the guard that the solution lies in it: <c>T[t + 1]</c> gives t = axis - 1. Any other position becomes a condition
/// <c>axis == index</c>. Windows that stand several positions apart are those few that a position lies in (<see cref="WindowSteps"/>).
/// What the read repeats over is summed.
/// </summary>
internal sealed class ReadSites
{
    private readonly Graph _graph;
    private readonly ImmutableArray<Axis> _stored;
    private readonly ImmutableArray<Node> _indices;
    private readonly AxisSet _plain;

    /// <summary>Axes of the read that a storage position determines: p = own + rest, the own part in storage positions.</summary>
    private readonly Dictionary<Axis, (AffineForm Own, AffineForm Others)> _solved = new();

    /// <summary>The storage axis that each axis of the read was solved from.</summary>
    private readonly Dictionary<Axis, Axis> _solvedFrom = new();

    /// <summary>Storage axes whose indices are not solved.</summary>
    private readonly AxisSet _unsolved;

    private ReadSites(Graph graph, ImmutableArray<Axis> stored, ImmutableArray<Node> indices, AxisSet unsolved)
    {
        _graph = graph;
        _stored = stored;
        _indices = indices;
        _unsolved = unsolved;
        for (int k = 0; k < stored.Length; k++)
        {
            if (IsPlain(k)) _plain |= AxisSet.Of(stored[k]);
        }
    }

    /// <summary>Whether every dimension is read at an axis of its own: the adjoint then has the tensor's shape, along those axes.</summary>
    public static ImmutableArray<Axis>? PlainAxes(Node read)
    {
        var axes = read.Arguments.Select(index => index.Is(Ops.Affine) ? index.Affine.PlainAxis : null).OfType<Axis>().ToImmutableArray();
        bool fits = axes.Length == read.Arguments.Length && axes.Distinct().Count() == axes.Length
            && axes.Zip(read.Tensor.Axes, (axis, stored) => axis.Size.Equals(stored.Size)).All(same => same);
        return fits ? axes : null;
    }

    /// <summary>The adjoint that a load gives to its tensor.</summary>
    public static Node Map(Graph graph, Node load, Node adjoint) => Map(graph, load.Tensor.Axes, load.Arguments, adjoint);

    /// <summary>The adjoint that a read of a stored value gives to that value.</summary>
    public static Node MapStored(Graph graph, Node at, Node adjoint)
    {
        ImmutableArray<Axis> axes = graph.AxesOf(at[0].Axes);
        return Map(graph, axes, axes.Select(a => at.Indexed.Axes.IndexOf(a) is >= 0 and var k ? at[k + 1] : graph.Position(a)).ToImmutableArray(), adjoint);
    }

    /// <summary>The same for anything stored along some axes, read at one index for each.</summary>
    public static Node Map(Graph graph, ImmutableArray<Axis> stored, ImmutableArray<Node> indices, Node adjoint) =>
        new ReadSites(graph, stored, indices, AxisSet.Empty).Map(adjoint);

    private bool IsPlain(int k) => _indices[k].Is(Ops.Affine) && ReferenceEquals(_indices[k].Affine.PlainAxis, _stored[k]);

    private Node Map(Node adjoint)
    {
        AxisSet read = AxisSet.Empty;
        foreach (Node index in _indices) read |= index.Axes;
        var conditions = new List<(Axis Axis, Node Index)>();
        for (int k = 0; k < _stored.Length; k++)
        {
            if (!IsPlain(k) && (_unsolved.Contains(_stored[k]) || !Solve(_stored[k], _indices[k]))) conditions.Add((_stored[k], _indices[k]));
        }

        if (conditions.Count == 0 && _solved.Count == 0) return adjoint;
        AxisSet own = AxisSet.Of(_stored);
        Dictionary<Axis, Node> map = Rename((read | adjoint.Axes) & own);
        foreach (KeyValuePair<Axis, (AffineForm Own, AffineForm Others)> p in _solved.OrderBy(p => p.Key.Index))
        {
            map[p.Key] = _graph.Affine(p.Value.Own + Renamed(p.Value.Others, map));
        }

        AxisSet scattered = WindowSteps.TooMany(_solvedFrom, map, own);
        if (!scattered.IsEmpty) return new ReadSites(_graph, _stored, _indices, _unsolved | scattered).Map(adjoint);
        Node? sum = null;
        foreach ((Dictionary<Axis, Node> sites, Node? guard) in WindowSteps.Of(_graph, _solvedFrom.Keys, map, own))
        {
            Node term = At(adjoint, read, conditions, sites, guard, own);
            sum = sum is null ? term : _graph.Add(sum, term);
        }

        return sum!;
    }

    /// <summary>The adjoint where the read's axes have the positions of a map.</summary>
    private Node At(Node adjoint, AxisSet read, List<(Axis Axis, Node Index)> conditions, Dictionary<Axis, Node> map, Node? guard, AxisSet own)
    {
        Node value = MovedAdjoint.At(_graph, adjoint, map, own);
        Dictionary<Axis, Node> indices = conditions.ToDictionary(c => c.Axis, c => Substitution.Apply(_graph, c.Index, map));
        AxisSet summed = indices.Values.Aggregate(value.Axes | (guard?.Axes ?? AxisSet.Empty) | Moved(read, map), (axes, index) => axes | index.Axes) - own;

        // Comparing each position of the axis with an index that differs from term to term would cost a pass over the axis for each term.
        if (indices.Values.Any(index => index.Axes.Overlaps(summed))) return _graph.Scatter(Guarded(guard, value), indices, summed);
        foreach (KeyValuePair<Axis, Node> p in indices.OrderBy(p => p.Key.Index))
        {
            guard = RangeGuards.Both(_graph, guard, _graph.Compare(Ops.Equal, _graph.Position(p.Key), p.Value));
        }

        return _graph.Sum(summed, Guarded(guard, value));
    }

    private Node Guarded(Node? guard, Node value) => guard is null ? value : _graph.Select(guard, value, _graph.Zero);

    /// <summary>Solves storage position == index for an axis of the index, in terms of storage positions and axes not solved for yet.</summary>
    private bool Solve(Axis stored, Node index)
    {
        if (!index.Is(Ops.Affine)) return false;
        AffineForm rest = index.Affine, own = AffineForm.Zero;
        foreach (AffineTerm term in index.Affine.Terms)
        {
            if (term.Symbol.Axis is not { } axis || term.Symbol.Kind != SymbolKind.Position || !_solved.TryGetValue(axis, out (AffineForm Own, AffineForm Others) known)) continue;
            rest += term.Coefficient * (known.Others - AffineForm.Of(term.Symbol));
            own += term.Coefficient * known.Own;
        }

        if (Solvable(stored, rest) is not { } solved) return false;
        Symbol position = Symbol.PositionOf(solved);
        long sign = rest.CoefficientOf(position);
        AffineForm solution = sign * (AffineForm.Of(Symbol.PositionOf(stored)) - own), others = -sign * (rest - (sign * AffineForm.Of(position)));
        foreach (Axis axis in _solved.Keys.ToList())
        {
            long factor = _solved[axis].Others.CoefficientOf(position);
            if (factor == 0) continue;
            _solved[axis] = (_solved[axis].Own + (factor * solution), _solved[axis].Others + (factor * (others - AffineForm.Of(position))));
        }

        _solved[solved] = (solution, others);
        _solvedFrom[solved] = stored;
        return true;
    }

    /// <summary>The axis to solve for: the storage axis' own walk, else another storage axis, else a local one.</summary>
    private Axis? Solvable(Axis stored, AffineForm form) => _graph.AxesOf(form.Axes - _plain)
        .Where(axis => Math.Abs(form.CoefficientOf(Symbol.PositionOf(axis))) == 1)
        .OrderBy(axis => ReferenceEquals(axis, stored) ? 0 : axis.Declared.IsLocal ? 2 : 1)
        .ThenBy(axis => axis.Index)
        .FirstOrDefault();

    /// <summary>A free axis of the read that has the name of a storage axis, but is neither it nor solved for, is another axis.</summary>
    private Dictionary<Axis, Node> Rename(AxisSet candidates)
    {
        var map = new Dictionary<Axis, Node>();
        foreach (Axis axis in _graph.AxesOf(candidates - _plain))
        {
            if (!_solved.ContainsKey(axis)) map[axis] = _graph.Position(_graph.Rename(axis));
        }

        return map;
    }

    private static AffineForm Renamed(AffineForm form, Dictionary<Axis, Node> map)
    {
        AffineForm renamed = form;
        foreach (AffineTerm term in form.Terms)
        {
            if (term.Symbol.Kind != SymbolKind.Position || !map.TryGetValue(term.Symbol.Axis!, out Node other)) continue;
            renamed += term.Coefficient * (other.Affine - AffineForm.Of(term.Symbol));
        }

        return renamed;
    }

    /// <summary>The axes that the read runs over, as the adjoint calls them now; over one that it does not speak of, it repeats.</summary>
    private AxisSet Moved(AxisSet read, Dictionary<Axis, Node> map)
    {
        AxisSet axes = AxisSet.Empty;
        foreach (Axis axis in _graph.AxesOf(read))
        {
            if (!_solved.ContainsKey(axis)) axes |= map.TryGetValue(axis, out Node other) ? other.Axes : AxisSet.Of(axis);
        }

        return axes;
    }
}
