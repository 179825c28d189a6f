using System.Collections.Immutable;

namespace LossGen.Compiler.Ir;

/// <summary>
/// A recurrence along an axis: one or several states, each computed from the values of all of them at the position before.
/// It is equal to itself only; the nodes that speak of it are its states (<see cref="Ops.Scan"/>) and the reads of the position before
/// (<see cref="Ops.Previous"/>).
/// </summary>
/// <param name="number">A number of its own within the compile.</param>
/// <param name="axis">The axis it runs along.</param>
/// <param name="isDescending">Whether it runs from the end.</param>
/// <param name="states">For each state its axes without that of the recurrence, in axis order.</param>
/// <param name="around">The recurrences in whose iterations all of this one runs, because its steps use values of theirs; by number.</param>
internal sealed class Recurrence(int number, Axis axis, bool isDescending, ImmutableArray<ImmutableArray<Axis>> states, ImmutableArray<Recurrence> around)
{
    /// <summary>Order of creation.</summary>
    public int Number { get; } = number;

    public Axis Axis { get; } = axis;

    public bool IsDescending { get; } = isDescending;

    public ImmutableArray<ImmutableArray<Axis>> States { get; } = states;

    public ImmutableArray<Recurrence> Around { get; } = around;

    /// <summary>From one position to the next: 1, or -1 from the end.</summary>
    public int Direction => IsDescending ? -1 : 1;

    /// <summary>The first position that it reaches.</summary>
    public AffineForm Start => IsDescending ? Axis.Size - AffineForm.One : AffineForm.Zero;

    public override string ToString() => $"scan[{(IsDescending ? "-" : "")}{Axis}]";
}

/// <summary>One state of a recurrence: the payload of its value and of reads of its value before.</summary>
internal sealed record RecurrentState(Recurrence Recurrence, int Index)
{
    /// <summary>The state's axes, that of the recurrence left out.</summary>
    public ImmutableArray<Axis> Axes => Recurrence.States[Index];

    /// <summary>All axes of the state's value.</summary>
    public AxisSet AllAxes => AxisSet.Of(Axes) | AxisSet.Of(Recurrence.Axis);

    public bool Equals(RecurrentState? other) => other is not null && ReferenceEquals(Recurrence, other.Recurrence) && Index == other.Index;

    public override int GetHashCode() => unchecked((Recurrence.Number * 31) + Index);

    public override string ToString() => $"{Recurrence}.{Index}";
}
