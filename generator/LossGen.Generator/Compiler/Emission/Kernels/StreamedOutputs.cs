using System.Collections.Immutable;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Says which outputs a loop over whole vectors may store around the caches: those of loops that wait for memory, if they are written from end to end
/// and nothing reads them afterwards.
/// Needs: a built program. Gives: the same program, its loops with the outputs named.
/// </summary>
internal static class StreamedOutputs
{
    /// <summary>An element that costs more than this is not waiting for memory, and registers are scarce.</summary>
    private const int MostCost = 12;

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

    // Along another axis than that of the lanes a loop begins anew for every position, too often for few lanes.
    private static NestStep Marked(NestStep nest, HashSet<int> readLater, ElementType working)
    {
        if (!ReferenceEquals(nest.Axis, nest.Vector) || nest.Work.Cost > MostCost) return nest;
        ImmutableArray<KernelStatement> body = nest.Body.Select(s => s is VectorLoop loop ? Marked(loop, nest, readLater, working) : s).ToImmutableArray();
        return nest with { Body = body, Streamed = body.OfType<VectorLoop>().SelectMany(l => l.Streamed).ToImmutableArray() };
    }

    private static KernelStatement Marked(VectorLoop loop, NestStep nest, HashSet<int> readLater, ElementType working)
    {
        IEnumerable<KernelBuffer> streamed = loop.Body.OfType<Write>()
            .Where(w => w.Place is { Access: Access.Contiguous, TailCount: null, Tests.IsEmpty: true, Buffer.Kind: BufferKind.Tensor } && w.Place.Buffer.Element == working)
            .Select(w => w.Place.Buffer)
            .Where(buffer => !readLater.Contains(buffer.Index) && WritesTo(buffer, nest.Body) <= 2);
        return loop with { Streamed = streamed.ToImmutableArray() };
    }

    /// <summary>How many writes there are: one for whole vectors and one for the tail, if the output has no other.</summary>
    private static int WritesTo(KernelBuffer buffer, ImmutableArray<KernelStatement> body) =>
        body.SelectMany(KernelExpressionTree.Everything).Count(s => s is Write write && write.Place.Buffer.Equals(buffer));

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
