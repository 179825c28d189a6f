using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>How lanes meet arrays.</summary>
internal sealed partial class KernelBuilder
{
    /// <summary>
    /// Behind each row of an operand: more than the lanes of any vector, so that the last one may end behind the row; and rows a power of two
    /// apart, which are written across, would share few places of a cache.
    /// </summary>
    private const int Padding = 16;

    private KernelExpression ReadTensor(Node load) => new Read(WithTable(PlaceIn(_layout.ByTensor[load.Tensor], load.Arguments, isRead: true), load), IsLong(load) && Varies(load));

    /// <summary>The kept value of a statement, at the positions of the loops around.</summary>
    private KernelExpression ReadStored(Statement statement)
    {
        if (statement.Alias is { } output) return new Read(PlaceIn(_layout.ByOutput[output], PositionsOf(output.Axes)));
        // First the buffer: it fixes the order of the axes.
        KernelBuffer buffer = StorageOf(statement);
        KernelExpression read = new Read(PlaceIn(buffer, StoredPositions(statement)));
        return buffer.Element == WorkingElement || read.IsLanes || read.Type != ValueType.Real ? read : new Convert(read, Precision.Working);
    }

    /// <summary>The value of a statement at the indices of a read elsewhere, and at the positions of the loops around along its other axes.</summary>
    private KernelExpression ReadElsewhere(Node at)
    {
        Statement source = _statements[at[0]];
        KernelBuffer buffer = StorageOf(source);
        KernelExpression read = new Read(PlaceIn(buffer, StoredIndices(at, source), isRead: true));
        return buffer.Element == WorkingElement || read.IsLanes ? read : new Convert(read, Precision.Working);
    }

    private ImmutableArray<Node> StoredIndices(Node at, Statement source) =>
        StoredIndices(source, axis => at.Indexed.Axes.IndexOf(axis) is >= 0 and var k ? at[k + 1] : _graph.Position(axis));

    private ImmutableArray<Node> StoredPositions(Statement source) => StoredIndices(source, _graph.Position);

    /// <summary>
    /// The indices of a stored value's array. States of a recurrence have a row more than positions: what is read before the start is in
    /// range as well, so that no read of the position before needs a test. Ascending, the state at t stands in row t + 1.
    /// </summary>
    private ImmutableArray<Node> StoredIndices(Statement source, Func<Axis, Node> index) => StorageAxes(source)
        .Select(axis => IsRecurrent(source, axis) && !source.Value.State.Recurrence.IsDescending ? Plus(index(axis), 1) : index(axis)).ToImmutableArray();

    private static bool IsRecurrent(Statement source, Axis axis) => source.Kind == StatementKind.Scan && ReferenceEquals(source.Value.State.Recurrence.Axis, axis);

    private Node Plus(Node index, long by) =>
        index.Is(Ops.Affine) ? _graph.Affine(index.Affine + AffineForm.Of(by)) : _graph.Apply(Ops.IntegerAdd, index, _graph.Integer(by));

    /// <summary>A state at the position before.</summary>
    private KernelExpression ReadPrevious(Node previous)
    {
        RecurrentState state = previous.State;
        Statement source = _statements[_graph.ScanOf(state)];
        ImmutableArray<Axis> axes = state.Axes.Insert(0, state.Recurrence.Axis);
        return new Read(PlaceIn(StorageOf(source), StoredIndices(source, axis =>
            ReferenceEquals(axis, state.Recurrence.Axis) ? Plus(previous[0], -state.Recurrence.Direction) : previous[axes.IndexOf(axis)])));
    }

    private ImmutableArray<AffineForm> SizesOf(Statement source, ImmutableArray<Axis> axes) =>
        axes.Select((axis, k) => IsRecurrent(source, axis) ? axis.Size + AffineForm.One : source.Value.Is(Ops.Operand) && k == axes.Length - 1 ? axis.Size + AffineForm.Of(Padding) : axis.Size).ToImmutableArray();

