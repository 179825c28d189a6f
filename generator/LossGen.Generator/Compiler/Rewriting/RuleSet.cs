using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>Tables of rules, indexed by the operation they look at. A graph applies the first row that fits, until none does.</summary>
internal sealed class RuleSet
{
    private readonly Dictionary<Op, List<RewriteRule>> _byTrigger = new();

    private RuleSet(IEnumerable<RewriteRule> rules)
    {
        Rules = rules.ToImmutableArray();
        foreach (RewriteRule rule in Rules)
        {
            if (!_byTrigger.TryGetValue(rule.Trigger, out List<RewriteRule> list)) _byTrigger[rule.Trigger] = list = new();
            list.Add(rule);
        }
    }

    /// <summary>For the formula and its gradient: stable forms first, since later rules would hide their patterns.</summary>
    public static RuleSet Formula { get; } = new(
        RuleTables.Constants.Concat(RuleTables.Powers).Concat(RuleTables.Stability).Concat(RuleTables.Logarithms).Concat(RuleTables.Guards).Concat(RuleTables.Selections).Concat(RuleTables.Algebra).Concat(RuleTables.Reductions));

    /// <summary>For lowered kernels: the stable forms must stay taken apart, and scaled sums of squares scaled.</summary>
    public static RuleSet Lowered { get; } = new(RuleTables.Constants.Concat(RuleTables.Selections).Concat(RuleTables.Minima).Concat(RuleTables.Hoisting).Concat(RuleTables.Algebra));

    public ImmutableArray<RewriteRule> Rules { get; }

    public Node? Apply(Graph graph, Node node)
    {
        if (!_byTrigger.TryGetValue(node.Op, out List<RewriteRule> rules)) return null;
        foreach (RewriteRule rule in rules)
        {
            if (rule.Apply(graph, node) is { } better) return better;
        }

        return null;
    }
}
