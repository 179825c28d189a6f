using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// How a nest runs on a device. Its outermost parallel loops become <em>items</em>. An item has one worker: a thread, or a whole group whose
/// lanes share the parallel loops inside. Where the outermost loop is a recurrence there is one item, and only lanes run at once.
/// </summary>
/// <param name="Items">The axes whose positions are items, outermost first; empty for one item.</param>
/// <param name="Before">Before the items: scalars and accumulators.</param>
/// <param name="Body">One item.</param>
/// <param name="Partials">What a worker leaves behind.</param>
/// <param name="Lanes">The length of the loops that lanes share; null when a worker is a thread.</param>
/// <param name="Tile">How groups share the items of a contraction; null for other nests.</param>
internal sealed record NestMapping(
    ImmutableArray<Axis> Items, ImmutableArray<KernelStatement> Before, ImmutableArray<KernelStatement> Body, ImmutableArray<WritePartial> Partials, AffineForm? Lanes,
    ContractionTile? Tile = null)
{
    /// <summary>Needs: a nest in scalar loops, and the axis along which memory is contiguous. Gives: its mapping.</summary>
    public static NestMapping Of(NestStep nest, Axis? contiguous)
    {
        int at = nest.Body.IndexOf(nest.Body.OfType<ScalarLoop>().First());
        var root = (ScalarLoop)nest.Body[at];
        ImmutableArray<KernelStatement> before = nest.Body.RemoveRange(at, nest.Body.Length - at);
        ImmutableArray<WritePartial> partials = nest.Body.OfType<WritePartial>().ToImmutableArray();
        var items = ImmutableArray.CreateBuilder<Axis>();
        ImmutableArray<KernelStatement> body;
        if (nest.IsSequential)
        {
            body = ImmutableArray.Create<KernelStatement>(Whole(root));
        }
        else
        {
            items.Add(root.Axis);
            body = root.Body;

            // Workers that accumulate into arrays have one each: as few as possible, of many lanes.
            if (partials.Any(p => p.Array is not null) && LaneLoops.Mark(body, contiguous) is var rows && LaneLoops.FirstLength(rows) is { } length)
                return new(items.ToImmutable(), before, rows, partials, length);

            while (OnlyLoop(body) is { } inner)
            {
                items.Add(inner.Axis);
                body = body.Where(s => s is not ScalarLoop).Concat(inner.Body).ToImmutableArray();
            }
        }

        if (ContractionTile.Of(items.ToImmutable(), body) is { } tile) return new(items.ToImmutable(), before, body, partials, null, tile);

        // Where neighbouring items are neighbours in memory, threads for items read whole lines of it.
        bool isContiguous = contiguous is not null && items.Contains(contiguous);
        ImmutableArray<KernelStatement> shared = LaneLoops.Mark(body, contiguous);
        return isContiguous || LaneLoops.FirstLength(shared) is not { } lanes
            ? new(items.ToImmutable(), before, body, partials, null)
            : new(items.ToImmutable(), before, shared, partials, lanes);
    }

    // A workspace is written whole; a chunk's bounds are those of the axis.
    private static ScalarLoop Whole(ScalarLoop root) =>
        root with { From = new IntegerForm(AffineForm.Zero), To = new IntegerForm(root.Axis.Size) };

    /// <summary>The one parallel loop of a body that has nothing else but values, which are as well computed inside.</summary>
    private static ScalarLoop? OnlyLoop(ImmutableArray<KernelStatement> body) =>
        body.Last() is ScalarLoop { IsParallel: true } loop && body.Take(body.Length - 1).All(s => s is Comment or Declare) && !Accumulates(body, loop) ? loop : null;

    private static bool Accumulates(ImmutableArray<KernelStatement> body, ScalarLoop loop) =>
        KernelEffects.Of(loop.Body).Assigned.Overlaps(body.OfType<Declare>().Select(d => d.Local));
}
