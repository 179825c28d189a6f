namespace LossGen.Compiler.Ir;

/// <summary>A set of axes of one graph, by their index; at most <see cref="Capacity"/> axes a graph.</summary>
internal readonly record struct AxisSet(ulong Low, ulong High)
{
    public const int Capacity = 128;

    public static readonly AxisSet Empty = default;

    public bool IsEmpty => (Low | High) == 0;

    public static AxisSet Of(Axis axis) => axis.Index < 64 ? new(1UL << axis.Index, 0) : new(0, 1UL << (axis.Index - 64));

    public static AxisSet Of(IEnumerable<Axis> axes)
    {
        AxisSet set = Empty;
        foreach (Axis axis in axes) set |= Of(axis);
        return set;
    }

    public static AxisSet operator |(AxisSet a, AxisSet b) => new(a.Low | b.Low, a.High | b.High);

    public static AxisSet operator &(AxisSet a, AxisSet b) => new(a.Low & b.Low, a.High & b.High);

    public static AxisSet operator -(AxisSet a, AxisSet b) => new(a.Low & ~b.Low, a.High & ~b.High);

    public bool Contains(Axis axis) => Overlaps(Of(axis));

    public bool Overlaps(AxisSet other) => !(this & other).IsEmpty;

    public bool IsSubsetOf(AxisSet other) => (this - other).IsEmpty;
}
