using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Copies across an array, which in lanes would read an element here and there, go through registers: some rows and some of their positions at once.
/// Needs: loops over lanes and, inside, over single positions. Gives: the same elements in the same places.
/// </summary>
internal static class TurnedCopies
{
    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body) => body.Select(s => s is VectorLoop lanes ? Turned(lanes) ?? s : s).ToImmutableArray();

    private static Interleave? Turned(VectorLoop lanes)
    {
        if (!lanes.Interior.IsEmpty || !lanes.Accumulators.IsEmpty || Whole(lanes.Prologue.Concat(lanes.BlockPrologue).Concat(lanes.BlockEpilogue)).Any()) return null;
        KernelStatement[] inside = Whole(lanes.Body).ToArray();
        if (inside.Length != 1 || inside[0] is not ScalarLoop { IsDescending: false } loop || Copied(Whole(loop.Body).ToArray()) is not (var from, var to)) return null;
        bool isAcross = from is { Access: Access.Strided, Tests.IsEmpty: true, LaneOffset: not null } && to is { Access: Access.Contiguous, Tests.IsEmpty: true, Buffer.HasRoom: true, Buffer.HasLanes: false } && from.Buffer.Element == to.Buffer.Element
            && from.Offset.IsSumOfProducts(loop.Axis) && to.Offset.IsSumOfProducts(loop.Axis) && from.Offset.Along(loop.Axis).IsOne();
        return isAcross ? new Interleave(new Interleaving(from, from.LaneOffset!, to, to.Offset.Along(loop.Axis)), lanes.Axis, lanes.From, lanes.To, loop.Axis, loop.From, loop.To) : null;
    }

    private static (Place From, Place To)? Copied(KernelStatement[] step)
    {
        if (step.Length == 1 && step[0] is Write write && Stored(write.Value) is { } read) return (read.Place, write.Place);
        bool isDeclared = step.Length == 2 && step[0] is Declare declare && step[1] is Write { Value: LocalValue { Local: var local } } && ReferenceEquals(local, declare.Local);
        return isDeclared && Stored(((Declare)step[0]).Value) is { } value ? (value.Place, ((Write)step[1]).Place) : null;
    }

    private static Read? Stored(KernelExpression value) => value is Operation operation && operation.Op.Is(Ops.Operand) ? operation.Operands[0] as Read : value as Read;

    private static IEnumerable<KernelStatement> Whole(IEnumerable<KernelStatement> statements) => statements.Where(s => s is not Comment);
}
