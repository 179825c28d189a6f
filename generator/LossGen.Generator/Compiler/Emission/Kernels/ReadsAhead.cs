using System.Collections.Immutable;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Says which arrays a loop over whole vectors announces ahead of reading them: where it goes over a whole chunk, one element behind the other, those that no loop before it has read.
/// Rows gain nothing: the first of several loops over a row waits for memory, and what it does is short.
/// Needs: built nests. Gives: the same nests, their loops with the first place of each such array.
/// </summary>
internal static class ReadsAhead
{
    public static KernelProgram Run(KernelProgram program) =>
        program with { Steps = program.Steps.Select(s => s is NestStep nest ? Marked(nest) : s).ToImmutableArray() };

    private static NestStep Marked(NestStep nest)
    {
        ImmutableArray<KernelStatement> body = Marked(nest.Body, new HashSet<KernelBuffer>());
        return nest with { Body = body, ReadsAhead = body.SelectMany(s => s.Everything()).Any(s => s is VectorLoop { Ahead.IsEmpty: false }) };
    }

    private static ImmutableArray<KernelStatement> Marked(ImmutableArray<KernelStatement> body, HashSet<KernelBuffer> read) => body.Select(statement => statement switch
    {
        VectorLoop { IsOfChunk: true } loop => Marked(loop, read),
        Alternatives sides => Marked(sides, read),
        _ => statement,
    }).ToImmutableArray();

    // One of them runs: neither has read anything for the other.
    private static KernelStatement Marked(Alternatives sides, HashSet<KernelBuffer> read)
    {
        var other = new HashSet<KernelBuffer>(read);
        sides = sides with { WhenTrue = Marked(sides.WhenTrue, read), WhenFalse = Marked(sides.WhenFalse, other) };
        read.UnionWith(other);
        return sides;
    }

    private static VectorLoop Marked(VectorLoop loop, HashSet<KernelBuffer> read)
    {
        IEnumerable<Place> places = loop.Body.SelectMany(s => s.AllExpressions()).OfType<Read>().Select(r => r.Place)
            .Where(p => p is { Access: Access.Contiguous, Offset: IntegerForm, Tests.IsEmpty: true, Buffer: { Kind: not BufferKind.Scratch, HasLanes: false } });
        return loop with { Ahead = places.Where(p => read.Add(p.Buffer)).ToImmutableArray() };
    }
}
