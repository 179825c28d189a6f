using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>An array of which a thread takes several neighbours at once.</summary>
/// <param name="Place">The element, in terms of the position.</param>
/// <param name="IsRead">Whether old elements are used.</param>
/// <param name="IsWritten">Whether it gets new ones.</param>
/// <param name="Rows">What must be a multiple of the width for its rows to start where vectors may; null where that cannot be told.</param>
internal sealed record VectorArray(Place Place, bool IsRead, bool IsWritten, ImmutableArray<AffineForm>? Rows);

/// <summary>
/// How a thread takes several neighbouring positions of a loop a step: all loads, then the arithmetic, then all stores.
/// Needs: a parallel loop without branches or loops inside, all of whose accesses along the axis are to neighbours.
/// Gives: the width, 16 bytes of the widest element, and how many steps to have in flight.
/// </summary>
/// <param name="Width">Positions a step, a power of two.</param>
/// <param name="Ahead">Steps whose loads are issued before the first is used.</param>
/// <param name="Arrays">The arrays.</param>
internal sealed record VectorStep(int Width, int Ahead, ImmutableArray<VectorArray> Arrays)
{
    private const int VectorBytes = 16;

    // Bodies beyond this are bound by their arithmetic, and copies of them cost registers.
    private const int MostCost = 160;

    // In flight: positions, and operations of their copies.
    private const int AheadPositions = 16;
    private const int AheadCost = 320;

    /// <param name="loop">A loop, which has to go over its whole axis.</param>
    /// <param name="bodies">What happens at a position; several loops over the axis may share the loads.</param>
    /// <param name="print">Gives equal texts to equal offsets.</param>
    /// <returns>The step; null where single positions are as good.</returns>
    public static VectorStep? Of(ScalarLoop loop, ImmutableArray<KernelStatement> bodies, Func<KernelExpression, string> print) =>
        print(loop.From) == "0" && print(loop.To) == print(new IntegerForm(loop.Axis.Size)) ? Of(loop.Axis, bodies, print) : null;

    /// <param name="axis">An axis, over all of which a loop goes.</param>
    /// <param name="bodies">What happens at a position.</param>
    /// <param name="print">Gives equal texts to equal offsets.</param>
    /// <returns>The step; null where single positions are as good.</returns>
    public static VectorStep? Of(Axis axis, ImmutableArray<KernelStatement> bodies, Func<KernelExpression, string> print)
    {
        if (!bodies.All(s => s is Comment or Declare or Assign or Write)) return null;
        HashSet<KernelLocal> inside = KernelEffects.Of(bodies).Declared;
        KernelExpression[] all = bodies.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).ToArray();
        var arrays = new Dictionary<(KernelBuffer, string), VectorArray>();
        bool Add(Place place, bool isWritten)
        {
            NeighbourOffset offset = NeighbourOffset.Of(place.Offset, axis, inside);
            if (place.Tests.Any(t => NeighbourOffset.Of(t.Index, axis, inside).Kind != OffsetKind.Same)) return false;
            if (offset.Kind == OffsetKind.Same) return !isWritten;
            if (offset.Kind != OffsetKind.Neighbours || !place.Tests.IsEmpty || place.Buffer.Kind == BufferKind.Scratch) return false;
            (KernelBuffer, string) key = (place.Buffer, print(place.Offset));
            VectorArray known = arrays.TryGetValue(key, out VectorArray? found) ? found : new VectorArray(place, false, false, offset.Rows);

            // A new element is in memory only behind the step.
            if (known.IsWritten) return false;
            arrays[key] = known with { IsRead = known.IsRead || !isWritten, IsWritten = isWritten };
            return true;
        }

        foreach (KernelStatement statement in bodies)
        {
            IEnumerable<KernelExpression> read = statement is Write w ? w.Place.Expressions().Append(w.Value) : statement.Expressions();
            if (!read.SelectMany(KernelExpressionTree.Everything).OfType<Read>().All(r => Add(r.Place, isWritten: false))) return null;
            if (statement is Write write && !Add(write.Place, isWritten: true)) return null;
        }

        // Elements that one position writes and another one reads have their order.
        if (arrays.Keys.GroupBy(k => k.Item1).Any(g => g.Count() > 1 && g.Any(k => arrays[k].IsWritten))) return null;
        int cost = all.OfType<Operation>().Sum(o => o.Op.Cost);
        if (arrays.Count == 0 || cost > MostCost) return null;
        int width = VectorBytes / arrays.Keys.Max(k => BytesOf(k.Item1.Element));
        if (width > 8) return null;
        int ahead = Math.Min(AheadPositions / Math.Max(1, width * arrays.Values.Count(a => a.IsRead)), AheadCost / Math.Max(1, width * cost));
        return new VectorStep(width, ahead >= 4 ? 4 : ahead >= 2 ? 2 : 1, arrays.Values.ToImmutableArray());
    }

    /// <summary>Bytes of an element in memory.</summary>
    public static int BytesOf(ElementType element) => element switch
    {
        ElementType.Double or ElementType.Int64 => 8,
        ElementType.Single or ElementType.Int32 => 4,
        ElementType.Half => 2,
        _ => 1,
    };
}
