using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Rewriting;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>A formula that goes through rewriting, differentiation and lowering before it is scheduled, as in the compiler.</summary>
internal sealed class DifferentiatedLoss
{
    private readonly List<TensorParameter> _tensors = [];
    private readonly List<ScalarParameter> _scalars = [];
    private readonly List<TensorParameter> _differentiated = [];
    private readonly Dictionary<Node, string> _names = [];

    public Graph Graph { get; } = new();

    public Axis Axis(string name, int? size = null) => Graph.NewAxis(name, size is { } s ? AffineForm.Of(s) : null);

    public Axis LocalAxis(string name, Axis like) => Graph.NewAxis(name, like.Size, isLocal: true);

    public TensorParameter Tensor(string name, ElementType element, params Axis[] axes)
    {
        var tensor = new TensorParameter(_tensors.Count + _scalars.Count, name, element, [.. axes]);
        _tensors.Add(tensor);
        return tensor;
    }

    /// <summary>A real tensor with a gradient.</summary>
    public TensorParameter Differentiated(string name, params Axis[] axes)
    {
        TensorParameter tensor = Tensor(name, ElementType.Single, axes);
        _differentiated.Add(tensor);
        return tensor;
    }

    public Node Scalar(string name)
    {
        var scalar = new ScalarParameter(_tensors.Count + _scalars.Count, name, ElementType.Single);
        _scalars.Add(scalar);
        return Graph.Parameter(scalar);
    }

    public Node Sum(Node body, params Axis[] axes) => Graph.Sum(AxisSet.Of(axes), body);

    public Node Mean(Node body, params Axis[] axes) => Graph.Divide(Sum(body, axes), Graph.Count(AxisSet.Of(axes)));

    public Node LogSumExp(Node body, params Axis[] axes) => Graph.Reduce(ReductionKind.LogSumExp, AxisSet.Of(axes), body);

    public Node LogSoftMax(Node z, Axis c) => Graph.Subtract(z, LogSumExp(z, c));

    /// <summary>A value with one axis replaced by an integer.</summary>
    public Node At(Node value, Axis axis, Node index) => Substitution.Apply(Graph, value, new Dictionary<Axis, Node> { [axis] = index });

    public Node Name(Node node, string name)
    {
        _names[node] = name;
        return node;
    }

    public ScheduledLoss Compile(Node result, bool withGradient = true)
    {
        var bound = new BoundLoss(
            Graph, [.. _tensors], [.. _scalars], result, [], [.. _differentiated.Select(t => new DifferentiatedParameter(t, null))], _names.ToImmutableDictionary());
        BoundLoss loss = Rewriter.Rewrite(bound);
        ImmutableArray<ParameterGradient> gradients = withGradient ? Differentiator.Differentiate(loss, ElementType.Single).Gradients : [];
        (Graph graph, ImmutableArray<Node> roots, ImmutableDictionary<Node, string> names) =
            Lowering.Lower(loss.Graph, [loss.Result, .. gradients.Select(g => g.Value)], loss.Names, isDouble: false);
        ImmutableArray<KernelOutput> outputs =
        [
            new KernelOutput("loss", [], roots[0]),
            .. gradients.Select((g, i) => new KernelOutput(g.Parameter.Name + "Gradient", g.Parameter.Tensor!.Axes, roots[i + 1])),
        ];
        return new ScheduledLoss(graph, outputs, names);
    }
}

/// <summary>Lowered outputs, ready to be scheduled.</summary>
internal sealed record ScheduledLoss(Graph Graph, ImmutableArray<KernelOutput> Outputs, ImmutableDictionary<Node, string> Names)
{
    public LoopTree Schedule() => Scheduler.Schedule(Graph, Outputs, CancellationToken.None);

    public string Compact() => LoopTreePrinter.Compact(Schedule(), Names.GetValueOrDefault);

    public string Lines() => LoopTreePrinter.Lines(Schedule(), Names.GetValueOrDefault);
}
