using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Finds the values that may be worth keeping: element-wise, real, with a transcendental inside, and evaluated by two statements or more.
/// Of a chain that the same statements use, only the transcendental and the topmost value are offered.
/// </summary>
internal static class KeepCandidates
{
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

        return shared.Where(n => n.Op.IsHeavy || !covered.Contains(n)).OrderBy(n => n.Id).ToImmutableArray();
    }
}
