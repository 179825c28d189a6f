using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using ValueType = LossGen.Compiler.Ir.ValueType;

namespace LossGen.Oracle;

/// <summary>
/// One evaluation of a graph without rules: every node to all of its cells, with tangents along some directions. With a
/// <see cref="Rounding"/> it is not exact but one of the results that a less precise computation may have.
/// </summary>
internal sealed partial class Evaluation
{
    private readonly BoundLoss _loss;
    private readonly Inputs _inputs;
    private readonly Directions _directions;
    private readonly Rounding? _rounding;
    private readonly Dictionary<Axis, long> _sizes;
    private readonly Dictionary<Node, DenseValue> _values = new();

    public Evaluation(BoundLoss loss, Inputs inputs, Directions? directions = null, Rounding? rounding = null)
    {
        _loss = loss;
        _inputs = inputs;
        _directions = directions ?? Directions.None;
        _rounding = rounding;
        _sizes = inputs.SolveSizes(loss);
    }

    public DenseValue this[Node node] => _values[node];

    public IEnumerable<DenseValue> Values => _values.Values;

    public void Run(IEnumerable<Node> roots)
    {
        foreach (Node root in roots) ValueOf(root);
    }

    /// <summary>The value of a node, computed where everything it depends on is known: inside of a running recurrence, or outside of it.</summary>
    private DenseValue ValueOf(Node node)
    {
        if (_values.TryGetValue(node, out DenseValue? known)) return known;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        bool isOuter = _running is not null && !node.Open.Contains(_running);
        if (!isOuter && !node.Is(Ops.Scan))
        {
            foreach (Node argument in node.Arguments) ValueOf(argument);
        }

        return _values[node] = isOuter ? Slice(_outer!.ValueOf(node)) : Evaluate(node);
    }

    /// <summary>For every element of the result span in order, the cell of the result; for a loss that returns a number that of its value.</summary>
    public int[] ResultCells() =>
        _loss.ResultSpan is { } span ? new Layout(span.Axes, SizeOf).CellsOf(_values[_loss.Result].Layout) : [0];

    /// <summary>The derivatives of the results times upstream, summed over the results, by each direction.</summary>
    public double[] ResultTangents(IReadOnlyList<double> upstream)
    {
        var sums = new CompensatedSum[Count];
        if (_values[_loss.Result].Tangents is { } tangents)
        {
            int[] cells = ResultCells();
            for (int i = 0; i < cells.Length; i++)
            {
                for (int k = 0; k < Count; k++)
                {
                    double tangent = tangents[(cells[i] * Count) + k];
                    if (tangent != 0) sums[k].Add(upstream[i] * tangent);
                }
            }
        }

        return sums.Select(s => s.Value).ToArray();
    }

    private int Count => _directions.Count;

    private long SizeOf(Axis axis) => FixedPosition(axis) is not null ? 1 : _inputs.Evaluate(axis.Size, _sizes);

    private DenseValue Evaluate(Node node)
    {
        var layout = new Layout(_loss.Graph.AxesOf(node.Axes), SizeOf);
        return node.Payload switch
        {
            double constant => new(layout, [_rounding?.Literal(constant) ?? constant], null),
            bool truth => new(layout, null, [truth ? 1 : 0]),
            AffineForm form => new(layout, null, Affine(form, layout)),
            ScalarParameter scalar => Scalar(scalar, layout),
            TensorParameter tensor => Load(node, tensor, layout),
            IndexedAxes indexed => ReadAt(_values[node[0]], indexed.Axes, node.Arguments.RemoveAt(0), layout),
            RecurrentState when node.Is(Ops.Scan) => Scan(node),
            RecurrentState => Previous(node, layout),
            Reduction reduction => Reduce(node, reduction, layout),
            ScatterAxes scatter => Scatter(node, scatter, layout),
            Axis axis when node.Is(Ops.Order) => Order(node, axis, layout),
            Axis => Checked(node, layout),
            RowPosition => new(layout, null, _values[node[0]].Reals!.Select(x => double.IsFinite(x) ? (long)x : DenseValue.NoInteger).ToArray()),
            null when node.Is(Ops.SortKey) => _values[node[0]] with { Tangents = null },
            null when node.Is(Ops.Select) => Select(node, layout),
            null when node.Type == ValueType.Real => Elementwise(node, layout),
            null => new(layout, null, Whole(node, layout)),
            _ => throw new InvalidOperationException($"no meaning for {node.Op.Name}"),
        };
    }

    private long[] Affine(AffineForm form, Layout layout)
    {
        var values = new long[layout.Count];
        Array.Fill(values, form.Constant);
        foreach (AffineTerm term in form.Terms)
        {
            int[]? positions = term.Symbol.Kind == SymbolKind.Position ? layout.PositionsOf(term.Symbol.Axis!) : null;
            if (positions is not null && FixedPosition(term.Symbol.Axis!) is { } here) positions = positions.Select(_ => here).ToArray();
            long value = positions is null ? _inputs.Evaluate(term.Symbol, _sizes) : 0;
            for (int i = 0; i < values.Length; i++) values[i] += term.Coefficient * (positions is null ? value : positions[i]);
        }

        return values;
    }

