using System.Collections.Immutable;

namespace LossGen.Compiler.Ir;

/// <summary>Payload of a read at other positions (<see cref="Ops.At"/>): the axes that its indices replace, in axis order.</summary>
internal sealed class IndexedAxes(IEnumerable<Axis> axes) : IEquatable<IndexedAxes>
{
    public ImmutableArray<Axis> Axes { get; } = axes.OrderBy(a => a.Index).ToImmutableArray();

    public AxisSet Set => AxisSet.Of(Axes);

    public bool Equals(IndexedAxes? other) => other is not null && Axes.SequenceEqual(other.Axes);

    public override bool Equals(object? obj) => Equals(obj as IndexedAxes);

    public override int GetHashCode() => Set.GetHashCode();
}
