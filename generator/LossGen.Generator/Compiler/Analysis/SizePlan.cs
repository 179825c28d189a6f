using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>How the axis sizes follow from int parameters and lengths at run time.</summary>
/// <param name="Steps">Every unknown size, each step using sizes of earlier ones only.</param>
internal sealed record SizePlan(ImmutableArray<SizeStep> Steps);

/// <summary>
/// One solved size: computed as the axis says where neither parameter nor tensor is given, from an int parameter, or from a tensor's length divided by the product of its other axes' sizes
/// (a zero divisor gives size 0; a remainder is reported by the length check of that tensor).
/// </summary>
/// <param name="Axis">The axis whose own size symbol is solved.</param>
/// <param name="Parameter">The int parameter that gives it, or null.</param>
/// <param name="Tensor">The tensor whose length gives it, or null.</param>
/// <param name="Divisor">The sizes of the tensor's other axes; empty for an int parameter.</param>
internal sealed record SizeStep(Axis Axis, ScalarParameter? Parameter, TensorParameter? Tensor, ImmutableArray<AffineForm> Divisor)
{
    /// <summary>Which of a tensor span's own lengths gives it; -1 for any other step.</summary>
    public int Dimension { get; init; } = -1;
}
