using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Puts values into a form that suits the lanes of a processor, whose neighbours should read what is next to each other. Devices have other costs, and take outputs as they are.
/// Needs: lowered outputs. Gives: the same values.
/// </summary>
internal static class LaneArrangement
{
    public static (ImmutableArray<KernelOutput> Outputs, ImmutableDictionary<Node, string> Names) Of(Graph graph, ImmutableArray<KernelOutput> outputs, ImmutableDictionary<Node, string> names)
    {
        (outputs, names) = PickedReads.Pick(graph, outputs, names);
        return ContractionOperands.Turn(graph, outputs, names);
    }
}