    private void WriteStored(Statement statement, KernelExpression value)
    {
        Place place = statement.Alias is { } output
            ? PlaceIn(_layout.ByOutput[output], PositionsOf(output.Axes))
            : PlaceIn(StorageOf(statement), StoredPositions(statement));
        WriteTo(place, value);
    }

    private void WriteTo(Place place, KernelExpression value) =>
        _code.Add(new Write(place, place.Access == Access.Scalar ? value : Lift(value)));

    private ImmutableArray<Node> PositionsOf(ImmutableArray<Axis> axes) => axes.Select(_graph.Position).ToImmutableArray();

    /// <summary>Dimensions of a kept value, the vector axis last so that lanes are neighbours.</summary>
    private ImmutableArray<Axis> StorageAxes(Statement statement) =>
        _workspaceOf.TryGetValue(statement, out (KernelBuffer Buffer, ImmutableArray<Axis> Axes) workspace) ? workspace.Axes : VectorLast(statement, statement.StorageAxes);

    private ImmutableArray<Axis> VectorLast(Statement statement, ImmutableArray<Axis> axes) => VectorAxisChoice.LanesLast(statement, axes, _vectorAxes);

    /// <summary>The axis along which lanes run where a statement stands, in a loop around it or beside it.</summary>
    private Axis? LanesOf(Statement statement) => VectorAxisChoice.For(statement.Path, _vectorAxes);

    private bool IsInsideVectorLoop(Statement statement, int depth)
    {
        int vector = VectorLoopIndex(statement);
        return vector >= 0 && vector < depth;
    }

    private int VectorLoopIndex(Statement statement)
    {
        Axis? lanes = LanesOf(statement);
        for (int i = 0; i < statement.Path.Length; i++)
        {
            if (ReferenceEquals(statement.Path[i].Axis, lanes)) return i;
        }

        return -1;
    }

    private KernelBuffer StorageOf(Statement statement)
    {
        if (statement.StorageDepth == 0) return WorkspaceOf(statement);
        if (_nest.ArrayOf(statement, ScratchRole.Value) is { } known) return known;
        ImmutableArray<Axis> axes = StorageAxes(statement);
        bool lanes = IsInsideVectorLoop(statement, statement.StorageDepth);
        bool wide = statement.Accumulates && !lanes && !axes.Any(a => ReferenceEquals(a, LanesOf(statement))) && VectorLoopIndex(statement) < 0;
        return Scratch(statement, ScratchRole.Value, wide ? ElementType.Double : ElementOf(statement), axes, SizesOf(statement, axes), statement.StorageDepth, lanes, HasPaddedRows(statement, axes, lanes));
    }

    // Integers that are kept fit the lanes of the kernel.
    private ElementType ElementOf(Statement statement) =>
        statement.Value.Type == ValueType.Integer ? (_isDouble ? ElementType.Int64 : ElementType.Int32) : WorkingElement;

    private readonly Dictionary<Statement, (KernelBuffer Buffer, ImmutableArray<Axis> Axes)> _workspaceOf = new();

    private KernelBuffer WorkspaceOf(Statement statement) => Touch(SharedArrayOf(statement));

    /// <summary>The array outside of all nests that holds a value.</summary>
    private KernelBuffer SharedArrayOf(Statement statement)
    {
        if (!_workspaceOf.TryGetValue(statement, out (KernelBuffer Buffer, ImmutableArray<Axis> Axes) workspace))
        {
            // The order of the nest that fills it, whichever axis the lanes of a later nest run along.
            ImmutableArray<Axis> axes = VectorLast(statement, statement.StorageAxes);
            if (OutputOf(statement, axes) is { } output) return (_workspaceOf[statement] = (_layout.ByOutput[output], axes)).Buffer;
            workspace = (new KernelBuffer(
                _layout.NewName($"workspace{_workspace.Count + 1}"), BufferKind.Workspace, ElementOf(statement), _workspace.Count, SizesOf(statement, axes))
            {
                HasRoom = statement.Value.Is(Ops.Operand),
                HoldsIndicators = statement.Value.IsIndicator,
            }, axes);
            _nest.Reserve(workspace.Buffer.Name);
            _workspace.Add(workspace.Buffer);
            _workspaceOf[statement] = workspace;
        }

        return workspace.Buffer;
    }

