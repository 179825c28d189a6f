using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>An index read from data that a call must check before trusting it.</summary>
/// <param name="Parameter">The tensor that a message names: the first that the index reads.</param>
/// <param name="Index">The integer that must lie in 0 … size - 1.</param>
/// <param name="Axis">The axis that is indexed; its size is the bound.</param>
/// <param name="Guard">Where the read happens at all: a truth node; null when everywhere.</param>
internal sealed record IndexCheck(TensorParameter Parameter, Node Index, Axis Axis, Node? Guard)
{
    /// <summary>
    /// The positions at which the read happens: every free axis of index and guard, in axis order. A sum over fewer terms than its
    /// axis has must not make the check read where the formula does not.
    /// </summary>
    public ImmutableArray<AxisRange> Ranges { get; init; } = ImmutableArray<AxisRange>.Empty;

    /// <summary>The first read of the parameter that a message names; null for an index that reads no data at its own position.</summary>
    public Node? FirstRead => Reads(Index).Where(n => ReferenceEquals(n.Tensor, Parameter)).OrderBy(n => n.Id).FirstOrDefault();

    // What is found among many values, or made of many, is wrong at the position of none of them.
    private static IEnumerable<Node> Reads(Node node) =>
        node.Is(Ops.Load) ? node.Arguments.SelectMany(Reads).Prepend(node)
        : node.Is(Ops.ToPosition) || node.Is(Ops.Reduce) || node.Is(Ops.Scan) || node.Is(Ops.Previous) || node.Is(Ops.At) ? []
        : node.Arguments.SelectMany(Reads);
}
