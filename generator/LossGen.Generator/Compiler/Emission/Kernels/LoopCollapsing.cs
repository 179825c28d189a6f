using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Makes one loop of a loop over rows and the vector loop that is all it has inside, where every array is walked from end to end: rows
/// need not be as long as a vector, and sums of lanes come together once a block instead of once a row.
/// Needs: a nest's body before loops are taken apart. Gives: the same elements in the same order.
/// </summary>
internal sealed class LoopCollapsing
{
    private readonly ScalarLoop _rows;
    private readonly VectorLoop _row;
    private readonly Axis _flat;
    private bool _remains;

    private LoopCollapsing(ScalarLoop rows, VectorLoop row, string name)
    {
        _rows = rows;
        _row = row;
        _flat = new Axis(row.Axis.Index, name, size: null, isLocal: false);
    }

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, Func<string, string> newName) =>
        body.SelectMany(s => Run(s, newName)).ToImmutableArray();

    private static IEnumerable<KernelStatement> Run(KernelStatement statement, Func<string, string> newName)
    {
        if (statement is not ScalarLoop loop) return [statement];
        VectorLoop? row = loop.IsParallel && !loop.IsDescending && loop.Body.Count(s => s is not Comment) == 1 ? loop.Body.OfType<VectorLoop>().FirstOrDefault() : null;
        return row is not null && IsWhole(row) && new LoopCollapsing(loop, row, newName(NameOf(loop.Axis, row.Axis))).Collapsed() is { } flat
            ? loop.Body.OfType<Comment>().Append(flat)
            : [loop with { Body = Run(loop.Body, newName) }];
    }

    // A renamed axis has primes.
    private static string NameOf(Axis rows, Axis row) => $"{rows.Name}_{row.Name}".Replace("'", "");

    private static bool IsWhole(VectorLoop row) =>
        row.Interior.IsEmpty && row.From is IntegerForm { Form: { IsConstant: true, Constant: 0 } } && row.To is IntegerForm to && to.Form.Equals(row.Axis.Size);

    private KernelStatement? Collapsed()
    {
        VectorLoop flat = _row with
        {
            Axis = _flat,
            From = Elements(_rows.From),
            To = Elements(_rows.To),
            Prologue = All(_row.Prologue),
            BlockPrologue = All(_row.BlockPrologue),
            Body = All(_row.Body),
            Tail = All(_row.Tail),
            BlockEpilogue = All(_row.BlockEpilogue),
        };
        return _remains ? null : flat;
    }

    private KernelExpression Elements(KernelExpression rows) =>
        rows is IntegerForm { Form: { IsConstant: true, Constant: 0 } } ? rows : Times(rows, new IntegerForm(_row.Axis.Size));

    private ImmutableArray<KernelStatement> All(ImmutableArray<KernelStatement> block) => block.Select(Flattened).ToImmutableArray();

    private KernelStatement Flattened(KernelStatement statement)
    {
        KernelStatement flat = statement.Rebuild(Flat);
        _remains |= statement is not (Comment or Declare or Assign or Write) || flat.Expressions().SelectMany(KernelExpressionTree.Everything).Any(Speaks);
        return flat;
    }

    private bool Speaks(KernelExpression expression) => expression switch
    {
        IntegerForm form => Speaks(form.Form),
        LanePositions positions => Speaks(positions.First),
        _ => false,
    };

    private bool Speaks(AffineForm form) =>
        form.Terms.Any(t => t.Symbol.Kind == SymbolKind.Position && (ReferenceEquals(t.Symbol.Axis, _rows.Axis) || ReferenceEquals(t.Symbol.Axis, _row.Axis)));

    // n C + c -> nc; (y N + n) C + c -> y (N C) + nc
    private KernelExpression? Flat(KernelExpression offset)
    {
        if (Split(offset, _row.Axis) is not { } rows) return null;
        var flat = new IntegerForm(AffineForm.Of(Symbol.PositionOf(_flat)));
        if (IsPosition(rows, _rows.Axis)) return flat;
        return Split(rows, _rows.Axis) is { } outer ? Plus(Times(outer, Times(new IntegerForm(_rows.Axis.Size), new IntegerForm(_row.Axis.Size))), flat) : null;
    }

    /// <summary>x, when an offset is x times the size of an axis plus the position along it; else null.</summary>
    private static KernelExpression? Split(KernelExpression offset, Axis axis) =>
        offset is Operation sum && sum.Op.Is(Ops.IntegerAdd) && IsPosition(sum.Operands[1], axis)
        && sum.Operands[0] is Operation product && product.Op.Is(Ops.IntegerMultiply) && product.Operands[1] is IntegerForm size && size.Form.Equals(axis.Size)
            ? product.Operands[0]
            : null;

    private static bool IsPosition(KernelExpression expression, Axis axis) => expression is IntegerForm form && ReferenceEquals(form.Form.PlainAxis, axis);

    private static KernelExpression Plus(KernelExpression a, KernelExpression b) => new Operation(Ops.IntegerAdd, ImmutableArray.Create(a, b), false);

    private static KernelExpression Times(KernelExpression a, KernelExpression b) => new Operation(Ops.IntegerMultiply, ImmutableArray.Create(a, b), false);
}
