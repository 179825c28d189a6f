using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// About how many variables the JIT has for statements: one for each local that lives at once, since blocks beside each other share theirs, and those of every function that
/// it takes into the method.
/// </summary>
internal sealed class MethodSize(bool isDouble)
{
    /// <summary>Behind this the JIT soon stops taking functions into a method: at 512 variables.</summary>
    public const int Most = 440;

    /// <summary>Parts of a nest up to this; the estimate is rough, and a call for each loop costs nothing that shows.</summary>
    public const int MostOfNest = 300;

    /// <summary>A loop smaller than this is no method of its own.</summary>
    public const int Least = 40;

    // Two vectors, and a value of the pair for each step.
    private const int OfLongLanes = 6;

    private const int OfMaskedLanes = 5;

    public int Of(ImmutableArray<KernelStatement> block) => Locals(block) + block.Sum(Functions);

    public int Of(KernelStatement statement) => Of(ImmutableArray.Create(statement));

    private static int Locals(ImmutableArray<KernelStatement> block) =>
        block.Count(s => s is Declare or DeclareRow) + block.Select(LocalsInside).DefaultIfEmpty(0).Max();

    // Loops of each tile have accumulators of their own.
    private static int LocalsOf(RowSums sums) => sums.Tiles.Sum(tile => tile.Bodies.Sum(body => Locals(body.Before) + Locals(body.Step) + body.Sums.Length));

    private static int LocalsInside(KernelStatement statement) => statement is Call ? 0 : statement is RowSums sums ? LocalsOf(sums)
        : Math.Max(MostOf(statement.Blocks().Concat(StagesOf(statement))), statement is VectorLoop { Interleaved: var copies } ? copies.Count(c => c.Statement is Declare) : 0);

    private static IEnumerable<ImmutableArray<KernelStatement>> StagesOf(KernelStatement statement) =>
        statement is VectorLoop { Stages: { } strips } ? strips.Stages.Select(s => s.Body) : [];

    private static int MostOf(IEnumerable<ImmutableArray<KernelStatement>> blocks) => blocks.Select(Locals).DefaultIfEmpty(0).Max();

    private int Functions(KernelStatement statement) => statement switch
    {
        Call => 0,
        VectorLoop loop => loop.Blocks().SelectMany(b => b).Sum(Functions) + (loop.Unroll > 1 ? loop.Unroll * loop.Body.Sum(Functions) : 0) + loop.Interleaved.Sum(c => Functions(c.Statement)) + StagesOf(loop).SelectMany(b => b).Sum(Functions),
        RowSums sums => sums.Blocks().SelectMany(b => b).Sum(Functions) + (OfMaskedLanes * sums.Tiles.SelectMany(t => t.Bodies).Sum(PartialVectors)),
        _ => statement.Expressions().Sum(Functions) + statement.Blocks().SelectMany(b => b).Sum(Functions),
    };

    private static int PartialVectors(RowTileBody body) =>
        body.Before.Concat(body.Step).Concat(body.After).SelectMany(s => s.AllExpressions()).Count(e => e is Read { Place: { Access: Access.Contiguous, TailCount: not null } });

    private int Functions(KernelExpression expression) => expression.Everything().Sum(e => e switch
    {
        Operation { Op.IsHeavy: true } function => isDouble ? function.Op.Cost * 4 / 3 : function.Op.Cost,
        Operation operation when operation.IsLong || operation.Operands.Any(o => o.IsLong) => OfLongLanes,
        Operation operation => operation.Op.Is(Ops.Max, Ops.Min) ? 2 : 0,
        LanePositions { IsLong: true } => OfLongLanes,
        Read { Place: var place } => (place.Access is Access.Masked or Access.Gather ? OfMaskedLanes : 0) + (2 * OfLongLanes * place.Tests.Count(t => t.Index.IsLong)),
        _ => 0,
    });
}
