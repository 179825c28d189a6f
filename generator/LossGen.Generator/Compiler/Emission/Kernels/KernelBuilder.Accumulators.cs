using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Accumulators of reductions. Lanes of working precision never add up more than a block; scalars are float64, but for extremes, which do not round;
/// an array along the vector axis, and lanes inside the vector loop, stay in working precision.
/// </summary>
internal sealed partial class KernelBuilder
{
    private static Op Combination(ReductionKind kind) => kind switch
    {
        ReductionKind.Product => Ops.Multiply,
        ReductionKind.Max => Ops.Max,
        ReductionKind.Min => Ops.Min,
        ReductionKind.Peak => Ops.NativeMax,
        _ => Ops.Add,
    };

    private static bool IsExtreme(ReductionKind kind) => kind is ReductionKind.Max or ReductionKind.Min or ReductionKind.Peak;

    private ImmutableArray<Axis> AccumulatorAxes(Statement statement) => VectorLast(statement, statement.AccumulatorAxes);

    /// <summary>Before the outermost reduced loop.</summary>
    private void BeginAccumulator(Statement statement)
    {
        if (FirstBefore(statement) is { } first)
        {
            _nest.Accumulators[statement] = _nest.Accumulators[first];
            return;
        }

        double neutral = statement.Combination.NeutralElement();
        bool lanes = IsInsideVectorLoop(statement, statement.AccumulatorDepth);
        ImmutableArray<Axis> axes = AccumulatorAxes(statement);
        if (!axes.IsEmpty)
        {
            bool wide = !lanes && !axes.Any(a => ReferenceEquals(a, LanesOf(statement)));
            ScratchRole role = statement.StorageDepth == statement.AccumulatorDepth && statement.StorageDepth > 0 ? ScratchRole.Value : ScratchRole.Accumulator;
            KernelBuffer? total = statement.AccumulatorDepth == 0 ? SharedArrayOf(statement) : null;
            KernelBuffer array = Scratch(statement, role, wide ? ElementType.Double : WorkingElement, axes, statement.AccumulatorDepth, lanes, total);
            _nest.Accumulators[statement] = new Accumulator(null, array);
            _code.Add(new Fill(array, neutral));
            return;
        }

        KernelLocal local = NewLocal(Hint(statement.Value), ValueType.Real, lanes, lanes || IsExtreme(statement.Combination) ? Precision.Working : Precision.Wide);
        _nest.Accumulators[statement] = new Accumulator(local, null);
        _code.Add(new Declare(local, lanes ? new Splat(new NumberLiteral(neutral, Precision.Working)) : new NumberLiteral(neutral, local.Precision)));
    }

    /// <summary>Before a block of the vector loop along which lanes are reduced.</summary>
    private void BeginLanes(Statement statement, List<KernelStatement> prologue)
    {
        double neutral = statement.Combination.NeutralElement();
        ImmutableArray<Axis> inner = LaneArrayAxes(statement);
        if (!inner.IsEmpty)
        {
            KernelBuffer array = Scratch(statement, ScratchRole.Lanes, WorkingElement, inner, statement.AccumulatorDepth, lanes: true);
            _nest.Accumulators[statement].LaneArray = array;
            prologue.Add(new Fill(array, neutral));
            return;
        }

        var lanes = new KernelLocal(_nest.NewName(Hint(statement.Value) + "Lanes"), ValueType.Real, true, Precision.Working);
        _nest.Accumulators[statement].Lanes = lanes;
        prologue.Add(new Declare(lanes, new Splat(new NumberLiteral(neutral, Precision.Working))));
    }

    /// <summary>The free axes whose loops stand inside the vector loop: each of their positions has lanes of its own.</summary>
    private ImmutableArray<Axis> LaneArrayAxes(Statement statement)
    {
        AxisSet inside = AxisSet.Of(statement.Path.Skip(VectorLoopIndex(statement) + 1).Select(l => l.Axis));
        return AccumulatorAxes(statement).Where(inside.Contains).ToImmutableArray();
    }

    private void Accumulate(Statement statement, KernelExpression value)
    {
        Accumulator accumulator = _nest.Accumulators[statement];
        ReductionKind kind = statement.Combination;
        if (!InVectorLoop || (accumulator.Lanes is null && accumulator.LaneArray is null))
        {
            AddTo(statement, accumulator, kind, value);
            return;
        }

        KernelExpression term = Lift(value);
        if (_nest.TailCount is { } count) term = new TailSelection(term, count, kind);
        if (accumulator.Lanes is { } lanes)
        {
            _code.Add(new Assign(lanes, Combine(kind, new LocalValue(lanes), term)));
            return;
        }

        Place place = PlaceIn(accumulator.LaneArray!, PositionsOf(LaneArrayAxes(statement)));
        _code.Add(new Write(place, Combine(kind, new Read(place), term)));
    }

