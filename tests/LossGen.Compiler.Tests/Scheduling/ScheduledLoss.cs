using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Rewriting;
using LossGen.Compiler.Scheduling;
using LossGen.Compiler.Tests.Binding;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>Lowered outputs, ready to be scheduled.</summary>
internal sealed record ScheduledLoss(Graph Graph, ImmutableArray<KernelOutput> Outputs, ImmutableDictionary<Node, string> Names)
{
    /// <summary>The same before operands are turned, as devices take them.</summary>
    public ImmutableArray<KernelOutput> Lowered { get; init; } = Outputs;

    /// <summary>A formula that goes through every stage before scheduling, as in the compiler.</summary>
    public static ScheduledLoss Of(string parameters, string formula, bool withGradient = true, bool readsStored = false)
    {
        BindingResult bound = Declaration.Bind(parameters, formula);
        BoundLoss written = bound.Loss ?? throw new ArgumentException(Declaration.Print(bound));
        BoundLoss loss = Rewriter.Rewrite(written, readsStored ? StoredReads.Find(written) : null);
        ImmutableArray<ParameterGradient> gradients = withGradient ? Differentiator.Differentiate(loss, ElementType.Single).Gradients : [];
        (Graph graph, ImmutableArray<Node> roots, ImmutableDictionary<Node, string> names) =
            Lowering.Lower(loss.Graph, [loss.Result, .. gradients.Select(g => g.Value)], loss.Names, isDouble: false);
        ImmutableArray<KernelOutput> outputs =
        [
            new KernelOutput("loss", [], roots[0]),
            .. gradients.Select((g, i) => new KernelOutput(g.Parameter.Name + "Gradient", g.Axes, roots[i + 1])),
        ];
        (ImmutableArray<KernelOutput> turned, ImmutableDictionary<Node, string> turnedNames) = LaneArrangement.Of(graph, outputs, names);
        return new ScheduledLoss(graph, turned, turnedNames) { Lowered = outputs };
    }

    /// <summary>All that its outputs need.</summary>
    public Node[] Nodes() => [.. Reachability.Of(Outputs.Select(o => o.Value))];

    public LoopTree Schedule() => Scheduler.Schedule(Graph, Outputs, CancellationToken.None);

    public LoopTree ScheduleForDevices() => DeviceSchedule.Of(Graph, Lowered, CancellationToken.None);

    public string CompactForDevices() => LoopTreePrinter.Compact(ScheduleForDevices(), Names.GetValueOrDefault);

    public string Compact() => LoopTreePrinter.Compact(Schedule(), Names.GetValueOrDefault);

    public string Lines() => LoopTreePrinter.Lines(Schedule(), Names.GetValueOrDefault);
}
