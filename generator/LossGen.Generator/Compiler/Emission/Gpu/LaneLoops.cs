using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Which loops inside of an item the lanes of a group can share: parallel ones in which no position needs an array of its own, since the
/// worker has one of each. Of loops with nothing between them it is the one along which memory is contiguous.
/// </summary>
internal static class LaneLoops
{
    /// <summary>The statements with only such loops left parallel.</summary>
    public static ImmutableArray<KernelStatement> Mark(ImmutableArray<KernelStatement> body, Axis? contiguous) => body.Select(statement => statement switch
    {
        ScalarLoop loop when loop.IsParallel && WritesOwnElements(loop.Body, loop.Axis) && !LeadsTo(loop, contiguous) => loop,
        ScalarLoop loop => loop with { IsParallel = false, Body = Mark(loop.Body, contiguous) },
        _ => statement,
    }).ToImmutableArray();

    /// <summary>Whether nothing but values stands between a loop and one over an axis, and lanes can share that one too.</summary>
    private static bool LeadsTo(ScalarLoop loop, Axis? axis)
    {
        while (loop.Body.OfType<ScalarLoop>().FirstOrDefault() is { IsParallel: true } inner && loop.Body.All(s => s is Comment or Declare || ReferenceEquals(s, inner)))
        {
            if (ReferenceEquals(inner.Axis, axis)) return WritesOwnElements(inner.Body, inner.Axis);
            loop = inner;
        }

        return false;
    }

    /// <summary>The length of the first of them; null when there is none.</summary>
    public static AffineForm? FirstLength(ImmutableArray<KernelStatement> body)
    {
        foreach (ScalarLoop loop in body.OfType<ScalarLoop>())
        {
            if (loop.IsParallel) return loop.Axis.Size;
            if (FirstLength(loop.Body) is { } inner) return inner;
        }

        return null;
    }

    private static bool WritesOwnElements(ImmutableArray<KernelStatement> body, Axis axis) => body.All(statement => statement switch
    {
        Write { Place: { Buffer.Kind: BufferKind.Scratch } place } => Mentions(place.Offset, axis),
        SortRow { Positions: { Buffer.Kind: BufferKind.Scratch } row } => Mentions(row.First, axis),
        Fill => false,
        _ => statement.Blocks().All(block => WritesOwnElements(block, axis)),
    });

    private static bool Mentions(KernelExpression offset, Axis axis) => offset.Everything().OfType<IntegerForm>().Any(form => form.Form.Axes.Contains(axis));
}
