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
    /// <summary>Weights that cost no more are computed as soon as they are read, but for conditions, which would be branches.</summary>
    private const int LightestWeight = 2;

    /// <summary>A quotient and more: what costs less is computed as soon as it is read.</summary>
    private const int LightestRepeated = 4;

    /// <summary>Functions of the rows or the columns of a contraction, or of a whole nest: what costs less is computed again in each tile or item.</summary>
    private const int LightestOfNest = 8;

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
        return statement.Interior.Where(n => n.Axes.Contains(statement.Lanes!)).SelectMany(n => n.Arguments).Select(n => n.Indicator ?? n).Where(n =>
            n.Type == Ir.ValueType.Real && n.Op.IsElementwise && cost.TryGetValue(n, out int all) && (all > LightestWeight || n.IsIndicator) && !n.Axes.Contains(statement.Lanes!)
            && n.Axes.Overlaps(statement.Reduced) && n.Axes.Overlaps(statement.Free)).Distinct();
    }

    /// <summary>The values of a statement that do not vary along a loop around their own, or, of a contraction, along any, as far as others use them than such values.</summary>
    private static IEnumerable<Node> Repeated(StatementFacts statement)
    {
        if (!statement.Recurrences.IsEmpty) return [];
        ImmutableArray<Axis> loops = statement.Statement.Path.Where(l => l.StripsOf is null).Select(l => l.Axis).ToImmutableArray();
        Dictionary<Node, int> cost = Costs(statement);
        var repeated = new HashSet<Node>(statement.Interior.Where(n => IsRepeated(n, outermost: 0)));
        IEnumerable<Node> used = statement.Interior.Where(n => !repeated.Contains(n)).SelectMany(n => n.Arguments).Append(statement.Statement.Expression);
        return used.Where(n => repeated.Contains(n) && cost[n] >= (statement.Lanes is null && IsRepeated(n, outermost: 1) ? LightestRepeated : LightestOfNest)).Distinct();

        bool IsRepeated(Node node, int outermost)
        {
            if (node.Type != Ir.ValueType.Real || !(node.Op.IsElementwise || node.Is(Ops.Load))) return false;
            if (statement.Lanes is not null) return !node.Axes.IsEmpty && !statement.Statement.Domain.IsSubsetOf(node.Axes);
            int own = loops.Length - 1;
            while (own >= 0 && !node.Axes.Contains(loops[own])) own--;
            return loops.Take(own).Skip(outermost).Any(outer => !node.Axes.Contains(outer));
        }
    }

    // What it takes to compute each value of a statement by itself.
    private static Dictionary<Node, int> Costs(StatementFacts statement)
    {
        var cost = new Dictionary<Node, int>();
        foreach (Node node in statement.Interior) cost[node] = node.Op.Cost + Stride(statement, node) + node.Arguments.Sum(a => cost.TryGetValue(a, out int inside) ? inside : 0);
        return cost;
    }

    // Neighbours that do not stand side by side are read one by one; no lanes run along a short axis.
    private static int Stride(StatementFacts statement, Node node)
    {
        if (!node.Is(Ops.Load)) return 0;
        Axis? own = statement.Statement.Path.Where(l => !l.Axis.IsShort && node.Axes.Contains(l.Axis)).Select(l => l.Axis).LastOrDefault();
        return own is null || AccessScore.IsContiguous(node, own) ? 0 : CostModel.Gather;
    }
}
