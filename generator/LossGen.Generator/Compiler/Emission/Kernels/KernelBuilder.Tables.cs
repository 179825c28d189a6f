using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Tensors of one axis that lanes are read in at indices from data, as the weights of classes are at labels: if they are short, registers hold them.</summary>
internal sealed partial class KernelBuilder
{
    private Place WithTable(Place place, Node load)
    {
        bool isPlain = !_isDouble && place.Buffer.Element == ElementType.Single && place.Buffer.Sizes.Length == 1;
        if (!isPlain || place.Access != Access.Gather || place.LaneOffset!.IsLong || load[0].Is(Ops.Affine)) return place;
        if (!_nest.Tables.TryGetValue(place.Buffer, out KernelLocal table))
        {
            table = new KernelLocal(_nest.NewOuterName(place.Buffer.Name + "_table"), ValueType.Real, true, Precision.Working) { IsTable = true };
            var first = new Place(place.Buffer, Access.Scalar, new IntegerForm(AffineForm.Zero), null, ImmutableArray<BoundsTest>.Empty, null);
            _nest.Header.Add(new Declare(table, new ShortTable(new Read(first))));
            _nest.Tables.Add(place.Buffer, table);
        }

        return place with { Table = new LocalValue(table) };
    }
}
