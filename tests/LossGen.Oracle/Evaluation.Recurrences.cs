using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Oracle;

/// <summary>
/// Recurrences, position by position: the steps are evaluated at one position with the states of the position before, in an evaluation
/// that sees the recurrence's axis as one position long.
/// </summary>
internal sealed partial class Evaluation
{
    private readonly Dictionary<Recurrence, DenseValue[]> _scans = new();
    private readonly Evaluation? _outer;
    private readonly Recurrence? _running;
    private readonly int _position;
    private readonly DenseValue[]? _before;

    private Evaluation(Evaluation outer, Recurrence running, int position, DenseValue[]? before)
    {
        _loss = outer._loss;
        _inputs = outer._inputs;
        _directions = outer._directions;
        _rounding = outer._rounding;
        _sizes = outer._sizes;
        _outer = outer;
        _running = running;
        _position = position;
        _before = before;
    }

    /// <summary>Whether the axis stands at one position here.</summary>
    private int? FixedPosition(Axis axis) => ReferenceEquals(_running?.Axis, axis) ? _position : _outer?.FixedPosition(axis);

    private DenseValue Scan(Node node)
    {
        Recurrence recurrence = node.State.Recurrence;
        if (!_scans.TryGetValue(recurrence, out DenseValue[]? states)) _scans[recurrence] = states = Run(recurrence, node.Arguments);
        return states[node.State.Index];
    }

    private DenseValue[] Run(Recurrence recurrence, ImmutableArray<Node> steps)
    {
        RecurrentState[] states = recurrence.States.Select((_, k) => new RecurrentState(recurrence, k)).ToArray();
        DenseValue[] all = states.Select(s => Empty(new Layout(_loss.Graph.AxesOf(s.AllAxes), SizeOf))).ToArray();
        int length = (int)SizeOf(recurrence.Axis);
        DenseValue[]? before = null;
        for (int i = 0; i < length; i++)
        {
            int position = recurrence.IsDescending ? length - 1 - i : i;
            var here = new Evaluation(this, recurrence, position, before);
            before = states.Select((state, k) => here.Spread(here.ValueOf(steps[k]), state)).ToArray();
            for (int k = 0; k < states.Length; k++)
            {
                for (int cell = 0; cell < before[k].Layout.Count; cell++) Copy(before[k], cell, all[k], CellAt(all[k].Layout, recurrence.Axis, position, cell));
            }
        }

        return all;
    }

    /// <summary>A value over all the axes of a state.</summary>
    private DenseValue Spread(DenseValue value, RecurrentState state)
    {
        DenseValue spread = Empty(new Layout(_loss.Graph.AxesOf(state.AllAxes), SizeOf));
        int[] cells = spread.Layout.CellsOf(value.Layout);
        for (int i = 0; i < cells.Length; i++) Copy(value, cells[i], spread, i);
        return spread;
    }

    /// <summary>The value at one position of an axis, which is one position long here.</summary>
    private DenseValue Slice(DenseValue value)
    {
        var layout = new Layout(value.Layout.Axes, SizeOf);
        if (layout.Count == value.Layout.Count) return value;
        DenseValue slice = new(layout, value.Reals is null ? null : new double[layout.Count], value.Integers is null ? null : new long[layout.Count], value.Tangents is null ? null : new double[layout.Count * Count]);
        for (int i = 0; i < layout.Count; i++) Copy(value, CellAt(value.Layout, _running!.Axis, _position, i), slice, i);
        return slice;
    }

    /// <summary>The cell at a position of an axis that is the given cell of the slice there.</summary>
    private static int CellAt(Layout layout, Axis axis, int position, int sliceCell)
    {
        int index = layout.Axes.IndexOf(axis), stride = layout.Sizes.Skip(index + 1).Aggregate(1, (a, b) => a * b);
        return (sliceCell / stride * stride * layout.Sizes[index]) + (position * stride) + (sliceCell % stride);
    }

    private DenseValue Previous(Node node, Layout layout)
    {
        RecurrentState state = node.State;
        ImmutableArray<Axis> axes = state.Axes.Insert(0, state.Recurrence.Axis);
        if (ReferenceEquals(state.Recurrence, _running))
        {
            // Before the first position there is nothing.
            DenseValue? before = _before?[state.Index];
            return ReadAt(before, axes, node.Arguments, layout, (axis, index) => ReferenceEquals(axis, _running.Axis) ? 0 : index);
        }

        DenseValue scan = ValueOf(_loss.Graph.ScanOf(state));
        return ReadAt(scan, axes, node.Arguments, layout, (axis, index) => ReferenceEquals(axis, state.Recurrence.Axis) ? index - state.Recurrence.Direction : index);
    }

    /// <summary>A stored value at one index for each of some axes, elsewhere at its own positions. Out of range it is NaN, which matters only where it is used.</summary>
    private DenseValue ReadAt(DenseValue? value, ImmutableArray<Axis> axes, ImmutableArray<Node> indices, Layout layout, Func<Axis, long, long>? move = null)
    {
        var reals = new double[layout.Count];
        double[]? tangents = value?.Tangents is null ? null : new double[layout.Count * Count];
        int[][] cells = indices.Select(i => layout.CellsOf(ValueOf(i).Layout)).ToArray();
        long[][] index = indices.Select(i => ValueOf(i).Integers!).ToArray();
        int[][] own = (value?.Layout.Axes ?? []).Select(a => layout.Axes.Contains(a) ? layout.PositionsOf(a) : []).ToArray();
        for (int i = 0; i < layout.Count; i++)
        {
            long cell = value is null ? -1 : 0;
            for (int d = 0; d < own.Length && cell >= 0; d++)
            {
                Axis axis = value!.Layout.Axes[d];
                int k = axes.IndexOf(axis), size = value.Layout.Sizes[d];
                // An axis that stands at one position here has only that one.
                long read = k < 0 ? own[d][i] : index[k][cells[k][i]] - (FixedPosition(axis) ?? 0);
                long at = k < 0 || move is null ? read : move(axis, read);
                cell = at < 0 || at >= size ? -1 : (cell * size) + at;
            }

            reals[i] = cell < 0 ? double.NaN : value!.Reals![cell];
            if (tangents is not null && cell >= 0) Array.Copy(value!.Tangents!, cell * Count, tangents, i * Count, Count);
        }

        return new(layout, reals, null, tangents);
    }

    private DenseValue Empty(Layout layout) => new(layout, new double[layout.Count], null, Count == 0 ? null : new double[layout.Count * Count]);

    private void Copy(DenseValue from, int fromCell, DenseValue to, int toCell)
    {
        if (from.Reals is not null) to.Reals![toCell] = from.Reals[fromCell];
        if (from.Integers is not null) to.Integers![toCell] = from.Integers[fromCell];
        if (from.Tangents is not null) Array.Copy(from.Tangents, fromCell * Count, to.Tangents!, toCell * Count, Count);
    }
}
