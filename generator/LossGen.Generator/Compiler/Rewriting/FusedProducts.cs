using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>
/// Finds the sums a b + c that may be rounded once. Two products that are equal on paper must stay equal in floating point, so c holds none, and nothing that
/// depends on the sum may jump, or end, where the sum is 0.
/// Needs: the nodes of the formula's graph, arguments first, and which have more than one user. Gives: the sums.
/// </summary>
internal sealed class FusedProducts
{
    private readonly HashSet<Node> _shared;
    private readonly HashSet<Node> _withProduct = new();
    private readonly HashSet<Node> _nearZero = new();

    public FusedProducts(ImmutableArray<Node> nodes, HashSet<Node> shared)
    {
        _shared = shared;
        foreach (Node node in nodes)
        {
            if (node.Op.Is(Ops.Multiply, Ops.Divide, Ops.DivideByOneToTwo, Ops.Power) || node.Is(Ops.Reduce) || node.Arguments.Any(_withProduct.Contains)) _withProduct.Add(node);
        }

        for (int k = nodes.Length - 1; k >= 0; k--)
        {
            for (int argument = 0; argument < nodes[k].Arguments.Length; argument++)
            {
                if (_nearZero.Contains(nodes[k]) || !IsSmooth(nodes[k], argument)) _nearZero.Add(nodes[k][argument]);
            }
        }
    }

    /// <summary>The product of such a sum and what is added to it; null where both are rounded on their own.</summary>
    public (Node Product, Node Other)? Of(Node sum)
    {
        if (!sum.Op.Is(Ops.Add, Ops.Subtract) || sum.Axes.IsEmpty || _nearZero.Contains(sum)) return null;
        return IsFree(sum[0], sum[1]) ? (sum[0], sum[1]) : IsFree(sum[1], sum[0]) ? (sum[1], sum[0]) : null;
    }

    /// <summary>Whether a value may be rounded once more or once less: nothing that depends on it jumps, or ends, at 0.</summary>
    public bool MayRound(Node node) => !_nearZero.Contains(node);

    // A choice is made before the loop where it can be, or apart from it, as a class's own term is: what it is added to stays a sum.
    private bool IsFree(Node product, Node other) =>
        product.Is(Ops.Multiply) && !product.Axes.IsEmpty && !_shared.Contains(product) && !_withProduct.Contains(other) && !other.Is(Ops.Select);

    /// <summary>Whether a small change of an argument is a small change of the value, wherever the argument is.</summary>
    private static bool IsSmooth(Node user, int argument) =>
        user.Op.Is(Ops.Add, Ops.Subtract, Ops.Multiply, Ops.Negate) || user.Op.Is(Ops.Exp, Ops.Sigmoid, Ops.Softplus, Ops.Tanh) || user.Op.Is(Ops.Detach, Ops.LogCosh)
        || user.IsReduction(ReductionKind.Sum) || user.IsReduction(ReductionKind.LogSumExp) || user.Op.Is(Ops.SoftmaxWeight, Ops.LogAddExp, Ops.LogAddExpWeight)
        || (user.Op.Is(Ops.Divide, Ops.DivideByOneToTwo, Ops.At, Ops.Checked, Ops.Scatter) && argument == 0) || (user.Is(Ops.Select) && argument > 0)
        || (user.Is(Ops.Power) && argument == 0 && user[1].Is(Ops.Constant) && user[1].Constant >= 2);
}
