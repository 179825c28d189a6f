using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Arrays with room around their rows. Steps of a recurrence read rows at neighbouring positions; with room for whole vectors, those at the
/// edges are read like the others, and what is out of range is masked afterwards.
/// </summary>
internal sealed partial class KernelBuilder
{
    /// <summary>So many positions a read may lie beside its own; the room around an array is for these and a vector.</summary>
    private const long NearestPositions = 8;

    /// <summary>Whether the values of a statement in a recurrence are rows along its lanes.</summary>
    private bool HasPaddedRows(Statement statement, ImmutableArray<Axis> axes, bool lanes) =>
        !lanes && statement.Kind is StatementKind.Scan or StatementKind.Materialize && statement.Value.Type == ValueType.Real
        && axes.Length > 0 && ReferenceEquals(axes[axes.Length - 1], LanesOf(statement)) && statement.Path.Any(loop => loop.IsSequential);

    /// <summary>How many elements an index along a dimension steps over in the next outer one.</summary>
    private KernelExpression LengthOf(KernelBuffer buffer, int dimension)
    {
        AffineForm size = buffer.Sizes[dimension];
        if (!buffer.IsPadded || dimension == 0 || dimension < buffer.Sizes.Length - 1) return new IntegerForm(size);
        if (!_nest.RowLengths.TryGetValue(size, out KernelLocal length))
        {
            length = new KernelLocal(_nest.NewOuterName("row"), ValueType.Integer, false, Precision.Working);
            _nest.Header.Add(new Declare(length, new PaddedLength(size)));
            _nest.RowLengths[size] = length;
        }

        return new LocalValue(length);
    }

    /// <summary>Whether lanes are neighbours that lie near the positions of the loop around.</summary>
    private bool IsNear(LanePositions positions)
    {
        AffineForm beside = positions.First - AffineForm.Of(Symbol.PositionOf(_nest.Vector!));
        return positions.Step == 1 && beside.IsConstant && Math.Abs(beside.Constant) <= NearestPositions;
    }
}