    private DenseValue Scalar(ScalarParameter scalar, Layout layout)
    {
        if (scalar.Type == ValueType.Truth) return new(layout, null, [_inputs.IntegerScalars[scalar.Name]]);
        return new(layout, [_inputs.Scalars[scalar.Name]], null, ReferenceEquals(scalar, _directions.Parameter.Scalar) ? [1] : null);
    }

    private DenseValue Load(Node node, TensorParameter tensor, Layout layout)
    {
        // The whole tensor, also where one of its axes stands at one position here.
        var storage = new Layout(tensor.Axes, axis => _inputs.Evaluate(axis.Size, _sizes));
        int[][] cells = ArgumentCells(node, layout);
        double[]? reals = tensor.Type == ValueType.Real ? new double[layout.Count] : null;
        long[]? integers = reals is null ? new long[layout.Count] : null;
        bool active = ReferenceEquals(tensor, _directions.Parameter.Tensor);
        double[]? tangents = active ? new double[layout.Count * Count] : null;
        for (int i = 0; i < layout.Count; i++)
        {
            long offset = 0;
            for (int d = 0; d < cells.Length && offset >= 0; d++)
            {
                long index = _values[node[d]].Integers![cells[d][i]];
                offset = index < 0 || index >= storage.Sizes[d] ? -1 : (offset * storage.Sizes[d]) + index;
            }

            if (reals is not null) reals[i] = offset < 0 ? double.NaN : _inputs.Reals[tensor.Name][offset];
            if (integers is not null) integers[i] = offset < 0 ? DenseValue.NoInteger : _inputs.Integers[tensor.Name][offset];
            if (_directions.Weights is { } weights && tangents is not null && offset >= 0) tangents[i] = weights[offset];
            else if (tangents is not null && offset >= _directions.Start && offset < _directions.Start + Count) tangents[(i * Count) + offset - _directions.Start] = 1;
        }

        return new(layout, reals, integers, tangents);
    }

    private DenseValue Order(Node node, Axis axis, Layout layout)
    {
        double[] keys = _values[node[0]].Reals!, reals = new double[layout.Count];
        int[] rows = layout.CellsOf(new Layout(layout.Axes.Remove(axis), SizeOf));
        foreach (IGrouping<int, int> row in Enumerable.Range(0, layout.Count).GroupBy(cell => rows[cell]))
        {
            // A stable sort; NaN is above everything.
            int[] order = [.. row.Select((cell, k) => (cell, k)).OrderBy(p => double.IsNaN(keys[p.cell]) ? 1 : 0).ThenBy(p => keys[p.cell]).Select(p => p.k)];
            foreach ((int cell, int k) in row.Select((cell, k) => (cell, k))) reals[cell] = order[k];
        }

        return new(layout, reals, null);
    }

    private DenseValue Scatter(Node node, ScatterAxes scatter, Layout layout)
    {
        var terms = new Layout(_loss.Graph.AxesOf((node.Axes - scatter.TargetSet) | scatter.Summed), SizeOf);
        int[][] cells = node.Arguments.Select(a => terms.CellsOf(_values[a].Layout)).ToArray();
        int[][] positions = layout.Axes.Select(axis => scatter.TargetSet.Contains(axis) ? [] : terms.PositionsOf(axis)).ToArray();
        var reals = new double[layout.Count];
        for (int i = 0; i < terms.Count; i++)
        {
            long cell = 0;
            for (int d = 0; d < layout.Axes.Length && cell >= 0; d++)
            {
                int target = scatter.Targets.IndexOf(layout.Axes[d]);
                long position = target < 0 ? positions[d][i] : _values[node[target + 1]].Integers![cells[target + 1][i]];
                cell = position < 0 || position >= layout.Sizes[d] ? -1 : (cell * layout.Sizes[d]) + position;
            }

            if (cell >= 0) reals[cell] += _values[node[0]].Reals![cells[0][i]];
        }

        return new(layout, reals, null);
    }

    // The index has been put into the value; where it leaves its axis, the value does not count.
    private DenseValue Checked(Node node, Layout layout)
    {
        int[] cells = layout.CellsOf(_values[node[0]].Layout);
        DenseValue value = _values[node[0]];
        double[]? tangents = value.Tangents is null ? null : cells.SelectMany(cell => value.Tangents.Skip(cell * Count).Take(Count)).ToArray();
        return new(layout, cells.Select(cell => value.Reals![cell]).ToArray(), null, tangents);
    }

    private DenseValue Select(Node node, Layout layout)
    {
        int[][] cells = ArgumentCells(node, layout);
        DenseValue condition = _values[node[0]], first = _values[node[1]], second = _values[node[2]];
        var reals = new double[layout.Count];
        double[]? tangents = first.Tangents is null && second.Tangents is null ? null : new double[layout.Count * Count];
        for (int i = 0; i < reals.Length; i++)
        {
            bool holds = condition.Integers![cells[0][i]] != 0;
            DenseValue taken = holds ? first : second;
            int cell = cells[holds ? 1 : 2][i];
            reals[i] = taken.Reals![cell];
            if (taken.Tangents is not null) Array.Copy(taken.Tangents, cell * Count, tangents!, i * Count, Count);
        }

        return new(layout, reals, null, tangents);
    }

    private int[][] ArgumentCells(Node node, Layout layout) => node.Arguments.Select(a => layout.CellsOf(_values[a].Layout)).ToArray();
}
