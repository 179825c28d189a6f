using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// A nest that sums over one axis what it makes of values of rows and values of columns, as a product of matrices does. A group takes a tile of
/// rows and columns: it reads both kinds of values once into shared memory, in panels of a few positions of the summed axis.
/// </summary>
/// <param name="Row">The axis of rows.</param>
/// <param name="Column">The axis of columns, the last of the items.</param>
/// <param name="Summed">The axis that is summed over.</param>
/// <param name="Panels">The values that are read into shared memory, in terms of positions alone.</param>
/// <param name="Sums">What is added to which accumulator, in terms of <paramref name="Panels"/>.</param>
/// <param name="Comments">What stood in the loop as words.</param>
/// <param name="Rest">What an item does beside it, the accumulators' declarations left out.</param>
internal sealed record ContractionTile(
    Axis Row,
    Axis Column,
    Axis Summed,
    ImmutableArray<TilePanel> Panels,
    ImmutableArray<(KernelLocal Sum, KernelExpression Term)> Sums,
    ImmutableArray<Comment> Comments,
    ImmutableArray<KernelStatement> Rest)
{
    private const int MostSums = 2;
    private const int MostPanels = 4;

    /// <summary>Needs: the items of a nest, outermost first, and what one of them does. Gives: its tile; null where it is no contraction.</summary>
    public static ContractionTile? Of(ImmutableArray<Axis> items, ImmutableArray<KernelStatement> body)
    {
        if (items.Length < 2 || body.OfType<ScalarLoop>().Count() != 1 || body.OfType<ScalarLoop>().First() is not { } loop || !IsPlain(loop, body)) return null;
        KernelLocal[] sums = loop.Body.OfType<Assign>().Select(a => a.Local).Distinct().ToArray();
        bool areSums = sums.Length <= MostSums && loop.Body.OfType<Assign>().Count() == sums.Length && sums.All(sum => IsSum(sum, loop, body));
        Axis column = items[items.Length - 1];
        return !areSums || column.IsShort || loop.Axis.IsShort ? null
            : items.Take(items.Length - 1).Where(row => !row.IsShort).Select(row => Along(row, column, loop, sums, body)).FirstOrDefault(tile => tile is not null);
    }

    private static bool IsPlain(ScalarLoop loop, ImmutableArray<KernelStatement> body) =>
        loop.IsParallel && loop.Body.All(s => s is Comment or Declare or Assign) && body.All(s => s is Comment or Declare or Assign or Write || ReferenceEquals(s, loop))
        && KernelEffects.Of(body).Touched.All(b => b.Kind != BufferKind.Scratch);

    private static bool IsSum(KernelLocal sum, ScalarLoop loop, ImmutableArray<KernelStatement> body) =>
        sum is { Precision: Precision.Wide, Type: ValueType.Real }
        && body.TakeWhile(s => !ReferenceEquals(s, loop)).Any(s => s is Declare { Value: NumberLiteral { Value: 0 } } start && start.Local == sum)
        && loop.Body.OfType<Assign>().All(a => a.Local != sum || a.Value is Operation { Op: var op } && op.Is(Ops.Add));

    private static ContractionTile? Along(Axis row, Axis column, ScalarLoop loop, KernelLocal[] sums, ImmutableArray<KernelStatement> body)
    {
        var values = new Dictionary<KernelLocal, KernelExpression>();
        foreach (Declare declare in body.TakeWhile(s => !ReferenceEquals(s, loop)).Concat(loop.Body).OfType<Declare>().Where(d => !sums.Contains(d.Local)))
            values[declare.Local] = declare.Value.Replace(local => values.TryGetValue(local, out KernelExpression? value) ? value : null);

        var panels = new TilePanels(row, column, loop.Axis);
        var terms = ImmutableArray.CreateBuilder<(KernelLocal, KernelExpression)>();
        foreach (Assign assign in loop.Body.OfType<Assign>())
        {
            KernelExpression term = ((Operation)assign.Value).Operands[1];
            if (term is Kernels.Convert { To: Precision.Wide } convert) term = convert.Value;
            if (panels.Replace(term.Replace(local => values.TryGetValue(local, out KernelExpression? value) ? value : null)) is not { } replaced) return null;
            terms.Add((assign.Local, replaced));
        }

        ImmutableArray<TilePanel> found = panels.ToImmutable();
        bool isContraction = found.Any(p => p.IsOfRows) && found.Any(p => !p.IsOfRows) && found.Length <= MostPanels;
        return !isContraction ? null
            : new(row, column, loop.Axis, found, terms.ToImmutable(), loop.Body.OfType<Comment>().ToImmutableArray(),
                Used(body.Where(s => !ReferenceEquals(s, loop) && !(s is Declare declare && sums.Contains(declare.Local)))));
    }

    /// <summary>Without the values that only the panels need.</summary>
    private static ImmutableArray<KernelStatement> Used(IEnumerable<KernelStatement> statements)
    {
        var used = new HashSet<KernelLocal>();
        var kept = new Stack<KernelStatement>();
        foreach (KernelStatement statement in statements.Reverse().Where(s => s is not Declare declare || used.Contains(declare.Local)))
        {
            kept.Push(statement);
            used.UnionWith(KernelEffects.Of(ImmutableArray.Create(statement)).Used);
        }

        return kept.ToImmutableArray();
    }
}

/// <summary>A value of rows or of columns, at each position of the summed axis.</summary>
/// <param name="Value">The value.</param>
/// <param name="IsOfRows">Whether it goes with rows; it goes with columns otherwise.</param>
/// <param name="IsAlongSum">Whether neighbours along the summed axis are neighbours in memory.</param>
/// <param name="Local">What stands for it in the sums.</param>
internal sealed record TilePanel(KernelExpression Value, bool IsOfRows, bool IsAlongSum, KernelLocal Local);
