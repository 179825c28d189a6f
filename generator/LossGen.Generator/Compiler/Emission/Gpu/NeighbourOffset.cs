using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>How an offset moves with a position.</summary>
internal enum OffsetKind
{
    /// <summary>Not at all.</summary>
    Same,

    /// <summary>To the next element.</summary>
    Neighbours,

    /// <summary>In another way.</summary>
    Other,
}

/// <summary>How an offset moves with the position along an axis.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Rows">Forms of which all that does not move is a sum of multiples; null where that cannot be told.</param>
internal sealed record NeighbourOffset(OffsetKind Kind, ImmutableArray<AffineForm>? Rows)
{
    private static readonly NeighbourOffset Other = new(OffsetKind.Other, null);

    /// <param name="offset">The offset.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="inside">Locals of which each position has its own.</param>
    public static NeighbourOffset Of(KernelExpression offset, Axis axis, HashSet<KernelLocal> inside)
    {
        switch (offset)
        {
            case IntegerForm { Form: var form }:
                AffineForm rest = form - (form.CoefficientOf(Symbol.PositionOf(axis)) * AffineForm.Of(Symbol.PositionOf(axis)));
                ImmutableArray<AffineForm>? rows = rest.Axes.IsEmpty ? rest.Equals(AffineForm.Zero) ? ImmutableArray<AffineForm>.Empty : ImmutableArray.Create(rest) : null;
                return form.CoefficientOf(Symbol.PositionOf(axis)) switch { 0 => new(OffsetKind.Same, rows), 1 => new(OffsetKind.Neighbours, rows), _ => Other };

            case Operation { Op: var op, Operands: var operands } when op.Is(Ops.IntegerAdd):
                NeighbourOffset a = Of(operands[0], axis, inside), b = Of(operands[1], axis, inside);
                ImmutableArray<AffineForm>? both = a.Rows is { } first && b.Rows is { } second ? first.AddRange(second) : null;
                return a.Kind == OffsetKind.Same ? b with { Rows = both } : b.Kind == OffsetKind.Same ? a with { Rows = both } : Other;

            // Any number of rows of this length.
            case Operation { Op: var op, Operands: var operands } when op.Is(Ops.IntegerMultiply) && operands[1] is IntegerForm { Form: var length } && length.Axes.IsEmpty:
                return Of(operands[0], axis, inside).Kind == OffsetKind.Same ? new(OffsetKind.Same, ImmutableArray.Create(length)) : Other;

            case LocalValue { Local: var local }:
                return inside.Contains(local) ? Other : new(OffsetKind.Same, null);

            default:
                return offset.Children().All(c => Of(c, axis, inside).Kind == OffsetKind.Same) ? new(OffsetKind.Same, null) : Other;
        }
    }
}
