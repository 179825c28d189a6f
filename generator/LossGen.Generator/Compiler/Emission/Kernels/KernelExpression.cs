using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>How an expression's value is held.</summary>
internal enum Precision
{
    /// <summary>The loss' real type.</summary>
    Working,

    /// <summary>Float64, for accumulators and everything outside the loops.</summary>
    Wide,
}

/// <summary>An expression of a kernel: one value, or one value for each lane.</summary>
internal abstract record KernelExpression(ValueType Type, bool IsLanes)
{
    /// <summary>Whether lanes of integers need 64 bits in a kernel of 32-bit reals.</summary>
    public virtual bool IsLong => false;
}

/// <summary>A real number known at build time.</summary>
internal sealed record NumberLiteral(double Value, Precision Precision) : KernelExpression(ValueType.Real, false);

/// <summary>A truth value known at build time.</summary>
internal sealed record TruthLiteral(bool Value) : KernelExpression(ValueType.Truth, false);

/// <summary>An integer that is affine in loop positions, sizes and int parameters.</summary>
internal sealed record IntegerForm(AffineForm Form) : KernelExpression(ValueType.Integer, false);

/// <summary>A length, rounded up so that rows of this length begin on a cache line.</summary>
internal sealed record PaddedLength(AffineForm Length) : KernelExpression(ValueType.Integer, false);

/// <summary>The first position of the running chunk, or the one after its last.</summary>
internal sealed record ChunkBound(bool IsEnd) : KernelExpression(ValueType.Integer, false);

/// <summary>Integers, one a lane: the form at the first lane, stepping by <paramref name="Step"/>.</summary>
internal sealed record LanePositions(AffineForm First, long Step, bool Long) : KernelExpression(ValueType.Integer, true)
{
    public override bool IsLong => Long;
}

/// <summary>A local variable.</summary>
internal sealed record LocalValue(KernelLocal Local) : KernelExpression(Local.Type, Local.IsLanes)
{
    public override bool IsLong => Local.IsLong;
}

/// <summary>A scalar of the frame: a parameter, a merged reduction, a value computed between nests. Always float64.</summary>
internal sealed record SlotValue(int Slot, ValueType Kind) : KernelExpression(Kind, false);

/// <summary>A row of the op table applied to operands that are all scalars, or all lanes.</summary>
internal sealed record Operation(Op Op, ImmutableArray<KernelExpression> Operands, bool Lanes, bool Long = false) : KernelExpression(Op.Result, Lanes)
{
    public override bool IsLong => Long;
}

/// <summary>A scalar in every lane.</summary>
internal sealed record Splat(KernelExpression Scalar, bool Long = false) : KernelExpression(Scalar.Type, true)
{
    public override bool IsLong => Long;
}

/// <summary>A real value in another precision.</summary>
internal sealed record Convert(KernelExpression Value, Precision To) : KernelExpression(ValueType.Real, false);

/// <summary>All lanes combined into one value of working precision.</summary>
internal sealed record LaneReduction(ReductionKind Kind, KernelExpression Lanes) : KernelExpression(ValueType.Real, false);

/// <summary>The value in the first lanes of a tail, the reduction's neutral element in the others.</summary>
internal sealed record TailSelection(KernelExpression Value, KernelLocal Count, ReductionKind Kind) : KernelExpression(ValueType.Real, true);

/// <summary>How lanes meet memory.</summary>
internal enum Access
{
    /// <summary>One element.</summary>
    Scalar,

    /// <summary>As many neighbours as there are lanes.</summary>
    Contiguous,

    /// <summary>As many neighbours as there are lanes; lanes out of range read 0, and touch memory in an array with room around it alone.</summary>
    Masked,

    /// <summary>One element a lane, a fixed distance apart.</summary>
    Strided,

    /// <summary>One element a lane, anywhere; lanes out of range read 0.</summary>
    Gather,
}

/// <summary>An index that must be tested before its element is touched.</summary>
internal sealed record BoundsTest(KernelExpression Index, AffineForm Size);

/// <summary>A place in memory.</summary>
/// <param name="Buffer">The array.</param>
/// <param name="Access">How lanes meet it.</param>
/// <param name="Offset">The element of the first lane; for a gather the part that all lanes share.</param>
/// <param name="LaneOffset">A gather's integer lanes, or a strided access' distance; null otherwise.</param>
/// <param name="Tests">Indices to test; a failed test reads 0.</param>
/// <param name="TailCount">In a tail, how many lanes exist.</param>
internal sealed record Place(
    KernelBuffer Buffer,
    Access Access,
    KernelExpression Offset,
    KernelExpression? LaneOffset,
    ImmutableArray<BoundsTest> Tests,
    KernelLocal? TailCount)
{
    /// <summary>What holds the array if it is short; null where nothing does.</summary>
    public KernelExpression? Table { get; init; }
}

/// <summary>An array of one dimension, which begins with an element: registers hold it if it is short.</summary>
internal sealed record ShortTable(Read First) : KernelExpression(ValueType.Real, true);

/// <summary>What stands at a place.</summary>
internal sealed record Read(Place Place, bool Long = false) : KernelExpression(Place.Buffer.Type, Place.Access != Access.Scalar)
{
    public override bool IsLong => Long;
}
