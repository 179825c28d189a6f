using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Something a kernel has to produce: the loss or a span of losses, a part, a flag of a bad index, the gradient of one parameter or a slice of it.
/// Slices of one buffer have its name.
/// </summary>
/// <param name="Name">The name in generated code: <c>loss</c>, a part's name, <c>zGradient</c>.</param>
/// <param name="Axes">Storage axes of the buffer it is written to, outermost first; empty for a scalar.</param>
/// <param name="Value">What is written: a node of the lowered graph whose axes are among <paramref name="Axes"/>.</param>
/// <param name="IsNarrow">Whether its elements have fewer bits than the kernel's reals, so that they hold results but no values in between.</param>
internal sealed record KernelOutput(string Name, ImmutableArray<Axis> Axes, Node Value, bool IsNarrow = false)
{
    /// <summary>Of a slice, where it stands along some of the axes; the value has only the others.</summary>
    public ImmutableArray<AxisPosition> At { get; init; } = ImmutableArray<AxisPosition>.Empty;

    /// <summary>The axes that loops run over to write it.</summary>
    public AxisSet Written => AxisSet.Of(Axes) - AxisSet.Of(At.Select(p => p.Axis));

    /// <summary>Whether it is a buffer of the caller's.</summary>
    public bool IsBuffer => !Axes.IsEmpty;

    /// <summary>Whether it may hold an intermediate until its own store.</summary>
    public bool MayHoldValues => IsBuffer && !IsNarrow && At.IsEmpty;

    /// <summary>The name with what it is a slice of: <c>boxGradient[k: 2]</c>.</summary>
    public string Label => At.IsEmpty ? Name : $"{Name}[{string.Join(", ", At.Select(p => FormattableString.Invariant($"{p.Axis.Name}: {p.Position}")))}]";

    /// <summary>The index along each axis of the buffer.</summary>
    public ImmutableArray<Node> Indices(Graph graph) => Axes.Select(axis => At.Where(p => ReferenceEquals(p.Axis, axis)).Select(p => graph.Integer(p.Position)).FirstOrDefault() ?? graph.Position(axis)).ToImmutableArray();
}
