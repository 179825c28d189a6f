using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Binding;

/// <summary>
/// A formula with every name, axis and call resolved: what the loss means, exactly as written.
/// The graph has no rules, so an interpreter of it is an oracle for everything that comes after.
/// </summary>
/// <param name="Graph">The graph of all nodes below.</param>
/// <param name="Tensors">All tensor parameters in declaration order.</param>
/// <param name="Scalars">All scalar parameters in declaration order, int axis sizes included.</param>
/// <param name="Result">The loss: a real node without axes, or with those of the result span.</param>
/// <param name="Parts">The <c>out</c> parameters, in declaration order: real nodes without axes.</param>
/// <param name="Differentiated">The parameters with a gradient, in declaration order.</param>
/// <param name="Names">The user's names of nodes, for comments and temporaries.</param>
/// <param name="ResultSpan">The span that receives a loss per sample or per element; null when the method returns one number.</param>
internal sealed record BoundLoss(
    Graph Graph,
    ImmutableArray<TensorParameter> Tensors,
    ImmutableArray<ScalarParameter> Scalars,
    Node Result,
    ImmutableArray<BoundPart> Parts,
    ImmutableArray<DifferentiatedParameter> Differentiated,
    ImmutableDictionary<Node, string> Names,
    TensorParameter? ResultSpan = null)
{
    /// <summary>The characters of the formula that values were bound from; only on the graph as it was written.</summary>
    public ImmutableDictionary<Node, TextSpan> Places { get; init; } = ImmutableDictionary<Node, TextSpan>.Empty;

    /// <summary>The result and the parts.</summary>
    public IEnumerable<Node> Roots => Parts.Select(p => p.Value).Prepend(Result);

    /// <summary>Everything whose length a call can measure: the tensors and the result span, in declaration order.</summary>
    public ImmutableArray<TensorParameter> Spans =>
        ResultSpan is null ? Tensors : Tensors.Add(ResultSpan).OrderBy(t => t.Index).ToImmutableArray();
}

/// <summary>An <c>out</c> parameter and the binding of its name.</summary>
internal sealed record BoundPart(string Name, Node Value);

/// <summary>A parameter with a gradient: a tensor or a scalar, the other is null.</summary>
internal sealed record DifferentiatedParameter(TensorParameter? Tensor, ScalarParameter? Scalar)
{
    public string Name => Tensor?.Name ?? Scalar!.Name;

    public int Index => Tensor?.Index ?? Scalar!.Index;
}
