using System.Collections.Immutable;

namespace LossGen.Compiler.Ir;

/// <summary>Payload of a scatter: the axes whose positions its indices choose, in axis order, and the axes that are summed.</summary>
internal sealed class ScatterAxes : IEquatable<ScatterAxes>
{
    public ScatterAxes(IEnumerable<Axis> targets, AxisSet summed)
    {
        Targets = targets.OrderBy(a => a.Index).ToImmutableArray();
        TargetSet = AxisSet.Of(Targets);
        Summed = summed;
    }

    public ImmutableArray<Axis> Targets { get; }

    public AxisSet TargetSet { get; }

    public AxisSet Summed { get; }

    public bool Equals(ScatterAxes? other) => other is not null && TargetSet == other.TargetSet && Summed == other.Summed;

    public override bool Equals(object? obj) => Equals(obj as ScatterAxes);

    public override int GetHashCode() => unchecked((TargetSet.GetHashCode() * 31) + Summed.GetHashCode());

    public override string ToString() => $"scatter[{string.Join(", ", Targets.Select(a => a.Name))}]";
}
