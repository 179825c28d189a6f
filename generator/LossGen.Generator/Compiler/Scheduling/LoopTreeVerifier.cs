using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// The rules that every schedule keeps, whatever search found it. A broken rule is a defect of the compiler:
/// <see cref="Verify"/> throws, and the compiler reports it as an internal error.
/// </summary>
internal static class LoopTreeVerifier
{
    private static readonly (string Rule, Func<Statement, bool> Holds)[] StatementRules =
    {
        ("stands in one loop for each axis of its domain", HasLoops),
        ("runs over the strip that it stands in", s => s.Path.Select((l, depth) => l.StripsOf is null || s.Path.Skip(depth).Any(inner => ReferenceEquals(inner.Axis, l.StripsOf))).All(holds => holds)),
        ("stands where it says", s => s.AccumulatorDepth >= 0 && s.StorageDepth <= s.AccumulatorDepth && s.AccumulatorDepth <= s.Path.Length),
        ("accumulates outside all its reduced loops", s => !Axes(s.Path.Take(s.AccumulatorDepth)).Overlaps(s.Reduced)),
        ("keeps every free axis of its value", HasStorage),
        ("is computed before it is read", s => s.Dependencies.All(d => d.Position < s.Position)),
        ("is complete where it is read", s => s.Dependencies.All(d => Placement.CommonDepth(d.Path, s.Path, int.MaxValue) <= Placement.OutermostReduced(d.Path, s.ElsewhereOf(d), d.AccumulatorDepth))),
        ("lives where its readers are", s => s.Consumers.All(c => Placement.CommonDepth(s.Path, c.Path, s.StorageDepth) == s.StorageDepth)),
        ("keeps every position that is read from another", s => s.Consumers.All(c => Placement.OutermostReduced(s.Path, c.ElsewhereOf(s)) >= s.StorageDepth)),
        ("runs over the axes of what it reads", s => s.Dependencies.All(d => (d.Free - s.ElsewhereOf(d)).IsSubsetOf(s.Domain))),
        ("runs in the loop of the states whose position before it reads", s => s.Carried.All(d => d.Path.Any(l => ReferenceEquals(l.Axis, d.Value.State.Recurrence.Axis) && s.Path.Contains(l)))),
        ("runs in its recurrence's direction", s => s.Kind != StatementKind.Scan || s.Path.All(l => !ReferenceEquals(l.Axis, s.Value.State.Recurrence.Axis) || l.IsDescending == s.Value.State.Recurrence.IsDescending)),
        ("reads what its formula needs", ReadsItsFormula),
        ("knows its readers", s => s.Dependencies.All(d => d.Consumers.Contains(s))),
    };

    /// <summary>Throws when a rule is broken.</summary>
    public static void Verify(LoopTree tree)
    {
        if (Violations(tree).FirstOrDefault() is { } violation) throw new InvalidOperationException("Invalid schedule: " + violation);
    }

    /// <summary>What is wrong with a schedule; empty for a valid one.</summary>
    public static IEnumerable<string> Violations(LoopTree tree)
    {
        var seen = new HashSet<Statement>();
        foreach ((Statement statement, ImmutableArray<Loop> path) in Walk(tree.Items, ImmutableArray<Loop>.Empty))
        {
            if (!seen.Add(statement)) yield return Text(statement, "occurs once");
            if (!path.SequenceEqual(statement.Path)) yield return Text(statement, "knows its loops");
            if (statement.Position != seen.Count - 1) yield return Text(statement, "knows its position");
            foreach ((string rule, Func<Statement, bool> holds) in StatementRules)
            {
                if (!holds(statement)) yield return Text(statement, rule);
            }

            if (!statement.Dependencies.All(seen.Contains)) yield return Text(statement, "reads only statements of the tree");
            if (!AliasIsLegal(statement, tree)) yield return Text(statement, "shares a buffer only until that is written");
        }

        foreach (KernelOutput output in tree.Outputs)
        {
            if (seen.Count(s => ReferenceEquals(s.Output, output)) != 1) yield return $"{output.Label} is not written exactly once";
        }

        foreach (Loop loop in tree.Items.OfType<Loop>().SelectMany(Loops))
        {
            if (!tree.VectorAxes.TryGetValue(loop, out Axis? vector)) continue;
            if (!Loops(loop).Any(l => ReferenceEquals(l.Axis, vector))) yield return $"lanes run along {vector.Name}, over which nothing loops";
            if (Loops(loop).Any(l => ReferenceEquals(l.Axis, vector) && l.IsSequential)) yield return $"lanes run along {vector.Name}, the axis of a recurrence";
            if (Loops(loop).Any(l => ReferenceEquals(l.Axis, vector) && Loops(l).Any(tree.VectorAxes.ContainsKey) && !ReferenceEquals(l, loop))) yield return $"lanes run inside of lanes along {vector.Name}";
        }
    }

