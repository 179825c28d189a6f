using System.Runtime.CompilerServices;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>Whether the reads of an expression say by themselves that an index of an axis must lie in it.</summary>
internal static class IndexedReads
{
    /// <summary>Whether a tensor is read along the axis wherever the node is evaluated.</summary>
    public static bool Cover(Node node, Axis axis)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!node.Axes.Contains(axis)) return false;
        if (node.Is(Ops.Load))
        {
            for (int k = 0; k < node.Arguments.Length; k++)
            {
                if (node[k].Is(Ops.Affine) && ReferenceEquals(node[k].Affine.PlainAxis, axis) && node.Tensor.Axes[k].Size.Equals(axis.Size)) return true;
            }
        }

        // A read of a stored value is checked as one of a tensor is.
        if (node.Op.Is(Ops.Scan, Ops.At, Ops.Previous)) return true;

        // A branch, or the right side of && and ||, is not always evaluated.
        bool isConditional = node.Is(Ops.Select) || node.Is(Ops.IntegerSelect) || node.Is(Ops.And) || node.Is(Ops.Or);
        return isConditional ? Cover(node[0], axis) : node.Arguments.Any(a => Cover(a, axis));
    }
}
