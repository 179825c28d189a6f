using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Something a kernel has to produce: the loss, a part, a flag of a bad index, or the gradient of one parameter.</summary>
/// <param name="Name">The name in generated code: <c>loss</c>, a part's name, <c>zGradient</c>.</param>
/// <param name="Axes">Storage axes of the buffer it is written to, outermost first; empty for a scalar.</param>
/// <param name="Value">What is written: a node of the lowered graph whose axes are among <paramref name="Axes"/>.</param>
internal sealed record KernelOutput(string Name, ImmutableArray<Axis> Axes, Node Value)
{
    /// <summary>Whether it is a buffer of the caller's.</summary>
    public bool IsBuffer => !Axes.IsEmpty;

    /// <summary>Whether its elements have less precision than the kernel computes in: a float gradient of a double loss.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>Whether it may hold an intermediate until its own store.</summary>
    public bool CanHold => IsBuffer && !IsNarrow;
}
