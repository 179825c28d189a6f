using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Needs: a rewritten loss. Gives: for each differentiated parameter the gradient of upstream * loss, summed over the results of a loss
/// per sample, along axes that have the sizes of the parameter's own, in the same graph.
/// </summary>
internal static class Differentiator
{
    /// <param name="loss">The loss.</param>
    /// <param name="realType">Its real type.</param>
    /// <param name="isUnit">Whether what follows the loss has derivative 1, so that no upstream derivative is read.</param>
    public static LossGradients Differentiate(BoundLoss loss, ElementType realType, bool isUnit = false)
    {
        Graph graph = loss.Graph;
        int index = loss.Spans.Length + loss.Scalars.Length + loss.Parts.Length;
        ScalarParameter? upstream = isUnit || loss.ResultSpan is not null ? null : new ScalarParameter(index, "upstream", realType);
        TensorParameter? upstreamSpan = isUnit || loss.ResultSpan is null ? null : new TensorParameter(index, "upstream", realType, loss.ResultSpan.Axes);
        Node seed = upstream is not null ? graph.Parameter(upstream) : upstreamSpan is not null ? graph.Load(upstreamSpan) : graph.One;
        if (loss.ResultSpan is { } span) seed = OfAllPositions(graph, seed, AxisSet.Of(span.Axes) - loss.Result.Axes);
        ImmutableArray<LeafAdjoint> leaves = ReverseMode.Run(graph, loss.Result, seed, node => loss.Differentiated.Any(d => IsReadOf(node, d)));
        ImmutableArray<ParameterGradient> gradients =
            loss.Differentiated.Select(p => Stored(graph, p, leaves.Where(leaf => IsReadOf(leaf.Leaf, p)).ToList())).ToImmutableArray();
        return new LossGradients(upstream, upstreamSpan, gradients, leaves);
    }

    // A value that has lost an axis is the result at every position of it: d/dv sum[m](u v) = sum[m](u).
    private static Node OfAllPositions(Graph graph, Node seed, AxisSet lost) => lost.IsEmpty ? seed : graph.Reduce(ReductionKind.Sum, lost, seed);

    /// <summary>What each read of one parameter contributes, brought together where the parameter is stored.</summary>
    public static ParameterGradient Stored(Graph graph, DifferentiatedParameter parameter, List<LeafAdjoint> leaves)
    {
        if (parameter.Tensor is not { } tensor) return new(parameter, ImmutableArray<Axis>.Empty, Total(graph, leaves.Select(leaf => leaf.Adjoint)));

        // Where all reads walk the tensor along the same axes, the gradient is stored along these: moving it to the tensor's own would
        // take its terms apart from equal ones in the value.
        if (leaves.Count > 0 && ReadSites.PlainAxes(leaves[0].Leaf) is { } axes && leaves.All(leaf => ReferenceEquals(leaf.Leaf, leaves[0].Leaf)))
        {
            return new(parameter, axes, Total(graph, leaves.Select(leaf => leaf.Adjoint)));
        }

        return new(parameter, tensor.Axes, Total(graph, Moved(graph, leaves)));
    }

    // Of what two reads contribute alike, twice that of the one that need not be moved.
    private static IEnumerable<Node> Moved(Graph graph, List<LeafAdjoint> leaves)
    {
        LeafAdjoint?[] rest = leaves.ToArray();
        for (int k = 0; k < rest.Length; k++)
        {
            for (int m = k + 1; m < rest.Length; m++)
            {
                if (rest[k] is not { } one || rest[m] is not { } other || MirroredReads.Shared(graph, one, other) is not { } shared) continue;
                LeafAdjoint first = IsOwn(other.Leaf) ? shared.OfSecond : shared.OfFirst;
                yield return graph.Multiply(graph.Constant(2), ReadSites.Map(graph, first.Leaf, first.Adjoint));
                (rest[k], rest[m]) = (shared.RestOfFirst, shared.RestOfSecond);
            }

            if (rest[k] is { } last) yield return ReadSites.Map(graph, last.Leaf, last.Adjoint);
        }

        bool IsOwn(Node read) => ReadSites.PlainAxes(read) is { } axes && axes.SequenceEqual(read.Tensor.Axes);
    }

    private static Node Total(Graph graph, IEnumerable<Node> terms) =>
        terms.Aggregate((Node?)null, (sum, next) => sum is null ? next : graph.Add(sum, next)) ?? graph.Zero;

    /// <summary>Whether a node reads a parameter.</summary>
    public static bool IsReadOf(Node node, DifferentiatedParameter parameter) =>
        (node.Is(Ops.Load) && ReferenceEquals(node.Payload, parameter.Tensor))
        || (node.Is(Ops.Parameter) && ReferenceEquals(node.Payload, parameter.Scalar));
}

/// <summary>The gradients of a loss.</summary>
/// <param name="Upstream">The factor that each of them carries; null for a loss per sample, and where it is 1.</param>
/// <param name="UpstreamSpan">For a loss per sample, the factors of its results; null where they are 1.</param>
/// <param name="Gradients">One for each differentiated parameter, in declaration order.</param>
/// <param name="Leaves">What they are made of: the adjoint of each read.</param>
internal sealed record LossGradients(
    ScalarParameter? Upstream, TensorParameter? UpstreamSpan, ImmutableArray<ParameterGradient> Gradients, ImmutableArray<LeafAdjoint> Leaves);

/// <summary>The gradient of one parameter.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Axes">The axes along which it is stored, outermost first, of the sizes of the tensor's own; empty for a scalar.</param>
/// <param name="Value">A node with at most these axes.</param>
internal sealed record ParameterGradient(DifferentiatedParameter Parameter, ImmutableArray<Axis> Axes, Node Value);