    private static IEnumerable<Loop> Loops(Loop loop) => loop.Body.OfType<Loop>().SelectMany(Loops).Prepend(loop);

    private static string Text(Statement statement, string rule) => $"not true of {statement.Output?.Label ?? statement.Kind + " " + statement.Value.Id}: {rule}";

    private static IEnumerable<(Statement Statement, ImmutableArray<Loop> Path)> Walk(ImmutableArray<LoopItem> items, ImmutableArray<Loop> path) =>
        items.SelectMany(item => item is Loop loop ? Walk(loop.Body, path.Add(loop)) : new[] { ((Statement)item, path) });

    private static AxisSet Axes(IEnumerable<Loop> path) => AxisSet.Of(path.Select(l => l.Axis));

    private static IEnumerable<Loop> OverPositions(IEnumerable<Loop> path) => path.Where(l => l.StripsOf is null);

    private static bool HasLoops(Statement statement) =>
        Axes(OverPositions(statement.Path)) == statement.Domain && statement.Path.Select(l => l.Axis).Distinct().Count() == statement.Path.Length;

    private static bool HasStorage(Statement statement)
    {
        if (statement.Kind == StatementKind.Store) return true;
        bool accumulator = !statement.Accumulates || Covers(statement.AccumulatorAxes, statement.AccumulatorDepth);
        return accumulator && Covers(statement.StorageAxes, statement.StorageDepth);

        bool Covers(ImmutableArray<Axis> axes, int depth) => AxisSet.Of(axes) == statement.Free - Axes(OverPositions(statement.Path.Take(depth)));
    }

    private static bool ReadsItsFormula(Statement statement)
    {
        Statement[] before = statement.Dependencies.Concat(statement.Carried).Where(d => d.Kind == StatementKind.Scan).ToArray();
        var values = new HashSet<Node>(statement.Dependencies.Select(d => d.Value).Concat(statement.Dependencies.Where(d => d.Computes(d.Expression)).Select(d => d.Expression)));
        var visited = new HashSet<Node>();
        return Covered(statement.Expression);

        bool Covered(Node node)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            bool isOwn = statement.EvaluatesExpression && ReferenceEquals(node, statement.Expression);
            if (!visited.Add(node) || (!isOwn && values.Contains(node))) return true;
            if (node.Is(Ops.Previous) && !before.Any(d => d.Value.State.Equals(node.State))) return false;
            return (isOwn || !node.Op.Is(Ops.Reduce, Ops.Scan, Ops.Scatter, Ops.Order)) && (!node.Is(Ops.At) || values.Contains(node[0])) && node.Arguments.All(Covered);
        }
    }

    private static bool AliasIsLegal(Statement statement, LoopTree tree)
    {
        if (statement.Alias is not { } buffer) return true;
        Statement? store = tree.Statements.SingleOrDefault(s => ReferenceEquals(s.Output, buffer));
        return statement.Kind == StatementKind.Materialize && store is not null && buffer.MayHoldValues && statement.Value.Type == Ir.ValueType.Real
            && BufferAliasing.Fits(statement, store) && tree.Statements.Count(s => ReferenceEquals(s.Alias, buffer)) == 1;
    }
}
