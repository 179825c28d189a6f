using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Finds the values that may be worth keeping: element-wise, real, with a transcendental inside, and evaluated by two statements or more.
/// Of a chain that the same statements use, only the transcendental and the topmost value are offered.
/// And the weights of contractions: what a term has of its row and its position of the sum together, which is computed without lanes there.
/// </summary>
internal static class KeepCandidates
{
    /// <summary>Weights that cost no more are computed as soon as they are read.</summary>
    private const int LightestWeight = 2;

    /// <summary>The candidates in order of creation, so that arguments come before what is built on them.</summary>
    public static ImmutableArray<Node> Find(StatementGraph graph)
    {
        var users = new Dictionary<Node, List<StatementFacts>>();
        foreach (StatementFacts statement in graph.Statements)
        {
            var heavy = new HashSet<Node>();
            foreach (Node node in statement.Interior)
            {
                if (!node.Op.IsHeavy && !node.Arguments.Any(heavy.Contains)) continue;
                heavy.Add(node);
                if (node.Axes.IsEmpty || node.Type != Ir.ValueType.Real) continue;
                if (!users.TryGetValue(node, out List<StatementFacts>? list)) users[node] = list = new List<StatementFacts>();
                list.Add(statement);
            }
        }

        List<Node> shared = users.Where(p => p.Value.Count > 1).Select(p => p.Key).ToList();
        var covered = new HashSet<Node>();
        foreach (Node node in shared)
        {
            foreach (Node argument in node.Arguments)
            {
                if (users.TryGetValue(argument, out List<StatementFacts>? list) && list.SequenceEqual(users[node])) covered.Add(argument);
            }
        }

        return shared.Where(n => n.Op.IsHeavy || !covered.Contains(n)).Concat(graph.Statements.SelectMany(Weights)).Distinct().OrderBy(n => n.Id).ToImmutableArray();
    }

    /// <summary>The largest values of a contraction that its lanes share, of two axes or more, one of which is summed over.</summary>
    private static IEnumerable<Node> Weights(StatementFacts statement)
    {
        if (!statement.IsContraction) return [];
        var cost = new Dictionary<Node, int>();
        foreach (Node node in statement.Interior) cost[node] = node.Op.Cost + node.Arguments.Sum(a => cost.TryGetValue(a, out int inside) ? inside : 0);
        return statement.Interior.Where(n => n.Axes.Contains(statement.Lanes!)).SelectMany(n => n.Arguments).Where(n =>
            n.Type == Ir.ValueType.Real && n.Op.IsElementwise && cost.TryGetValue(n, out int all) && all > LightestWeight && !n.Axes.Contains(statement.Lanes!)
            && n.Axes.Overlaps(statement.Reduced) && n.Axes.Overlaps(statement.Free)).Distinct();
    }
}
