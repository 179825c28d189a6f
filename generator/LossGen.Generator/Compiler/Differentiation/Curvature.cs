using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Second derivatives by each element: the adjoint of each read, differentiated once more by that read on the same graph.
/// Needs: the gradients of a loss whose Hessian is diagonal. Gives: for each differentiated parameter the diagonal, on the
/// parameter's own storage axes.
/// </summary>
internal static class Curvature
{
    public static ImmutableArray<ParameterGradient> Of(BoundLoss loss, LossGradients gradients) =>
        loss.Differentiated.Select(parameter => Of(loss.Graph, parameter, gradients)).ToImmutableArray();

    /// <summary>
    /// Whether the adjoint of every read depends on that read alone: not on other elements through a reduction over the read's own axes, nor
    /// on another read of the same tensor. A scalar has one element.
    /// </summary>
    public static bool IsDiagonal(DifferentiatedParameter parameter, LossGradients gradients) =>
        parameter.Tensor is null || gradients.Leaves.Where(leaf => Differentiator.IsReadOf(leaf.Leaf, parameter)).All(IsOwn);

    /// <summary>Whether a second derivative would run through a recurrence, which has none here: its steps speak of the differentiated parameter.</summary>
    public static bool NeedsRecurrence(BoundLoss loss, LossGradients gradients) =>
        loss.Differentiated.Any(parameter => gradients.Leaves.Any(leaf => Differentiator.IsReadOf(leaf.Leaf, parameter) && IsReached(loss.Graph, leaf.Adjoint, parameter)));

    // Nothing but the states of recurrences is looked into: what else the adjoint reads has second derivatives.
    private static bool IsReached(Graph graph, Node adjoint, DifferentiatedParameter parameter)
    {
        IEnumerable<Node> scans = Reachability.Of([adjoint]).Where(n => n.Op.Is(Ops.Scan, Ops.Previous)).Select(n => graph.ScanOf(n.State));
        return Reachability.WithRecurrences(graph, scans).Any(n => Differentiator.IsReadOf(n, parameter));
    }

    private static ParameterGradient Of(Graph graph, DifferentiatedParameter parameter, LossGradients gradients)
    {
        // d/dR of the adjoint, at each position of the read; the seeds of different positions do not meet.
        LeafAdjoint Second(LeafAdjoint leaf) => leaf with
        {
            Adjoint = ReverseMode.Run(graph, leaf.Adjoint, graph.One, node => ReferenceEquals(node, leaf.Leaf)).Select(l => l.Adjoint).FirstOrDefault() ?? graph.Zero,
        };

        return Differentiator.Stored(graph, parameter, gradients.Leaves.Where(leaf => Differentiator.IsReadOf(leaf.Leaf, parameter)).Select(Second).ToList());
    }

    private static bool IsOwn(LeafAdjoint leaf)
    {
        // What a condition or an index reads has no derivative: only real arguments are followed.
        var states = new Dictionary<Node, (bool Reads, bool IsCoupled)>();
        return !State(leaf.Adjoint).IsCoupled;

        (bool Reads, bool IsCoupled) State(Node node)
        {
            if (node.Type != ValueType.Real || node.Is(Ops.Detach)) return default;
            if (states.TryGetValue(node, out (bool, bool) known)) return known;
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            bool isRead = node.Is(Ops.Load) && ReferenceEquals(node.Payload, leaf.Leaf.Payload);
            bool reads = isRead, isCoupled = isRead && !ReferenceEquals(node, leaf.Leaf);
            foreach ((bool readsToo, bool isCoupledToo) in node.Arguments.Select(State)) (reads, isCoupled) = (reads | readsToo, isCoupled | isCoupledToo);

            // Recurrences and values read elsewhere join positions as reductions over the read's own axes do.
            bool joins = node.Is(Ops.Reduce) ? node.Reduction.Axes.Overlaps(leaf.Leaf.Axes) : !node.Op.IsElementwise && !node.Op.Is(Ops.Load, Ops.Checked);
            isCoupled |= reads && joins;
            return states[node] = (reads, isCoupled);
        }
    }
}
