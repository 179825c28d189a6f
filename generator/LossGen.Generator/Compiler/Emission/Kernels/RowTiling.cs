using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Takes a block of rows of a loop at once where rows are contracted with the same others: sums of vectors, as in the product of two
/// matrices, run for all rows together (<see cref="RowSumsBuilder"/>), and inner products stand alone in a loop, for <see cref="DotTiling"/>.
/// What stands between runs row by row; what rows hand on from part to part is kept for each of them.
/// Needs: a nest's body before loops are jammed. Gives: the same terms of each sum in the same order.
/// </summary>
internal sealed class RowTiling
{
    /// <summary>More than the lanes of any vector: the last vector of a row may end behind it.</summary>
    private const int Padding = 16;

    /// <summary>Rows that share what comes from memory: a multiple of all heights of tiles.</summary>
    private const int RowsOfABlock = 72;

    private const int HeightOfTile = 6;

    private readonly ScalarLoop _rows;
    private readonly Func<string, string> _newName;
    private readonly Func<KernelBuffer, KernelBuffer> _addScratch;
    private readonly Model.ElementType _working;
    private Axis? _firstOfBlock;
    private List<ImmutableArray<KernelStatement>>? _parts;
    private readonly Dictionary<KernelBuffer, KernelBuffer> _ofAllRows = new();
    private readonly Dictionary<KernelLocal, KernelBuffer> _handedOn = new();

