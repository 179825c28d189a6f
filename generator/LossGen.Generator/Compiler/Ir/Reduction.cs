using System.Collections.Immutable;

namespace LossGen.Compiler.Ir;

/// <summary>How a reduction combines its terms.</summary>
internal enum ReductionKind
{
    Sum,
    Product,

    /// <summary>Greatest term; NaN wins.</summary>
    Max,

    /// <summary>Least term; NaN wins.</summary>
    Min,

    /// <summary>log of the sum of exponentials; lowered to a maximum and a sum.</summary>
    LogSumExp,

    /// <summary>Euclidean norm; lowered to scaled sums of squares.</summary>
    Norm,

    /// <summary>Greatest term where any NaN will surface elsewhere, so that the cheapest instruction will do. Made by lowering only.</summary>
    Peak,
}

/// <summary>What the kinds have in common.</summary>
internal static class ReductionKinds
{
    /// <summary>The value of a reduction of nothing.</summary>
    public static double NeutralElement(this ReductionKind kind) => kind switch
    {
        ReductionKind.Product => 1,
        ReductionKind.Max or ReductionKind.Peak or ReductionKind.LogSumExp => double.NegativeInfinity,
        ReductionKind.Min => double.PositiveInfinity,
        _ => 0,
    };
}

/// <summary>A reduced axis and the half-open range it runs over, affine in sizes and int parameters.</summary>
internal readonly record struct AxisRange(Axis Axis, AffineForm Low, AffineForm High)
{
    public static AxisRange Full(Axis axis) => new(axis, AffineForm.Zero, axis.Size);

    public bool IsFull => Low.Equals(AffineForm.Zero) && High.Equals(Axis.Size);
}

/// <summary>Payload of a reduction: its kind and its bound axes, in axis order.</summary>
internal sealed class Reduction : IEquatable<Reduction>
{
    public Reduction(ReductionKind kind, IEnumerable<AxisRange> ranges)
    {
        Kind = kind;
        Ranges = ranges.OrderBy(r => r.Axis.Index).ToImmutableArray();
        Axes = AxisSet.Of(Ranges.Select(r => r.Axis));
    }

    public ReductionKind Kind { get; }

    public ImmutableArray<AxisRange> Ranges { get; }

    /// <summary>The bound axes.</summary>
    public AxisSet Axes { get; }

    public bool Equals(Reduction? other) => other is not null && Kind == other.Kind && Ranges.SequenceEqual(other.Ranges);

    public override bool Equals(object? obj) => Equals(obj as Reduction);

    public override int GetHashCode() => unchecked(((int)Kind * 31) + Axes.GetHashCode());

    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}[{string.Join(", ", Ranges.Select(r => r.Axis.Name))}]";
}
