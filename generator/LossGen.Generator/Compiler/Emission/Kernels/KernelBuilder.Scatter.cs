using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Sums whose terms go to positions that data say: one array outside of all loops that are summed over.</summary>
internal sealed partial class KernelBuilder
{
    private void Scatter(Statement statement)
    {
        Node node = statement.Value;
        KernelBuffer array = _nest.Accumulators[statement].Array!;
        ImmutableArray<Node> indices = AccumulatorAxes(statement)
            .Select(axis => node.Scatter.Targets.IndexOf(axis) is >= 0 and var k ? node[k + 1] : _graph.Position(axis)).ToImmutableArray();
        Place place = PlaceIn(array, indices);
        KernelExpression value = Value(node[0]);
        if (place.Access == Access.Gather)
        {
            // Lanes that are not there must add nothing, also in arrays that have room for whole vectors.
            _code.Add(new ScatterAdd(place with { TailCount = _nest.TailCount }, Lift(value)));
            return;
        }

        // Lanes that all go to one place are added up first.
        if (place.Access == Access.Scalar && value.IsLanes)
        {
            KernelExpression term = _nest.TailCount is { } count ? new TailSelection(value, count, ReductionKind.Sum) : value;
            value = new LaneReduction(ReductionKind.Sum, term);
        }

        var old = new Read(place);
        KernelExpression addend = old.IsLanes ? Lift(value) : array.Element == WorkingElement ? value : new Convert(value, Precision.Wide);
        _code.Add(new Write(place, Combine(ReductionKind.Sum, old, addend)));
    }
}
