using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// How long rows may be for lanes across them. With lanes along rows, what a row has once is computed for it alone, sums come together across lanes, and each
/// pass ends with a partial vector. With lanes across rows, as many rows as there are lanes share that, but every array has to be turned.
/// </summary>
internal static class ShortRowCost
{
    /// <summary>Lanes that come together in one value.</summary>
    private const int Merging = 14;

    /// <summary>The partial vector at the end of a pass.</summary>
    private const int Tail = 6;

    /// <summary>To turn a vector of an array.</summary>
    private const int Turning = 6;

    /// <summary>To reach the elements of a vector one by one, where an array is not walked from end to end or has another type.</summary>
    private const int Strided = 16;

    /// <summary>Panels stay on the stack, and some of them in the first cache.</summary>
    private const int Longest = 64;

    /// <summary>More arrays than this would leave the first cache.</summary>
    private const int MostArrays = 8;

    private const int Shortest = 4;

    /// <summary>The longest rows for which it pays; 0 for none.</summary>
    public static int LongestRow(Loop root, Axis row, Func<Node, bool> isStatement, ElementType working)
    {
        int once = Tail * root.Body.OfType<Loop>().Count(), each = 0;
        var seen = new HashSet<Node>();
        var arrays = new HashSet<object>();
        foreach (Statement statement in root.Statements)
        {
            if (statement.Reduced.Contains(row)) once += Merging;
            if (statement.Output is { } output && statement.Free.Contains(row) && arrays.Add(output)) each += output.IsNarrow ? Strided : Turning;
            Visit(statement.Expression, statement);
        }

        void Visit(Node node, Statement statement)
        {
            if (node.Axes.IsEmpty || (!ReferenceEquals(node, statement.Expression) && isStatement(node)) || !seen.Add(node)) return;
            if (!node.Axes.Contains(row)) once += node.Op.Cost;
            else if (node.Is(Ops.Load) && node.Axes.Contains(root.Axis) && arrays.Add(node.Tensor)) each += IsTurned(node) ? Turning : Strided;
            foreach (Node argument in node.Arguments) Visit(argument, statement);
        }

        bool IsTurned(Node load) => load.Tensor.Element == working && load.Arguments.All(a => a.Is(Ops.Affine) && a.Affine.PlainAxis is not null);

        // once + vectors > once / lanes + vectors + each length / lanes, of 256 bits
        int lanes = working == ElementType.Double ? 4 : 8;
        int longest = each == 0 ? Longest : Math.Min(Longest, once * (lanes - 1) / each);
        return longest < Shortest || arrays.Count > MostArrays ? 0 : longest;
    }
}
