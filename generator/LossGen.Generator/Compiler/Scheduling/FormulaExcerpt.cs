using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Prints a formula for a reader, whose eyes end long before a shared graph's written-out tree does: what lies too deep is left out.
/// </summary>
internal static class FormulaExcerpt
{
    private const int MostTerms = 120;
    private const string LeftOut = "...";

    /// <summary>The formula of a node; what <paramref name="name"/> knows, other than the node itself, is written by name.</summary>
    public static string Print(Node node, Func<Node, string?> name)
    {
        Dictionary<Node, int> levels = Levels(node, name);
        int deepest = levels.Values.Max() + 1, depth = 1;

        // The deeper, the longer.
        while (depth < deepest && IsShort(depth + 1)) depth++;
        string text = NodePrinter.Print(node, n => ReferenceEquals(n, node) ? null : name(n) ?? (IsCut(n, depth) ? LeftOut : null), expandTop: true);
        return NodePrinter.Strip(text);

        bool IsShort(int depth)
        {
            int left = MostTerms;
            return Fits(node, n => IsCut(n, depth), ref left);
        }

        bool IsCut(Node n, int depth) => (levels[n] >= depth && !n.Arguments.IsEmpty) || (!ReferenceEquals(n, node) && name(n) is not null);
    }

    // The shortest way from the top; what has a name has nothing below it.
    private static Dictionary<Node, int> Levels(Node top, Func<Node, string?> name)
    {
        var levels = new Dictionary<Node, int> { [top] = 0 };
        var queue = new Queue<Node>();
        queue.Enqueue(top);
        while (queue.Count > 0)
        {
            Node node = queue.Dequeue();
            if (!ReferenceEquals(node, top) && name(node) is not null) continue;
            foreach (Node argument in node.Arguments)
            {
                if (levels.ContainsKey(argument)) continue;
                levels[argument] = levels[node] + 1;
                queue.Enqueue(argument);
            }
        }

        return levels;
    }

    // Whether no more terms are left to print than may be.
    private static bool Fits(Node node, Func<Node, bool> isCut, ref int left)
    {
        if (--left < 0) return false;
        if (isCut(node)) return true;
        foreach (Node argument in node.Arguments)
        {
            if (!Fits(argument, isCut, ref left)) return false;
        }

        return true;
    }
}
