using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Needs: a rewritten loss. Gives: for each differentiated parameter the gradient of upstream * loss,
/// on the parameter's own storage axes, in the same graph.
/// </summary>
internal static class Differentiator
{
    public static LossGradients Differentiate(BoundLoss loss, ElementType realType)
    {
        Graph graph = loss.Graph;
        var upstream = new ScalarParameter(loss.Tensors.Length + loss.Scalars.Length + loss.Parts.Length, "upstream", realType);
        Node seed = graph.Parameter(upstream);
        ImmutableArray<LeafAdjoint> leaves = ReverseMode.Run(graph, loss.Result, seed, node => loss.Differentiated.Any(d => IsReadOf(node, d)));

        var gradients = ImmutableArray.CreateBuilder<ParameterGradient>();
        foreach (DifferentiatedParameter parameter in loss.Differentiated)
        {
            Node total = leaves
                .Where(leaf => IsReadOf(leaf.Leaf, parameter))
                .Select(leaf => parameter.Tensor is null ? leaf.Adjoint : ReadSites.Map(graph, leaf.Leaf, leaf.Adjoint))
                .Aggregate((Node?)null, (sum, next) => sum is null ? next : graph.Add(sum, next)) ?? graph.Zero;
            gradients.Add(new ParameterGradient(parameter, total));
        }

        return new LossGradients(upstream, gradients.ToImmutable());
    }

    private static bool IsReadOf(Node node, DifferentiatedParameter parameter) =>
        (node.Is(Ops.Load) && ReferenceEquals(node.Payload, parameter.Tensor))
        || (node.Is(Ops.Parameter) && ReferenceEquals(node.Payload, parameter.Scalar));
}

/// <summary>The gradients of a loss.</summary>
/// <param name="Upstream">The factor that each of them carries.</param>
/// <param name="Gradients">One for each differentiated parameter, in declaration order.</param>
internal sealed record LossGradients(ScalarParameter Upstream, ImmutableArray<ParameterGradient> Gradients);

/// <summary>The gradient of one parameter: a node with at most the tensor's storage axes, or without axes for a scalar.</summary>
internal sealed record ParameterGradient(DifferentiatedParameter Parameter, Node Value);
