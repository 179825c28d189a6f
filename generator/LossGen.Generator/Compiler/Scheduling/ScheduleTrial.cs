using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>One way to schedule some outputs, fully placed and priced.</summary>
internal sealed class ScheduleTrial
{
    private readonly IReadOnlyList<Axis> _axes;
    private readonly ImmutableArray<LoopItem> _items;
    private readonly ImmutableDictionary<Loop, Axis> _vectorAxes;

    /// <summary>Places statements, which belong to the newest trial of theirs.</summary>
    public ScheduleTrial(StatementGraph statements, LevelFusion fusion, IReadOnlyList<Axis> axes, ScheduleChoice choice)
    {
        _axes = axes;
        Choice = choice;
        Graph = statements;
        _items = fusion.Fuse(choice.Early);
        Place();
        _vectorAxes = VectorAxisChoice.Choose(Graph, _items, axes);
        Cost = Graph.Statements.Any(NeedsWorkspace) ? double.PositiveInfinity : CostModel.Of(Graph, _items, _vectorAxes);
    }

    public ScheduleChoice Choice { get; }

    public StatementGraph Graph { get; }

    /// <summary>Infinite for a schedule that needs memory which recomputing would save.</summary>
    public double Cost { get; }

    public static ScheduleTrial Make(Graph graph, IReadOnlyList<Axis> axes, ImmutableArray<KernelOutput> outputs, ScheduleChoice choice)
    {
        StatementGraph statements = StatementGraph.Collect(graph, outputs, choice.Kept);
        return new(statements, new LevelFusion(statements.Statements, axes, mayCut: true), axes, choice);
    }

    /// <summary>The schedule; no other trial may use the statements after that.</summary>
    public LoopTree ToTree(ImmutableArray<KernelOutput> outputs)
    {
        if (!ReferenceEquals(Graph.Placed, this)) Place();
        return new(_items, outputs, _vectorAxes, Cost);
    }

    private void Place()
    {
        Placement.Apply(Graph, _items, _axes);
        BufferAliasing.Apply(Graph);
        Graph.Placed = this;
    }

    // A kept value between root nests without a buffer costs more than computing it again, unless it is built on a contraction of its own
    // shape, which lives in the workspace anyway, or on the states of a recurrence, or turned for a contraction, or read by one at each row. A few numbers, as the weights of
    // a window, cost nothing.
    private bool NeedsWorkspace(StatementFacts facts)
    {
        Statement statement = facts.Statement;
        return statement.Kind == StatementKind.Materialize && !statement.Value.Is(Ops.Operand) && !IsReadByEachStep(statement) && !IsRowReadAgain(statement) && !facts.Readers.Any(r => r.Reader.IsContraction) && !Graph.IsReadElsewhere(statement.Value) && statement.Value.Open.IsEmpty && statement.Alias is null && statement.StorageDepth == 0 && statement.StorageAxes.Any(axis => !axis.IsConstantSize)
            && !facts.Links.Any(l => !l.Source.Reduced.IsEmpty && l.Source.Free == facts.Free);
    }

    // A row that steps of a recurrence read is small beside what they compute.
    private static bool IsReadByEachStep(Statement statement) =>
        statement.Consumers.Any(c => c.Path.Any(l => l.IsSequential && !statement.Free.Contains(l.Axis)));

    // So is one that each position of a loop around its own reads again.
    private static bool IsRowReadAgain(Statement statement) =>
        statement.StorageAxes.Count(axis => !axis.IsShort) == 1
        && statement.Consumers.Any(c => c.Path.TakeWhile(l => !statement.Free.Contains(l.Axis)).Any(l => l.StripsOf is null && !l.Axis.IsShort));
}