    /// <summary>After a block: its lanes become one value.</summary>
    private void MergeLanes(Statement statement)
    {
        Accumulator accumulator = _nest.Accumulators[statement];
        ReductionKind kind = statement.Combination;
        if (accumulator.Lanes is { } lanes)
        {
            AddTo(statement, accumulator, kind, new LaneReduction(kind, new LocalValue(lanes)));
            return;
        }

        ImmutableArray<Axis> axes = LaneArrayAxes(statement);
        Over(axes, 0, () => AddTo(statement, accumulator, kind, new LaneReduction(kind, new Read(PlaceIn(accumulator.LaneArray!, PositionsOf(axes))))));
    }

    /// <summary>Loops over the whole of some axes around what <paramref name="body"/> adds, the last of them in lanes or not.</summary>
    private void Over(ImmutableArray<Axis> axes, int position, Action body, bool inLanes = false)
    {
        if (position == axes.Length)
        {
            body();
            return;
        }

        (KernelExpression from, KernelExpression to) = BoundsOf(axes[position]);
        if (inLanes && position == axes.Length - 1)
        {
            (List<KernelStatement> whole, KernelLocal count, List<KernelStatement> tail) = InLanes(body, new List<AffineForm>());
            _code.Add(new VectorLoop(axes[position], from, to, [], [], IsBlocked: false, [], whole.ToImmutableArray(), count, tail.ToImmutableArray(), [], [], Unroll: 1));
            return;
        }

        List<KernelStatement> inner = Nested(() => Over(axes, position + 1, body, inLanes));
        _code.Add(new ScalarLoop(axes[position], from, to, inner.ToImmutableArray()));
    }

    private void AddTo(Statement statement, Accumulator accumulator, ReductionKind kind, KernelExpression value)
    {
        if (accumulator.Local is { } local)
        {
            KernelExpression term = local.IsLanes ? Lift(value) : local.Precision == Precision.Wide ? new Convert(value, Precision.Wide) : value;
            _code.Add(new Assign(local, Combine(kind, new LocalValue(local), term)));
            return;
        }

        Place place = PlaceIn(accumulator.Array!, PositionsOf(AccumulatorAxes(statement)));
        var old = new Read(place);
        KernelExpression addend = old.IsLanes ? Lift(value) : accumulator.Array!.Element == WorkingElement ? value : new Convert(value, Precision.Wide);
        _code.Add(new Write(place, Combine(kind, old, addend)));
    }

    private static KernelExpression Combine(ReductionKind kind, KernelExpression a, KernelExpression b) =>
        new Operation(Combination(kind), ImmutableArray.Create(a, b), a.IsLanes);

    /// <summary>After the outermost reduced loop: the value is complete and goes where its readers expect it.</summary>
    private void EndAccumulator(Statement statement)
    {
        if (FirstBefore(statement) is not null) return;
        Accumulator accumulator = _nest.Accumulators[statement];
        if (statement.AccumulatorDepth == 0)
        {
            EndPartial(statement, accumulator);
            return;
        }

        KernelExpression Result(KernelExpression held) =>
            held.IsLanes || accumulator.Array?.Element == WorkingElement || accumulator.Local?.Precision == Precision.Working ? held : new Convert(held, Precision.Working);
        if (statement.StorageDepth == statement.AccumulatorDepth)
        {
            if (accumulator.Local is { } local)
            {
                if (local.IsLanes) Remember(statement.Value, new LocalValue(local));
                else Define(statement.Value, Result(new LocalValue(local)));
            }

            return;
        }

        // The value outlives loops that the accumulator does not: copy it out, element by element of the accumulator.
        ImmutableArray<Axis> axes = AccumulatorAxes(statement);
        bool inLanes = !InVectorLoop && accumulator.Array is { HasLanes: false } array && array.Element == WorkingElement && ReferenceEquals(axes[axes.Length - 1], _nest.Vector);
        Over(axes, 0, () => WriteStored(statement, Result(accumulator.Local is { } scalar ? new LocalValue(scalar) : new Read(PlaceIn(accumulator.Array!, PositionsOf(axes))))), inLanes);
    }

    private void EndPartial(Statement statement, Accumulator accumulator)
    {
        ReductionKind kind = statement.Combination;
        _code.Add(new WritePartial(_nest.Partials.Count, accumulator.Local is { } local ? new LocalValue(local) : null, accumulator.Array));
        if (!_nest.KnownPartials.IsEmpty)
        {
            _nest.Partials.Add(_nest.KnownPartials[_nest.Partials.Count]);
            return;
        }

        if (accumulator.Local is not null)
        {
            ScalarStep merged = NewScalar(statement.Value, null, _printer.Formula(statement));
            _nest.Partials.Add(new PartialResult(kind, merged, null, ImmutableArray<AffineForm>.Empty));
            return;
        }

        // Both arrays have the same dimensions in the same order.
        KernelBuffer total = SharedArrayOf(statement);
        _nest.Partials.Add(new PartialResult(kind, null, total, total.Sizes) { IsInPlace = accumulator.Array!.Total is not null });
    }
}
