using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Turns lowered outputs into fused loop nests. Needs: nodes of the op table, loads and reductions over storage or local axes.
/// Gives: a <see cref="LoopTree"/> in which every statement knows its place, and which the verifier has accepted.
/// </summary>
internal static class Scheduler
{
    public static LoopTree Schedule(Graph graph, ImmutableArray<KernelOutput> outputs, CancellationToken ct) =>
        Verified(ScheduleSearch.Run(graph, outputs, ct).Tree);

    /// <summary>A schedule without search and without lanes, for what runs once and may be slow.</summary>
    public static LoopTree ScheduleScalar(Graph graph, ImmutableArray<KernelOutput> outputs, CancellationToken ct) =>
        Verified(ScheduleSearch.First(graph, outputs, ct)) with { VectorAxes = ImmutableDictionary<Loop, Axis>.Empty };

    private static LoopTree Verified(LoopTree tree)
    {
        LoopTreeVerifier.Verify(tree);
        return tree;
    }
}
