using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>
/// Finds where a formula joins elements of one tensor in a nonlinear way. Needs: a loss on the graph as it was written. Gives: the
/// characters to mark; those of the whole result when no single expression is at fault.
/// </summary>
internal sealed class CoupledElements
{
    private readonly BoundLoss _loss;
    private readonly TensorParameter _tensor;
    private readonly Dictionary<Node, HashSet<Node>> _reads = new();
    private readonly HashSet<(Node, bool)> _seen = new();

    private CoupledElements(BoundLoss loss, TensorParameter tensor)
    {
        _loss = loss;
        _tensor = tensor;
    }

    public static TextSpan Find(BoundLoss loss, TensorParameter tensor)
    {
        loss.Places.TryGetValue(loss.Result, out TextSpan whole);
        return new CoupledElements(loss, tensor).Visit(loss.Result, isLinear: true, whole) ?? whole;
    }

    private TextSpan? Visit(Node node, bool isLinear, TextSpan around)
    {
        if (Reads(node).Count == 0 || !_seen.Add((node, isLinear))) return null;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_loss.Places.TryGetValue(node, out TextSpan own)) around = own;
        if (node.Is(Ops.Reduce))
        {
            bool joins = Reads(node).Any(read => read.Axes.Overlaps(node.Reduction.Axes));
            if (joins && !(isLinear && node.Reduction.Kind == ReductionKind.Sum)) return around;
            return Visit(node[0], isLinear && node.Reduction.Kind == ReductionKind.Sum, around);
        }

        if (!node.Op.IsElementwise && !node.Op.Is(Ops.Load, Ops.Checked)) return around;
        bool[] linear = node.Arguments.Select((_, i) => isLinear && IsLinear(node, i)).ToArray();
        for (int i = 0; i < linear.Length; i++)
        {
            if (Visit(node[i], linear[i], around) is { } found) return found;
        }

        // Two reads of the tensor meet in the outermost operation that is not linear.
        bool begins = isLinear && node.Arguments.Where((a, i) => !linear[i]).SelectMany(Reads).Any();
        return begins && Reads(node).Count > 1 ? around : null;
    }

    private bool IsLinear(Node node, int argument) =>
        node.Op.Is(Ops.Add, Ops.Subtract, Ops.Negate)
        || (node.Is(Ops.Select) && argument > 0)
        || (node.Is(Ops.Multiply) && Reads(node[1 - argument]).Count == 0)
        || (node.Is(Ops.Divide) && argument == 0 && Reads(node[1]).Count == 0);

    /// <summary>The reads of the tensor that a value depends on smoothly.</summary>
    private HashSet<Node> Reads(Node node)
    {
        if (_reads.TryGetValue(node, out HashSet<Node> known)) return known;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var reads = new HashSet<Node>();
        if (node.Type == ValueType.Real && !node.Is(Ops.Detach))
        {
            if (node.Is(Ops.Load) && ReferenceEquals(node.Payload, _tensor)) reads.Add(node);
            foreach (Node argument in node.Arguments) reads.UnionWith(Reads(argument));
        }

        return _reads[node] = reads;
    }
}
