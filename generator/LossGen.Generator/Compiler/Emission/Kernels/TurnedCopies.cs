using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Copies across arrays, which in lanes would read an element here and there, go through registers: some rows and some of their positions at once.
/// Needs: loops over lanes and over single positions, either inside of the other. Gives: the same elements in the same places.
/// </summary>
internal static class TurnedCopies
{
    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body) =>
        body.SelectMany(s => Turned(s) ?? [s is VectorLoop ? s : s.WithBlocks(Run)]).ToImmutableArray();

    // The copies of a pair of loops that do nothing else.
    private static IEnumerable<KernelStatement>? Turned(KernelStatement statement)
    {
        (VectorLoop Lanes, ScalarLoop Loop, IEnumerable<KernelStatement> Step)? pair = statement switch
        {
            VectorLoop lanes when IsPlain(lanes) && Only(lanes.Body) is ScalarLoop loop => (lanes, loop, loop.Body),
            ScalarLoop loop when Only(loop.Body) is VectorLoop lanes && IsPlain(lanes) => (lanes, loop, lanes.Body),
            _ => null,
        };
        return pair is { Loop.IsDescending: false } loops && Copies(Whole(loops.Step).ToArray()) is { } copies && copies.All(copy => IsAcross(copy.From, copy.To, loops.Loop.Axis))
            ? copies.Select(copy => new Interleave(
                new Interleaving(copy.From, copy.From.LaneOffset!, copy.To, copy.To.Offset.Along(loops.Loop.Axis)), loops.Lanes.Axis, loops.Lanes.From, loops.Lanes.To, loops.Loop.Axis, loops.Loop.From, loops.Loop.To))
            : null;
    }

    private static bool IsPlain(VectorLoop lanes) =>
        lanes.Interior.IsEmpty && lanes.Accumulators.IsEmpty && !Whole(lanes.Prologue.Concat(lanes.BlockPrologue).Concat(lanes.BlockEpilogue)).Any();

    private static bool IsAcross(Place from, Place to, Axis along) =>
        from is { Access: Access.Strided, Tests.IsEmpty: true, LaneOffset: not null } && to is { Access: Access.Contiguous, Tests.IsEmpty: true, Buffer.HasRoom: true, Buffer.HasLanes: false }
        && from.Buffer.Element == to.Buffer.Element && from.Offset.IsSumOfProducts(along) && to.Offset.IsSumOfProducts(along) && from.Offset.Along(along).IsOne();

    // Each write of what is read; null where something else happens.
    private static List<(Place From, Place To)>? Copies(KernelStatement[] step)
    {
        var read = new Dictionary<KernelLocal, Place>();
        var copies = new List<(Place From, Place To)>();
        foreach (KernelStatement statement in step)
        {
            if (statement is Declare declare && PlaceOf(declare.Value) is { } declared) read[declare.Local] = declared;
            else if (statement is Write write && PlaceOf(write.Value) is { } place) copies.Add((place, write.Place));
            else return null;
        }

        return copies.Count == 0 ? null : copies;

        Place? PlaceOf(KernelExpression value) => value switch
        {
            Operation operation when operation.Op.Is(Ops.Operand) => PlaceOf(operation.Operands[0]),
            LocalValue local => read.TryGetValue(local.Local, out Place known) ? known : null,
            Read other => other.Place,
            _ => null,
        };
    }

    private static KernelStatement? Only(ImmutableArray<KernelStatement> body) => Whole(body).Take(2).ToArray() is { Length: 1 } one ? one[0] : null;

    private static IEnumerable<KernelStatement> Whole(IEnumerable<KernelStatement> statements) => statements.Where(s => s is not Comment);
}
