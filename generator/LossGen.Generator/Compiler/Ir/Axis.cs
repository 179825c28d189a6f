namespace LossGen.Compiler.Ir;

/// <summary>A named axis of one graph. Axes are equal only when they are the same object.</summary>
internal sealed class Axis
{
    // Singles in 512 bits.
    private const int LongestVector = 16;

    public Axis(int index, string name, AffineForm? size, bool isLocal, Axis? renames = null)
    {
        Index = index;
        Name = name;
        IsLocal = isLocal;
        Declared = renames?.Declared ?? this;
        Size = size ?? AffineForm.Of(Symbol.SizeOf(this));
    }

    /// <summary>Position in declaration order, which is also storage order: loops prefer earlier axes outermost.</summary>
    public int Index { get; }

    public string Name { get; }

    /// <summary>Its length: its own size symbol, another axis' size, a constant, or affine in sizes and int parameters.</summary>
    public AffineForm Size { get; private set; }

    /// <summary>
    /// What the size of a local axis is computed from where it is not affine: sizes and int parameters. <see cref="Size"/> is then a symbol
    /// of its own.
    /// </summary>
    public Node? ComputedSize { get; private set; }

    /// <summary>Whether it is no storage axis of any tensor: a local axis, or a renamed bound one.</summary>
    public bool IsLocal { get; }

    /// <summary>The axis that this one is another walk over; itself for an axis of the declaration or the formula.</summary>
    public Axis Declared { get; }

    /// <summary>Whether its size is known at build time.</summary>
    public bool IsConstantSize => Size.IsConstant;

    /// <summary>Whether it is known at build time to have fewer positions than a vector has lanes: loops over it are no vector loops, and arrays along it are few numbers.</summary>
    public bool IsShort => Size.IsConstant && Size.Constant < LongestVector;

    /// <summary>Whether it may have more positions than a span has elements.</summary>
    public bool IsLong { get; set; }

    /// <summary>Gives it another axis' size. Only before any node speaks of it: the other axis may be declared later.</summary>
    public void FixSize(AffineForm size) => Size = size;

    /// <summary>Gives it a size to compute. Only before any node speaks of it.</summary>
    public void ComputeSize(Node size) => ComputedSize = size;

    public override string ToString() => Name;
}
