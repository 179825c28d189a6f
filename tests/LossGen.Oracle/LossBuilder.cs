using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Oracle;

/// <summary>Bound losses put together by hand, where a test is about one stage and not about the formula's text.</summary>
internal sealed class LossBuilder
{
    private readonly List<TensorParameter> _tensors = new();
    private readonly List<ScalarParameter> _scalars = new();
    private int _parameters;

    public Graph Graph { get; } = new();

    public Axis Axis(string name, AffineForm? size = null, bool isLocal = false) => Graph.NewAxis(name, size, isLocal);

    public TensorParameter Tensor(string name, ElementType element, params Axis[] axes)
    {
        var tensor = new TensorParameter(_parameters++, name, element, axes.ToImmutableArray());
        _tensors.Add(tensor);
        return tensor;
    }

    /// <summary>A float tensor, read at its own axes.</summary>
    public Node Real(string name, params Axis[] axes) => Graph.Load(Tensor(name, ElementType.Single, axes));

    /// <summary>An int tensor, read at its own axes.</summary>
    public Node Integer(string name, params Axis[] axes) => Graph.Load(Tensor(name, ElementType.Int32, axes));

    public ScalarParameter Scalar(string name, ElementType element)
    {
        var scalar = new ScalarParameter(_parameters++, name, element);
        _scalars.Add(scalar);
        return scalar;
    }

    public Node Scalar(string name) => Graph.Parameter(Scalar(name, ElementType.Single));

    /// <summary>All axes of a value summed.</summary>
    public Node Sum(Node body) => Graph.Sum(body.Axes, body);

    public Node Mean(Node body) => Graph.Divide(Sum(body), Graph.Count(body.Axes));

    /// <summary>The loss; differentiated are all real parameters.</summary>
    public BoundLoss Build(Node result, params (string Name, Node Value)[] parts) => new(
        Graph,
        _tensors.ToImmutableArray(),
        _scalars.ToImmutableArray(),
        result,
        parts.Select(p => new BoundPart(p.Name, p.Value)).ToImmutableArray(),
        [
            .. _tensors.Where(t => t.Type == Compiler.Ir.ValueType.Real).Select(t => new DifferentiatedParameter(t, null)),
            .. _scalars.Where(s => s.Type == Compiler.Ir.ValueType.Real).Select(s => new DifferentiatedParameter(null, s)),
        ],
        ImmutableDictionary<Node, string>.Empty);
}
