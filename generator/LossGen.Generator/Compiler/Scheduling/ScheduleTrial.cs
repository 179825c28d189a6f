using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>One way to schedule some outputs, fully placed and priced.</summary>
internal sealed class ScheduleTrial
{
    private readonly ImmutableArray<KernelOutput> _outputs;
    private readonly ImmutableArray<LoopItem> _items;
    private readonly ImmutableDictionary<Loop, Axis> _vectorAxes;

    private ScheduleTrial(
        ImmutableArray<KernelOutput> outputs, StatementGraph graph, ImmutableArray<LoopItem> items, ImmutableDictionary<Loop, Axis> vectorAxes, double cost)
    {
        _outputs = outputs;
        _items = items;
        _vectorAxes = vectorAxes;
        Graph = graph;
        Cost = cost;
    }

    public StatementGraph Graph { get; }

    /// <summary>Infinite for a schedule that needs memory which recomputing would save.</summary>
    public double Cost { get; }

    public static ScheduleTrial Make(IReadOnlyList<Axis> axes, ImmutableArray<KernelOutput> outputs, ISet<Node> kept, ISet<Node> early)
    {
        StatementGraph graph = StatementGraph.Collect(outputs, kept);
        ImmutableArray<LoopItem> items = LevelFusion.Fuse(graph, axes, early);
        Placement.Apply(graph, items, axes);
        BufferAliasing.Apply(graph);
        ImmutableDictionary<Loop, Axis> vectorAxes = VectorAxisChoice.Choose(graph, items, axes);
        double cost = graph.Statements.Any(NeedsWorkspace) ? double.PositiveInfinity : CostModel.Of(graph, items, vectorAxes);
        return new ScheduleTrial(outputs, graph, items, vectorAxes, cost);
    }

    public LoopTree ToTree() => new(_items, _outputs, _vectorAxes, Cost);

    // A kept value between root nests without a buffer costs more than computing it again,
    // unless it is built on a contraction of its own shape, which lives in the workspace anyway.
    private static bool NeedsWorkspace(StatementFacts facts)
    {
        Statement statement = facts.Statement;
        return statement.Kind == StatementKind.Materialize && statement.Alias is null && statement.StorageDepth == 0 && !statement.StorageAxes.IsEmpty
            && !facts.Links.Any(l => l.Source.Reduced != AxisSet.Empty && l.Source.Free == facts.Free && facts.Loads.IsEmpty);
    }
}
