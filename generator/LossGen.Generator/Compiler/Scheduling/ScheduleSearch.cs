using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Decides what is kept and what is computed early, under the cost model.</summary>
internal static class ScheduleSearch
{
    private static readonly ImmutableHashSet<Node> None = ImmutableHashSet<Node>.Empty;

    public static LoopTree Run(IReadOnlyList<Axis> axes, ImmutableArray<KernelOutput> outputs, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ScheduleTrial.Make(axes, outputs, None, None).ToTree();
    }
}
