using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Names the rows that a vector loop walks, before it: an access is then one row and one position. The JIT moves products of positions
/// and sizes out of small loops, but not where many rows are walked at once.
/// Needs: a block with a vector loop. Gives: the same accesses.
/// </summary>
internal sealed class RowReferences
{
    private readonly VectorLoop _loop;
    private readonly Func<string, string> _newName;
    private readonly List<DeclareRow> _rows = new();

    private RowReferences(VectorLoop loop, Func<string, string> newName)
    {
        _loop = loop;
        _newName = newName;
    }

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> block, Func<string, string> newName) =>
        block.SelectMany(s => s is VectorLoop loop ? new RowReferences(loop, newName).Named() : [s]).ToImmutableArray();

    private IEnumerable<KernelStatement> Named()
    {
        VectorLoop named = _loop with { Body = _loop.Body.Select(s => s.Rebuild(Named)).ToImmutableArray(), Tail = _loop.Tail.Select(s => s.Rebuild(Named)).ToImmutableArray() };
        return _rows.Append<KernelStatement>(named);
    }

    private KernelExpression? Named(KernelExpression expression)
    {
        if (expression is not Read { Place: { Access: Access.Contiguous, Buffer.HasLanes: false } place } read || place.Offset is not Operation sum || !sum.Op.Is(Ops.IntegerAdd)) return null;
        if (sum.Operands[1] is not IntegerForm position || !ReferenceEquals(position.Form.PlainAxis, _loop.Axis) || !place.Tests.IsEmpty || !IsFixed(sum.Operands[0])) return null;
        DeclareRow? row = _rows.FirstOrDefault(r => r.Array.Equals(place.Buffer) && KernelExpressionTree.IsSame(r.First, sum.Operands[0]));
        if (row is null)
        {
            row = new DeclareRow(place.Buffer with { Name = _newName(place.Buffer.Name + "Row") }, place.Buffer, sum.Operands[0]);
            _rows.Add(row);
        }

        return read with { Place = place with { Buffer = row.Row, Offset = position } };
    }

    private bool IsFixed(KernelExpression first) => first.Everything().All(e => e switch
    {
        IntegerForm form => form.Form.CoefficientOf(Symbol.PositionOf(_loop.Axis)) == 0,
        Operation => true,
        _ => false,
    });
}