    private KernelBuffer Scratch(Statement statement, ScratchRole role, ElementType element, ImmutableArray<Axis> axes, int depth, bool lanes, KernelBuffer? total = null) =>
        Scratch(statement, role, element, axes, axes.Select(a => a.Size).ToImmutableArray(), depth, lanes, total: total);

    /// <summary>An array of the nest's own, inside of so many loops around a statement. A tail works in the arrays of the loop beside it.</summary>
    private KernelBuffer Scratch(
        Statement statement, ScratchRole role, ElementType element, ImmutableArray<Axis> axes, ImmutableArray<AffineForm> sizes, int depth, bool lanes, bool isPadded = false,
        KernelBuffer? total = null)
    {
        if (_nest.ArrayOf(statement, role) is { } known) return known;
        string hint = Hint(statement.Value) + (role == ScratchRole.Lanes ? "LanesArray" : "Array");
        (int Dimension, Axis Start)? strip = StripOf(statement, axes, depth);
        if (strip is { } cut) sizes = sizes.SetItem(cut.Dimension, AffineForm.Of(cut.Dimension == 0 ? Loop.StripLength : Loop.StripPitch));
        return _nest.AddArray(
            statement, role, new KernelBuffer(_nest.NewOuterName(hint), BufferKind.Scratch, element, _nest.Scratch.Count, sizes, lanes)
            {
                IsPadded = isPadded,
                Strip = strip,
                HasRoom = statement.Value.Is(Ops.Operand) && strip is null && !lanes,
                HoldsIndicators = statement.Value.IsIndicator,
                Total = total is not null && strip is null && !lanes && total.Element == element ? total : null,
            });
    }

    private KernelBuffer Touch(KernelBuffer buffer)
    {
        if (buffer.Kind != BufferKind.Scratch) _nest.Buffers.Add(buffer);
        return buffer;
    }

    private Place PlaceIn(KernelBuffer buffer, ImmutableArray<Node> indices, bool isRead = false)
    {
        Touch(buffer);
        var tests = ImmutableArray.CreateBuilder<BoundsTest>();
        var values = new KernelExpression[indices.Length];
        int varying = 0, last = -1;
        bool tested = false;
        for (int k = 0; k < indices.Length; k++)
        {
            values[k] = indices[k].Is(Ops.Affine) ? Positions(indices[k]) : Value(indices[k]);
            if (buffer.Strip is { } strip && strip.Dimension == k) values[k] = InStrip(values[k], strip.Start);
            if (values[k].IsLanes)
            {
                varying++;
                last = k;
            }

            if (buffer.Strip?.Dimension == k || IsInRange(indices[k], buffer.Sizes[k]) || (values[k].IsLanes && IsInsideInterior(indices[k], buffer.Sizes[k]))) continue;
            tests.Add(new BoundsTest(values[k], buffer.Sizes[k]));
            tested |= values[k].IsLanes;
        }

        // An array of the nest's own ends on a cache line, and so does each row of a strip: whole vectors fit, and unlike partial ones the next read finds them at once.
        bool endsOnLine = buffer is { Kind: BufferKind.Scratch, Total: not { Kind: BufferKind.Tensor } } && (buffer.Sizes.Length == 1 || buffer.Strip?.Dimension == buffer.Sizes.Length - 1);
        KernelLocal? tail = buffer.IsPadded || endsOnLine ? null : _nest.TailCount;
        if (buffer.HasLanes && varying == 0) return new Place(buffer, Access.Contiguous, FlatOffset(buffer, values), null, tests.ToImmutable(), null);
        if (varying == 0) return new Place(buffer, Access.Scalar, FlatOffset(buffer, values), null, tests.ToImmutable(), null);

        // Tests of indices that all lanes share choose between the whole vector and nothing.
        if (varying == 1 && !tested && !buffer.HasLanes && values[last] is LanePositions positions)
        {
            values[last] = new IntegerForm(positions.First);
            KernelExpression offset = FlatOffset(buffer, values);
            if (last == indices.Length - 1 && positions.Step == 1) return new Place(buffer, Access.Contiguous, offset, null, tests.ToImmutable(), buffer.HasRoom ? null : tail);
            KernelExpression step = new IntegerForm(AffineForm.Of(positions.Step));
            return new Place(buffer, Access.Strided, offset, LengthBehind(buffer, last, step), tests.ToImmutable(), tail);
        }

        // Neighbours, some of them out of range: those are masked, in an array with room around after the load.
        if (varying == 1 && tested && last == indices.Length - 1 && values[last] is LanePositions { Step: 1 } near
            && (buffer.IsPadded ? IsNear(near) : isRead && !buffer.HasLanes && buffer.Element == WorkingElement))
        {
            values[last] = new IntegerForm(near.First);
            return new Place(buffer, Access.Masked, FlatOffset(buffer, values), null, tests.ToImmutable(), null);
        }

        // Valid positions in a span fit 32 bits; what overflows is masked out by its test.
        KernelExpression lanes = values.Select((value, k) => (value, k)).Aggregate(
            (KernelExpression)new IntegerForm(AffineForm.Zero),
            (flat, next) => next.k == 0 ? next.value : LaneFlat(flat, LengthOf(buffer, next.k), next.value, buffer.IsLarge && !_isDouble));
        return new Place(buffer, Access.Gather, new IntegerForm(AffineForm.Zero), lanes, tests.ToImmutable(), tail);
    }

