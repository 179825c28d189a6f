using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Lanes across rows would meet every array an element here and there. Instead the rows of all lanes go through registers to a panel, in which the
/// lanes of a position are neighbours; rows that are written stand in a panel until all of them are done.
/// Needs: a loop over lanes across rows, with loops along the rows inside. Gives: the same values.
/// </summary>
internal sealed class RowPanels
{
    private readonly Axis _rows;
    private readonly Axis _row;
    private readonly ElementType _working;
    private readonly Func<string, string> _newName;
    private readonly Dictionary<KernelBuffer, KernelBuffer> _panels = new();

    private RowPanels(Axis rows, Axis row, ElementType working, Func<string, string> newName)
    {
        _rows = rows;
        _row = row;
        _working = working;
        _newName = newName;
    }

    /// <summary>The body with panels; null where no array can have one.</summary>
    public static ImmutableArray<KernelStatement>? Run(ImmutableArray<KernelStatement> body, Axis rows, Axis row, ElementType working, Func<string, string> newName)
    {
        var panels = new RowPanels(rows, row, working, newName);
        if (body.SelectMany(KernelExpressionTree.Everything).OfType<VectorLoop>().Any(loop => !loop.Interior.IsEmpty)) return null;
        ImmutableArray<KernelStatement> turned = panels.Turned(body);
        return panels._panels.Count == 0 ? null : panels._panels.Values.Select(p => new DeclareArray(p, newName(p.Name + "Room"))).Concat(turned).ToImmutableArray();
    }

    private ImmutableArray<KernelStatement> Turned(ImmutableArray<KernelStatement> block) => block.Select(statement => statement switch
    {
        VectorLoop loop => Turned(loop),
        Alternatives sides => sides with { WhenTrue = Turned(sides.WhenTrue), WhenFalse = Turned(sides.WhenFalse) },
        _ => statement,
    }).ToImmutableArray();

    private VectorLoop Turned(VectorLoop loop)
    {
        Place[] places = loop.Body.SelectMany(KernelExpressionTree.Everything).SelectMany(Places).ToArray();
        HashSet<KernelBuffer> written = KernelEffects.Of(loop.Body).Written;
        KernelBuffer[] arrays = places.Where(IsOfRow).Select(p => p.Buffer).Distinct()
            .Where(b => places.Where(p => p.Buffer.Equals(b)).All(p => IsOfRow(p) || !written.Contains(b))).OrderBy(b => b.Index).ToArray();
        HashSet<KernelBuffer> taken = ReadBeforeWritten(loop.Body);
        foreach (KernelBuffer array in arrays)
        {
            if (_panels.ContainsKey(array)) continue;
            _panels[array] = new KernelBuffer(_newName(array.Name + "Panel"), BufferKind.Scratch, _working, _panels.Count, [_row.Size], HasLanes: true);
        }

        ImmutableArray<KernelStatement> WithPanels(ImmutableArray<KernelStatement> block, KernelLocal? tail)
        {
            KernelStatement Turn(KernelBuffer array, bool isBack) => new TurnRows(array, First, new IntegerForm(_row.Size), _panels[array], tail, isBack);
            IEnumerable<KernelStatement> inPanels = block.Select(s => InPanels(s, arrays)).SelectMany(s => s is ScalarLoop row ? WithOwnSums(row, loop) : [s]);
            return arrays.Where(taken.Contains).Select(a => Turn(a, false)).Concat(inPanels).Concat(arrays.Where(written.Contains).Select(a => Turn(a, true))).ToImmutableArray();
        }

        return loop with { Body = WithPanels(loop.Body, null), Tail = WithPanels(loop.Tail, loop.TailCount) };
    }

    /// <summary>The arrays of which a value is needed from before: a row may hold one that an earlier nest kept, until its own result takes the place.</summary>
    private static HashSet<KernelBuffer> ReadBeforeWritten(ImmutableArray<KernelStatement> body)
    {
        var taken = new HashSet<KernelBuffer>();
        var written = new HashSet<KernelBuffer>();
        foreach (KernelStatement statement in body.SelectMany(KernelExpressionTree.Everything))
        {
            taken.UnionWith(statement.Expressions().SelectMany(KernelExpressionTree.Everything).OfType<Read>().Select(r => r.Place.Buffer).Where(b => !written.Contains(b)));
            if (statement is Write write) written.Add(write.Place.Buffer);
        }

        return taken;
    }

    /// <summary>
    /// What rows add to a block's lanes they add up by themselves first: a register holds that, and no lane adds up more terms than in a loop along rows.
    /// </summary>
    private IEnumerable<KernelStatement> WithOwnSums(ScalarLoop row, VectorLoop block)
    {
        HashSet<KernelLocal> assigned = KernelEffects.Of(row.Body).Assigned;
        (KernelLocal Lanes, Op Combination)[] shared = block.Accumulators.Where(a => assigned.Contains(a.Lanes)).ToArray();
        if (shared.Length == 0) return [row];
        Dictionary<KernelLocal, KernelLocal> own = shared.ToDictionary(a => a.Lanes, a => new KernelLocal(_newName(a.Lanes.Name + "OfRow"), ValueType.Real, true, Precision.Working));
        KernelStatement OwnInside(KernelStatement statement) =>
            (statement is Assign assign && own.TryGetValue(assign.Local, out KernelLocal local) ? new Assign(local, assign.Value) : statement).Replace(l => own.TryGetValue(l, out KernelLocal of) ? new LocalValue(of) : null);
        return block.BlockPrologue.OfType<Declare>().Where(d => own.ContainsKey(d.Local)).Select(d => (KernelStatement)new Declare(own[d.Local], d.Value))
            .Append(row with { Body = row.Body.Select(OwnInside).ToImmutableArray() })
            .Concat(shared.Select(a => new Assign(a.Lanes, new Operation(a.Combination, [new LocalValue(a.Lanes), new LocalValue(own[a.Lanes])], true))));
    }

    private Operation First => new(Ops.IntegerMultiply, [new IntegerForm(AffineForm.Of(Symbol.PositionOf(_rows))), new IntegerForm(_row.Size)], false);

    private static IEnumerable<Place> Places(KernelStatement statement) =>
        statement.Expressions().SelectMany(KernelExpressionTree.Everything).OfType<Read>().Select(r => r.Place).Concat(statement is Write write ? [write.Place] : []);

    private bool IsOfRow(Place place) =>
        place is { Access: Access.Strided, Tests.IsEmpty: true, Buffer.Kind: BufferKind.Tensor } && place.Buffer.Element == _working
        && KernelExpressionTree.IsSame(place.Offset, new Operation(Ops.IntegerAdd, [First, new IntegerForm(AffineForm.Of(Symbol.PositionOf(_row)))], false));

    private KernelStatement InPanels(KernelStatement statement, KernelBuffer[] arrays)
    {
        Place? InPanel(Place place) => arrays.Contains(place.Buffer) && IsOfRow(place)
            ? new Place(_panels[place.Buffer], Access.Contiguous, new IntegerForm(AffineForm.Of(Symbol.PositionOf(_row))), null, ImmutableArray<BoundsTest>.Empty, null)
            : null;
        KernelExpression? Panel(KernelExpression expression) => expression is Read read && InPanel(read.Place) is { } place ? read with { Place = place } : null;
        return statement switch
        {
            ScalarLoop loop => loop with { Body = loop.Body.Select(s => InPanels(s, arrays)).ToImmutableArray() },
            Write write => new Write(InPanel(write.Place) ?? write.Place.Rebuild(Panel), write.Value.Rebuild(Panel)),
            _ => statement.Rebuild(Panel),
        };
    }
}
