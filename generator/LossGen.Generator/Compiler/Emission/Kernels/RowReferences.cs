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
    /// <summary>From so many accesses on, rows are named in any loop.</summary>
    private const int ManyAccesses = 6;

    private readonly VectorLoop _loop;
    private readonly Func<string, string> _newName;
    private readonly HashSet<KernelLocal> _inside;
    private readonly List<DeclareRow> _rows = new();
    private int _accesses;

    private RowReferences(VectorLoop loop, Func<string, string> newName)
    {
        _loop = loop;
        _newName = newName;
        _inside = new HashSet<KernelLocal>(loop.Body.Concat(loop.Tail).SelectMany(s => s.Everything()).OfType<Declare>().Select(d => d.Local));
    }

    /// <summary>For the vector loops of a block.</summary>
    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> block, Func<string, string> newName) =>
        block.SelectMany(s => s is VectorLoop loop ? new RowReferences(loop, newName).Named() : [s]).ToImmutableArray();

    /// <summary>For the vector loops with many accesses, in a block and in the loops inside.</summary>
    public static ImmutableArray<KernelStatement> RunWhereMany(ImmutableArray<KernelStatement> block, Func<string, string> newName) => block.SelectMany(statement => statement switch
    {
        ScalarLoop loop => [loop with { Body = RunWhereMany(loop.Body, newName) }],
        BlockLoop loop => [loop with { Body = RunWhereMany(loop.Body, newName) }],
        PipelinedLoop loop => [loop with { First = RunWhereMany(loop.First, newName), Middle = RunWhereMany(loop.Middle, newName), Last = RunWhereMany(loop.Last, newName) }],
        Alternatives sides => [sides with { WhenTrue = RunWhereMany(sides.WhenTrue, newName), WhenFalse = RunWhereMany(sides.WhenFalse, newName) }],
        VectorLoop loop when new RowReferences(loop, name => name) is var trial && trial.Named().Any() && trial._accesses >= ManyAccesses => new RowReferences(loop, newName).Named(),
        _ => new[] { statement },
    }).ToImmutableArray();

    private IEnumerable<KernelStatement> Named()
    {
        VectorLoop named = _loop with { Body = Named(_loop.Body), Tail = Named(_loop.Tail) };
        return _rows.Append<KernelStatement>(named);
    }

    private ImmutableArray<KernelStatement> Named(ImmutableArray<KernelStatement> block) => block.Select(statement => statement switch
    {
        Write write => new Write(Named(write.Place) ?? write.Place.Rebuild(Named), write.Value.Rebuild(Named)),
        _ => statement.Rebuild(Named),
    }).ToImmutableArray();

    private KernelExpression? Named(KernelExpression expression) => expression is Read read && Named(read.Place) is { } place ? read with { Place = place } : null;

    private Place? Named(Place place)
    {
        if (place is not { Access: Access.Contiguous or Access.Masked, Buffer.HasLanes: false, Offset: Operation sum } || !sum.Op.Is(Ops.IntegerAdd)) return null;
        if (sum.Operands[1] is not IntegerForm position || !IsNearPosition(position.Form) || !IsFixed(sum.Operands[0])) return null;
        if (place.Access == Access.Contiguous && !place.Tests.IsEmpty) return null;
        _accesses++;
        DeclareRow? row = _rows.FirstOrDefault(r => r.Array.Equals(place.Buffer) && KernelExpressionTree.IsSame(r.First, sum.Operands[0]));
        if (row is null)
        {
            row = new DeclareRow(place.Buffer with { Name = _newName(place.Buffer.Name + "Row") }, place.Buffer, sum.Operands[0]);
            _rows.Add(row);
        }

        return place with { Buffer = row.Row, Offset = position };
    }

    private bool IsNearPosition(AffineForm form) => (form - AffineForm.Of(Symbol.PositionOf(_loop.Axis))).IsConstant;

    private bool IsFixed(KernelExpression first) => first.Everything().All(e => e switch
    {
        IntegerForm form => form.Form.CoefficientOf(Symbol.PositionOf(_loop.Axis)) == 0,
        LocalValue local => !_inside.Contains(local.Local),
        Operation => true,
        _ => false,
    });
}
