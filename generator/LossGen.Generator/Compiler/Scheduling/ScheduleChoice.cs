using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>What a schedule is made from.</summary>
/// <param name="Kept">The element-wise values that are computed once and stored.</param>
/// <param name="Early">The values that do not sink to their consumers.</param>
internal sealed record ScheduleChoice(NodeSet Kept, NodeSet Early)
{
    public static readonly ScheduleChoice None = new(new NodeSet(), new NodeSet());
}
