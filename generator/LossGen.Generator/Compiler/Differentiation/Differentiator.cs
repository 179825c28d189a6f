using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Needs: a rewritten loss. Gives: for each differentiated parameter the gradient of upstream * loss,
/// along axes that have the sizes of the parameter's own, in the same graph.
/// </summary>
internal static class Differentiator
{
    public static LossGradients Differentiate(BoundLoss loss, ElementType realType)
    {
        Graph graph = loss.Graph;
        var upstream = new ScalarParameter(loss.Tensors.Length + loss.Scalars.Length + loss.Parts.Length, "upstream", realType);
        Node seed = graph.Parameter(upstream);
        ImmutableArray<LeafAdjoint> leaves = ReverseMode.Run(graph, loss.Result, seed, node => loss.Differentiated.Any(d => IsReadOf(node, d)));
        return new LossGradients(upstream, loss.Differentiated.Select(p => Gradient(graph, p, leaves.Where(leaf => IsReadOf(leaf.Leaf, p)).ToList())).ToImmutableArray());
    }

    private static ParameterGradient Gradient(Graph graph, DifferentiatedParameter parameter, List<LeafAdjoint> leaves)
    {
        if (parameter.Tensor is not { } tensor) return new(parameter, ImmutableArray<Axis>.Empty, Total(graph, leaves.Select(leaf => leaf.Adjoint)));

        // Where all reads walk the tensor along the same axes, the gradient is stored along these: moving it to the tensor's own would
        // take its terms apart from equal ones in the value.
        if (leaves.Count > 0 && ReadSites.PlainAxes(leaves[0].Leaf) is { } axes && leaves.All(leaf => ReferenceEquals(leaf.Leaf, leaves[0].Leaf)))
        {
            return new(parameter, axes, Total(graph, leaves.Select(leaf => leaf.Adjoint)));
        }

        return new(parameter, tensor.Axes, Total(graph, leaves.Select(leaf => ReadSites.Map(graph, leaf.Leaf, leaf.Adjoint))));
    }

    private static Node Total(Graph graph, IEnumerable<Node> terms) =>
        terms.Aggregate((Node?)null, (sum, next) => sum is null ? next : graph.Add(sum, next)) ?? graph.Zero;

    private static bool IsReadOf(Node node, DifferentiatedParameter parameter) =>
        (node.Is(Ops.Load) && ReferenceEquals(node.Payload, parameter.Tensor))
        || (node.Is(Ops.Parameter) && ReferenceEquals(node.Payload, parameter.Scalar));
}

/// <summary>The gradients of a loss.</summary>
/// <param name="Upstream">The factor that each of them carries.</param>
/// <param name="Gradients">One for each differentiated parameter, in declaration order.</param>
internal sealed record LossGradients(ScalarParameter Upstream, ImmutableArray<ParameterGradient> Gradients);

/// <summary>The gradient of one parameter.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Axes">The axes along which it is stored, outermost first, of the sizes of the tensor's own; empty for a scalar.</param>
/// <param name="Value">A node with at most these axes.</param>
internal sealed record ParameterGradient(DifferentiatedParameter Parameter, ImmutableArray<Axis> Axes, Node Value);
