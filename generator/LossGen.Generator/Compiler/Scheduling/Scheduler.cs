using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Turns lowered outputs into fused loop nests. Needs: nodes of the op table, loads and reductions over storage or local axes.
/// Gives: a <see cref="LoopTree"/> in which every statement knows its place, and which the verifier has accepted.
/// </summary>
internal static class Scheduler
{
    public static LoopTree Schedule(Graph graph, ImmutableArray<KernelOutput> outputs, CancellationToken ct)
    {
        LoopTree tree = ScheduleSearch.Run(graph, outputs, ct).Tree;
        LoopTreeVerifier.Verify(tree);
        return tree;
    }
}
