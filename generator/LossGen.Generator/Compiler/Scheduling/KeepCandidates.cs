using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Finds the values that may be worth keeping: element-wise, real, with a transcendental inside, and evaluated by two statements or more, or a
/// few numbers, as the weights of a window: around those that are not kept, loops over all else would compute them again.
/// Of a chain that the same statements use, only the transcendental and the topmost value are offered.
/// And the weights of contractions: what a term has of its row and its position of the sum together, which is computed without lanes there.
/// And what a loop would compute again at each of its positions, because the value's own loop stands inside of it: a row's reciprocals, for instance.
/// </summary>
internal static class KeepCandidates
{
    /// <summary>Weights that cost no more are computed as soon as they are read.</summary>
    private const int LightestWeight = 2;

    /// <summary>A quotient and more: what costs less is computed as soon as it is read.</summary>
    private const int LightestRepeated = 4;

    /// <summary>Functions of the rows or the columns of a contraction: what costs less is computed again in each tile.</summary>
    private const int LightestOfContraction = 8;

    /// <summary>The candidates in order of creation, so that arguments come before what is built on them.</summary>
    public static ImmutableArray<Node> Find(StatementGraph graph)
    {
        var users = new Dictionary<Node, List<StatementFacts>>();
        var few = new HashSet<Node>();
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
                if (statement.Statement.Path.All(l => l.Axis.IsConstantSize || !node.Axes.Contains(l.Axis))) few.Add(node);
            }
        }

        List<Node> shared = users.Where(p => p.Value.Count > 1 || few.Contains(p.Key)).Select(p => p.Key).ToList();
        var covered = new HashSet<Node>();
        foreach (Node node in shared)
        {
            foreach (Node argument in node.Arguments)
            {
                if (users.TryGetValue(argument, out List<StatementFacts>? list) && list.SequenceEqual(users[node])) covered.Add(argument);
            }
        }

        return shared.Where(n => n.Op.IsHeavy || !covered.Contains(n)).Concat(graph.Statements.SelectMany(Weights)).Concat(graph.Statements.SelectMany(Repeated)).Distinct().OrderBy(n => n.Id).ToImmutableArray();
    }

    /// <summary>The largest values of a contraction that its lanes share, of two axes or more, one of which is summed over.</summary>
    private static IEnumerable<Node> Weights(StatementFacts statement)
    {
        if (!statement.IsContraction) return [];
        Dictionary<Node, int> cost = Costs(statement);
        return statement.Interior.Where(n => n.Axes.Contains(statement.Lanes!)).SelectMany(n => n.Arguments).Where(n =>
            n.Type == Ir.ValueType.Real && n.Op.IsElementwise && cost.TryGetValue(n, out int all) && all > LightestWeight && !n.Axes.Contains(statement.Lanes!)
            && n.Axes.Overlaps(statement.Reduced) && n.Axes.Overlaps(statement.Free)).Distinct();
    }

    /// <summary>The largest values of a statement that do not vary along a loop between the outermost one and their own, or, of a contraction, along any.</summary>
    private static IEnumerable<Node> Repeated(StatementFacts statement)
    {
        if (!statement.Recurrences.IsEmpty) return [];
        ImmutableArray<Axis> loops = statement.Statement.Path.Where(l => l.StripsOf is null).Skip(1).Select(l => l.Axis).ToImmutableArray();
        Dictionary<Node, int> cost = Costs(statement);
        Node[] repeated = statement.Interior.Where(IsRepeated).ToArray();
        var inside = new HashSet<Node>(repeated.SelectMany(n => n.Arguments));
        return repeated.Where(n => cost[n] >= (statement.Lanes is null ? LightestRepeated : LightestOfContraction) && !inside.Contains(n));

        bool IsRepeated(Node node)
        {
            if (node.Type != Ir.ValueType.Real || !node.Op.IsElementwise) return false;
            if (statement.Lanes is not null) return !node.Axes.IsEmpty && !statement.Statement.Domain.IsSubsetOf(node.Axes);
            int own = loops.Length - 1;
            while (own >= 0 && !node.Axes.Contains(loops[own])) own--;
            return loops.Take(own).Any(outer => !node.Axes.Contains(outer));
        }
    }

    // What it takes to compute each value of a statement by itself.
    private static Dictionary<Node, int> Costs(StatementFacts statement)
    {
        var cost = new Dictionary<Node, int>();
        foreach (Node node in statement.Interior) cost[node] = node.Op.Cost + node.Arguments.Sum(a => cost.TryGetValue(a, out int inside) ? inside : 0);
        return cost;
    }
}
