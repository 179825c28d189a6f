using System.Collections.Immutable;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Says which outputs a loop over whole vectors may store around the caches: those of loops over a whole chunk that leave registers for it, if they are written from end to
/// end and nothing reads them afterwards.
/// Needs: a built program. Gives: the same program, its loops with the outputs named.
/// </summary>
internal static class StreamedOutputs
{
    /// <summary>Where an element costs more than this, registers are scarce, and memory is not waited for.</summary>
    private const int MostCost = 24;

    public static KernelProgram Run(KernelProgram program, KernelLayout layout)
    {
        if (layout.Integers.Any(i => KernelNames.IsOfOutput(i.Name)) || layout.Tensors.Any(t => KernelNames.IsOfOutput(t.Name))) return program;
        ImmutableArray<KernelStep>.Builder steps = program.Steps.ToBuilder();
        var readLater = new HashSet<int>();
        for (int k = steps.Count - 1; k >= 0; k--)
        {
            KernelStep step = steps[k];
            if (step is NestStep nest) steps[k] = Marked(nest, readLater, program.IsDouble ? ElementType.Double : ElementType.Single);
            readLater.UnionWith(TensorsRead(step));
        }

        return program with { Steps = steps.ToImmutable() };
    }

    private static NestStep Marked(NestStep nest, HashSet<int> readLater, ElementType working)
    {
        if (nest.Work.Cost > MostCost) return nest;
        ImmutableArray<KernelStatement> body = Marked(nest.Body, nest, readLater, working);
        return nest with { Body = body, Streamed = body.SelectMany(s => s.Everything()).OfType<VectorLoop>().SelectMany(l => l.Streamed).Distinct().ToImmutableArray() };
    }

    private static ImmutableArray<KernelStatement> Marked(ImmutableArray<KernelStatement> body, NestStep nest, HashSet<int> readLater, ElementType working) => body.Select(statement => statement switch
    {
        VectorLoop { IsOfChunk: true } loop => Marked(loop, nest, readLater, working),
        Alternatives sides => sides with { WhenTrue = Marked(sides.WhenTrue, nest, readLater, working), WhenFalse = Marked(sides.WhenFalse, nest, readLater, working) },
        _ => statement,
    }).ToImmutableArray();

    private static VectorLoop Marked(VectorLoop loop, NestStep nest, HashSet<int> readLater, ElementType working)
    {
        IEnumerable<KernelBuffer> streamed = loop.Body.OfType<Write>()
            .Where(w => w.Place is { Access: Access.Contiguous, TailCount: null, Tests.IsEmpty: true, Buffer.Kind: BufferKind.Tensor } && w.Place.Buffer.Element == working)
            .Select(w => w.Place.Buffer)
            .Where(buffer => !readLater.Contains(buffer.Index) && WritesTo(buffer, nest.Body) <= 2);
        return loop with { Streamed = streamed.ToImmutableArray() };
    }

    /// <summary>How many writes there are on any way through: one for whole vectors and one for the tail, if the output has no other.</summary>
    private static int WritesTo(KernelBuffer buffer, ImmutableArray<KernelStatement> body) => body.Sum(statement => statement switch
    {
        Alternatives sides => Math.Max(WritesTo(buffer, sides.WhenTrue), WritesTo(buffer, sides.WhenFalse)),
        Write write => write.Place.Buffer.Equals(buffer) ? 1 : 0,
        _ => statement.Blocks().Sum(block => WritesTo(buffer, block)),
    });

    private static IEnumerable<int> TensorsRead(KernelStep step)
    {
        IEnumerable<KernelExpression> expressions = step switch
        {
            NestStep nest => nest.Body.SelectMany(KernelExpressionTree.Everything).SelectMany(s => s.AllExpressions()),
            ScalarStep { Value: { } value } => value.Everything(),
            _ => [],
        };
        return expressions.OfType<Read>().Where(r => r.Place.Buffer.Kind == BufferKind.Tensor).Select(r => r.Place.Buffer.Index);
    }
}