    private bool IsInRange(Node index, AffineForm size) =>
        (index.Is(Ops.Affine) && index.Affine.PlainAxis is { } axis && axis.Size.Equals(size))
        || IndexBounds.Holds(index, size, new Demand(_graph.AxesOf(index.Axes).Select(AxisRange.Full).ToImmutableArray(), ImmutableArray<Node>.Empty));

    private KernelExpression FlatOffset(KernelBuffer buffer, KernelExpression[] indices)
    {
        KernelExpression offset = new IntegerForm(AffineForm.Zero);
        for (int k = 0; k < indices.Length; k++) offset = k == 0 ? indices[k] : Plus(Times(offset, LengthOf(buffer, k)), indices[k]);
        return offset;
    }

    /// <summary>The distance of neighbours along a dimension, from that of neighbours in memory.</summary>
    private KernelExpression LengthBehind(KernelBuffer buffer, int dimension, KernelExpression step) =>
        Enumerable.Range(dimension + 1, buffer.Sizes.Length - dimension - 1).Select(k => LengthOf(buffer, k)).Aggregate(step, Times);

    /// <summary>outer * size + inner</summary>
    private static KernelExpression Flat(KernelExpression outer, AffineForm size, KernelExpression inner) =>
        Plus(Times(outer, new IntegerForm(size)), inner);

    private KernelExpression LaneFlat(KernelExpression outer, KernelExpression size, KernelExpression inner, bool isLarge)
    {
        if (!outer.IsLanes && !inner.IsLanes) return Plus(Times(outer, size), inner);
        bool isWide = outer.IsLong || isLarge;
        KernelExpression scaled = outer.IsLanes
            ? new Operation(Ops.IntegerMultiply, ImmutableArray.Create(Lift(outer, isWide), Lift(size, isWide)), true, isWide)
            : Times(outer, size);
        bool isLong = scaled.IsLong || inner.IsLong || isLarge;
        return new Operation(Ops.IntegerAdd, ImmutableArray.Create(Lift(scaled, isLong), Lift(inner, isLong)), true, isLong);
    }

    private static KernelExpression Plus(KernelExpression a, KernelExpression b) => new Operation(Ops.IntegerAdd, ImmutableArray.Create(a, b), false);

    private static KernelExpression Times(KernelExpression a, KernelExpression b) => new Operation(Ops.IntegerMultiply, ImmutableArray.Create(a, b), false);
}
