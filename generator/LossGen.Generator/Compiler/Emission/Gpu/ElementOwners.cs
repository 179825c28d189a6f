using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Which arrays of a worker a loop only adds to, wherever indices say. All lanes run the loop, and each adds to the elements that it owns.
/// </summary>
internal static class ElementOwners
{
    /// <summary>Needs: the body of a loop that the lanes do not share. Gives: those arrays; none where lanes share a loop inside of it.</summary>
    public static IEnumerable<KernelBuffer> Of(ImmutableArray<KernelStatement> body)
    {
        KernelStatement[] all = body.SelectMany(s => s.Everything()).ToArray();
        if (all.Any(s => s is ScalarLoop { IsParallel: true } or Fill or SortRow)) return [];
        Write[] writes = all.OfType<Write>().Where(w => w.Place.Buffer.Kind == BufferKind.Scratch).ToArray();
        ILookup<KernelBuffer, Read> reads = all.SelectMany(s => s.Expressions()).SelectMany(e => e.Everything()).OfType<Read>().ToLookup(r => r.Place.Buffer);
        return writes.GroupBy(w => w.Place.Buffer).Where(g => g.All(IsAddition) && reads[g.Key].Count() == g.Count()).Select(g => g.Key);
    }

    // element = element + term
    private static bool IsAddition(Write write) =>
        write.Value is Operation { Operands: var operands } && operands.Length == 2 && Stripped(operands[0]) is Read read && read.Place.Buffer == write.Place.Buffer;

    private static KernelExpression Stripped(KernelExpression value) => value is Kernels.Convert convert ? convert.Value : value;
}