    private RowTiling(ScalarLoop rows, Func<string, string> newName, Func<KernelBuffer, KernelBuffer> addScratch, Model.ElementType working)
    {
        _rows = rows;
        _newName = newName;
        _addScratch = addScratch;
        _working = working;
    }

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, Func<string, string> newName, Func<KernelBuffer, KernelBuffer> addScratch, Model.ElementType working) =>
        body.SelectMany(s => s is ScalarLoop loop ? Run(loop, newName, addScratch, working) : [s]).ToImmutableArray();

    private static ImmutableArray<KernelStatement> Run(ScalarLoop loop, Func<string, string> newName, Func<KernelBuffer, KernelBuffer> addScratch, Model.ElementType working)
    {
        RowTiling Tiling(ScalarLoop rows) => new(rows, newName, addScratch, working);
        RowTiling tiling = Tiling(loop);
        if (loop.IsDescending || !tiling.IsWorthIt()) return [loop with { Body = Run(loop.Body, newName, addScratch, working) }];
        if (tiling.MayPart()) return tiling.WithFewRows();
        tiling = Tiling(loop with { Body = HandedOnAsNumbers(loop.Body) });
        return tiling.IsWorthIt() && tiling.MayPart() ? tiling.WithFewRows() : [loop with { Body = Run(loop.Body, newName, addScratch, working) }];
    }

    private Axis First => _firstOfBlock ??= new Axis(_rows.Axis.Index, _newName("from_" + _rows.Axis.Name.Replace("'", "")), size: null, isLocal: false);

    /// <summary>Whether there is something to sum together, or inner products beside other work.</summary>
    private bool IsWorthIt() => !_rows.Body.Any(s => s is BlockLoop) && (_rows.Body.Any(IsSum) || (_rows.Body.Any(IsDot) && _rows.Body.Count(s => s is not Comment) > 1));

    private bool IsSum(KernelStatement statement) => statement is ScalarLoop sum && RowSumsBuilder.Accepts(sum, _rows);

    private static bool HasTurned(KernelStatement sum) =>
        sum.Everything().SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).Any(e => e is Read { Place.Buffer.HasRoom: true });

    private bool IsDot(KernelStatement statement) => statement is ScalarLoop dots && DotTiling.Accepts(_rows with { Body = [dots] }, dots, _newName);

    /// <summary>Whether the parts of a row's work may run for all rows before the next part does.</summary>
    private bool MayPart()
    {
        KernelEffects[] parts = Parts().Select(KernelEffects.Of).ToArray();

        // Sums of rows that go together must not be one.
        if (!Parts().Where(part => IsSum(part[0])).SelectMany(part => KernelEffects.Of(part).Written).All(IsOfItsRow)) return false;
        for (int k = 0; k < parts.Length; k++)
        {
            for (int j = 0; j < parts.Length; j++)
            {
                if (j == k) continue;
                if (!parts[k].Declared.Where(l => parts[j].Used.Contains(l) || parts[j].Assigned.Contains(l)).All(MayHandOn)) return false;
                if (parts[k].Assigned.Except(_rows.Body.OfType<Declare>().Select(d => d.Local)).Any(l => parts[j].Used.Contains(l) || parts[j].Assigned.Contains(l))) return false;
                if (parts[k].Written.Any(buffer => parts[j].Touched.Contains(buffer) && !IsOfItsRow(buffer))) return false;
            }
        }

        return true;
    }

    /// <summary>The statements with conditions and integers where they are used, for any part to compute from numbers, which can be kept for each row.</summary>
    private static ImmutableArray<KernelStatement> HandedOnAsNumbers(ImmutableArray<KernelStatement> body)
    {
        KernelEffects all = KernelEffects.Of(body);
        var inlined = new Dictionary<KernelLocal, KernelExpression>();
        var rest = ImmutableArray.CreateBuilder<KernelStatement>();
        foreach (KernelStatement statement in body.Select(s => s.ReplaceInside(l => inlined.TryGetValue(l, out KernelExpression value) ? value : null)))
        {
            if (statement is Declare { Local: { IsLanes: false, Type: not ValueType.Real } local, Value: var value } && !all.Assigned.Contains(local) && value.Everything().All(IsFixed)) inlined[local] = value;
            else rest.Add(statement);
        }

        return inlined.Keys.Any(KernelEffects.Of(rest.ToImmutable()).Used.Contains) ? body : rest.ToImmutable();

        bool IsFixed(KernelExpression e) => e is Read read ? !all.Written.Contains(read.Place.Buffer) : e is not LocalValue local || !all.Assigned.Contains(local.Local);
    }

    private bool MayHandOn(KernelLocal local)
    {
        if (local.IsLanes || local.Type != ValueType.Real) return false;
        if (!_handedOn.ContainsKey(local))
            _handedOn.Add(local, new KernelBuffer(_newName(local.Name + "Rows"), BufferKind.Scratch, local.Precision == Precision.Wide ? Model.ElementType.Double : _working, 0, [AffineForm.Of(RowsOfABlock)]));
        return true;
    }

    /// <summary>Contractions, and what stands between them.</summary>
    private List<ImmutableArray<KernelStatement>> Parts()
    {
        if (_parts is not null) return _parts;
        var parts = new List<ImmutableArray<KernelStatement>>();
        bool mayJoin = false;
        foreach (KernelStatement statement in _rows.Body)
        {
            bool isContraction = IsSum(statement) || IsDot(statement);
            if (mayJoin && !isContraction) parts[parts.Count - 1] = parts[parts.Count - 1].Add(statement);
            else parts.Add([statement]);
            mayJoin = !isContraction;
        }

        return _parts = parts;
    }

    // Elements that no other row touches: the row is the first index of each access; or an array that each row fills anew, which rows then have each their own of.
    private bool IsOfItsRow(KernelBuffer buffer)
    {
        KernelStatement[] all = _rows.Body.SelectMany(s => s.Everything()).ToArray();
        if (all.Any(s => s is SortRow or ScatterAdd or WritePartial)) return false;
        Place[] places = all.OfType<Write>().Select(w => w.Place).Concat(all.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).OfType<Read>().Select(r => r.Place))
            .Where(p => p.Buffer.Equals(buffer)).ToArray();
        if (buffer is { Kind: BufferKind.Scratch, HasLanes: false, Sizes.Length: 1 } && IsFilledAnew(buffer, all))
        {
            if (places.Any(p => p.LaneOffset is not null || !p.Tests.IsEmpty)) return false;
            if (!_ofAllRows.ContainsKey(buffer)) _ofAllRows.Add(buffer, buffer with { Name = _newName(buffer.Name + "Rows"), Sizes = [AffineForm.Of(RowsOfABlock), buffer.Sizes[0] + AffineForm.Of(Padding)] });
            return true;
        }

        return !all.OfType<Fill>().Any(f => f.Buffer.Equals(buffer)) && places.All(p => p.LaneOffset is null && ReferenceEquals(FirstIndex(p.Offset)?.PlainAxis, _rows.Axis));
    }

    /// <summary>Whether a row writes all elements of an array before it reads one.</summary>
    private bool IsFilledAnew(KernelBuffer buffer, KernelStatement[] all)
    {
        KernelStatement first = _rows.Body.First(s => Touches(s, buffer));
        int fills = all.OfType<Fill>().Count(f => f.Buffer.Equals(buffer));
        return first is Fill ? fills == 1 : fills == 0 && (first is ScalarLoop { From: IntegerForm { Form: { IsConstant: true, Constant: 0 } }, To: IntegerForm to } loop && to.Form.Equals(buffer.Sizes[0])
            && loop.Body.First(s => Touches(s, buffer)) is Write { Place: { Access: Access.Scalar, Tests.IsEmpty: true, Offset: IntegerForm at } } write && ReferenceEquals(at.Form.PlainAxis, loop.Axis)
            && !write.Value.Everything().Any(e => e is Read read && read.Place.Buffer.Equals(buffer)));
    }

    private static bool Touches(KernelStatement statement, KernelBuffer buffer) => KernelEffects.Of([statement]).Touched.Contains(buffer);

    // (row * size + column) * size + ...
    private static AffineForm? FirstIndex(KernelExpression offset) => offset switch
    {
        IntegerForm form => form.Form,
        Operation operation when operation.Op.Is(Ops.IntegerAdd, Ops.IntegerMultiply) => FirstIndex(operation.Operands[0]),
        _ => null,
    };

    /// <summary>
    /// Fewer rows than a tile is high gain nothing from it, and their sums, of one candidate or one class, often cancel against others that are
    /// added up one by one: those go on as before. tiled until from + (to - from) min(1, size / 6). Inner products always need the order of tiles.
    /// </summary>
    private ImmutableArray<KernelStatement> WithFewRows()
    {
        BlockLoop tiled = Tiled();
        if (_rows.Body.Any(IsDot) || _rows.Body.Any(s => IsSum(s) && HasTurned(s))) return [tiled];
        var isTiled = new Operation(Ops.IntegerMin, [new IntegerForm(AffineForm.One), new Operation(Ops.IntegerDivide, [new IntegerForm(_rows.Axis.Size), new IntegerForm(AffineForm.Of(HeightOfTile))], false)], false);
        Operation until = Sum(_rows.From, new Operation(Ops.IntegerMultiply, [new Operation(Ops.IntegerSubtract, [_rows.To, _rows.From], false), isTiled], false));
        return [tiled with { To = until }, _rows with { From = until }];
    }

    private BlockLoop Tiled()
    {
        foreach (KernelLocal local in _handedOn.Keys.ToArray()) _handedOn[local] = _addScratch(_handedOn[local]);
        foreach (KernelBuffer buffer in _ofAllRows.Keys.ToArray()) _ofAllRows[buffer] = _addScratch(_ofAllRows[buffer]);
        var first = new IntegerForm(AffineForm.Of(Symbol.PositionOf(First)));
        var end = new KernelLocal(_newName("until_" + _rows.Axis.Name.Replace("'", "")), ValueType.Integer, false, Precision.Working);
        var body = ImmutableArray.CreateBuilder<KernelStatement>();
        foreach (ImmutableArray<KernelStatement> part in Parts())
        {
            if (IsSum(part[0]))
            {
                body.Add(new RowSumsBuilder((ScalarLoop)Own(part[0]), _rows, _newName, _addScratch).Build(first, new LocalValue(end), RowsOfABlock));
                continue;
            }

            // An array of all rows is filled at once.
            var rows = new Operation(Ops.IntegerSubtract, [new LocalValue(end), first], false);
            ImmutableArray<KernelStatement> rest = part.Where(s => !(s is Fill fill && _ofAllRows.ContainsKey(fill.Buffer))).Select(Own).ToImmutableArray();
            body.AddRange(part.OfType<Fill>().Where(f => _ofAllRows.ContainsKey(f.Buffer)).Select(f => new Fill(_ofAllRows[f.Buffer], f.Value, rows)));
            if (rest.Any(s => s is not Comment)) body.Add(_rows with { From = first, To = new LocalValue(end), Body = rest });
        }

        return new BlockLoop(_rows.Axis, First, end, _rows.From, _rows.To, RowsOfABlock, body.ToImmutable());
    }

    /// <summary>The statement with what each row has of its own.</summary>
    private KernelStatement Own(KernelStatement statement)
    {
        ImmutableArray<KernelStatement> All(ImmutableArray<KernelStatement> block) => block.Select(Own).ToImmutableArray();
        return statement switch
        {
            ScalarLoop loop => loop with { Body = All(loop.Body) },
            VectorLoop loop => loop with { Prologue = All(loop.Prologue), BlockPrologue = All(loop.BlockPrologue), Body = All(loop.Body), Tail = All(loop.Tail), BlockEpilogue = All(loop.BlockEpilogue) },
            Write write => new Write(Own(write.Place), write.Value.Rebuild(Own)),
            Declare declare when _handedOn.ContainsKey(declare.Local) => new Write(Place(_handedOn[declare.Local]), declare.Value.Rebuild(Own)),
            Assign assign when _handedOn.ContainsKey(assign.Local) => new Write(Place(_handedOn[assign.Local]), assign.Value.Rebuild(Own)),
            _ => statement.Rebuild(Own),
        };
    }

    private KernelExpression? Own(KernelExpression expression) => expression switch
    {
        Read read when _ofAllRows.ContainsKey(read.Place.Buffer) => read with { Place = Own(read.Place) },
        LocalValue { Local: var local } when _handedOn.TryGetValue(local, out KernelBuffer rows) => new Read(Place(rows)),
        _ => null,
    };

    private Place Own(Place place) => !_ofAllRows.TryGetValue(place.Buffer, out KernelBuffer all)
        ? place.Rebuild(Own)
        : place with { Buffer = all, Offset = Sum(new Operation(Ops.IntegerMultiply, [RowOfBlock, new IntegerForm(all.Sizes[1])], false), place.Offset) };

    private Place Place(KernelBuffer rows) => new(rows, Access.Scalar, RowOfBlock, null, ImmutableArray<BoundsTest>.Empty, null);

    private IntegerForm RowOfBlock => new(AffineForm.Of(Symbol.PositionOf(_rows.Axis)) - AffineForm.Of(Symbol.PositionOf(First)));

    private static Operation Sum(KernelExpression a, KernelExpression b) => new(Ops.IntegerAdd, [a, b], false);
}
