using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

internal static partial class RuleTables
{
    /// <summary>Powers with an exponent known at build time: products, square roots, reciprocals.</summary>
    public static ImmutableArray<RewriteRule> Powers { get; } = ImmutableArray.Create(
        new RewriteRule("x^k", Ops.Power, Fidelity.Accurate, (g, n) => n[1].Is(Ops.Constant) ? ConstantPower(g, n[0], n[1].Constant) : null)); // x^3 -> x x x, x^-0.5 -> 1 / sqrt(x)

    private const int LargestProduct = 16;

    private static Node? ConstantPower(Graph graph, Node x, double exponent)
    {
        double size = Math.Abs(exponent);
        if (size > LargestProduct || size * 2 != Math.Floor(size * 2)) return null;
        if (exponent < 0)
        {
            // A half-integer pole has derivative -inf there; sqrt's convention at 0 would hide it.
            return size == Math.Floor(size) ? graph.Divide(graph.One, ConstantPower(graph, x, size)!) : null;
        }

        int whole = (int)Math.Floor(size);
        Node? result = Product(graph, x, whole);
        if (size == whole) return result ?? graph.One;
        Node root = graph.Apply(Ops.Sqrt, x);
        return result is null ? root : graph.Multiply(result, root);
    }

    // Repeated squaring: x^6 = x^2 (x^2)^2.
    private static Node? Product(Graph graph, Node x, int exponent)
    {
        Node? result = null;
        for (Node square = x; exponent > 0; exponent >>= 1, square = graph.Multiply(square, square))
        {
            if ((exponent & 1) != 0) result = result is null ? square : graph.Multiply(result, square);
            if (exponent == 1) break;
        }

        return result;
    }
}
