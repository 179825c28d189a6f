using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Something a kernel has to produce: the loss or a span of losses, a part, a flag of a bad index, or the gradient of one parameter.</summary>
/// <param name="Name">The name in generated code: <c>loss</c>, a part's name, <c>zGradient</c>.</param>
/// <param name="Axes">Storage axes of the buffer it is written to, outermost first; empty for a scalar.</param>
/// <param name="Value">What is written: a node of the lowered graph whose axes are among <paramref name="Axes"/>.</param>
/// <param name="IsNarrow">Whether its elements have fewer bits than the kernel's reals, so that they hold results but no values in between.</param>
internal sealed record KernelOutput(string Name, ImmutableArray<Axis> Axes, Node Value, bool IsNarrow = false)
{
    /// <summary>Whether it is a buffer of the caller's.</summary>
    public bool IsBuffer => !Axes.IsEmpty;

    /// <summary>Whether it may hold an intermediate until its own store.</summary>
    public bool MayHoldValues => IsBuffer && !IsNarrow;
}
