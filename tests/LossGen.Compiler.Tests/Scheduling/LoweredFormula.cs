using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>Builds lowered graphs by hand, in the form in which they reach the scheduler.</summary>
internal sealed class LoweredFormula
{
    private readonly Dictionary<Node, string> _names = new();
    private readonly ImmutableArray<KernelOutput>.Builder _outputs = ImmutableArray.CreateBuilder<KernelOutput>();
    private int _parameters;

    public Graph Graph { get; } = new();

    public ImmutableArray<KernelOutput> Outputs => _outputs.ToImmutable();

    public Axis Axis(string name, int? size = null) => Graph.NewAxis(name, size is { } s ? AffineForm.Of(s) : null);

    public Axis AxisLike(string name, Axis other) => Graph.NewAxis(name, other.Size, isLocal: true);

    public TensorParameter Tensor(string name, params Axis[] axes) => new(_parameters++, name, ElementType.Single, axes.ToImmutableArray());

    public Node Real(string name, params Axis[] axes) => Graph.Load(Tensor(name, axes));

    public Node Integer(string name, params Axis[] axes) => Graph.Load(new TensorParameter(_parameters++, name, ElementType.Int32, axes.ToImmutableArray()));

    public Node Scalar(string name) => Graph.Parameter(new ScalarParameter(_parameters++, name, ElementType.Single));

    public Node Sum(Node body, params Axis[] axes) => Graph.Sum(AxisSet.Of(axes), body);

    public Node Peak(Node body, params Axis[] axes) => Graph.Reduce(ReductionKind.Peak, AxisSet.Of(axes), body);

    public Node Square(Node x) => Graph.Multiply(x, x);

    public Node Product(params Node[] factors) => factors.Aggregate(Graph.Multiply);

    public Node Total(params Node[] terms) => terms.Aggregate(Graph.Add);

    /// <summary>exp(-|z|), on which sigmoid and softplus are built.</summary>
    public Node DecayOf(Node z) => Graph.Apply(Ops.ExpNonPositive, Graph.Negate(Graph.Apply(Ops.Abs, z)));

    public Node Sigmoid(Node z) =>
        Graph.Divide(Graph.Select(Graph.Compare(Ops.GreaterOrEqual, z, Graph.Zero), Graph.One, DecayOf(z)), Graph.Add(Graph.One, DecayOf(z)));

    public Node Softplus(Node z) => Graph.Add(Graph.Apply(Ops.NativeMax, z, Graph.Zero), Graph.Apply(Ops.Log1pUnit, DecayOf(z)));

    /// <summary>Maximum (finite), exponentials and their sum along an axis.</summary>
    public (Node Max, Node Exponential, Node Sum) SoftMax(Node z, Axis c)
    {
        Node peak = Peak(z, c);
        Node infinity = Graph.Constant(double.PositiveInfinity);
        Node max = Graph.Select(Graph.Compare(Ops.Less, Graph.Apply(Ops.Abs, peak), infinity), peak, Graph.Zero);
        Node exponential = Graph.Apply(Ops.ExpBelowLargest, Graph.Subtract(z, max));
        Node sum = Sum(exponential, c);
        Name(peak, "m");
        Name(exponential, "E");
        Name(sum, "s");
        return (max, exponential, sum);
    }

    public Node Name(Node node, string name)
    {
        _names[node] = name;
        return node;
    }

    public LoweredFormula Output(string name, Node value, params Axis[] axes)
    {
        _outputs.Add(new KernelOutput(name, axes.ToImmutableArray(), value));
        return this;
    }

    public ScheduledLoss ToScheduled() => new(Graph, Outputs, _names.ToImmutableDictionary());

    public string Compact() => ToScheduled().Compact();
}
