using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// The schedule for devices. Needs: lowered outputs. Gives: a tree in which every root loop is a launch. Arithmetic costs little there,
/// so a value is stored only where an item would compute again what other items have: the factors of a contraction.
/// </summary>
internal static class DeviceSchedule
{
    public static LoopTree Of(Graph graph, ImmutableArray<KernelOutput> outputs, CancellationToken ct)
    {
        IReadOnlyList<Axis> axes = LoopOrder.Of(graph.Axes);
        StatementGraph statements = StatementGraph.Collect(graph, outputs, new NodeSet());
        ImmutableArray<DeviceNest> nests = DeviceFusion.Fuse(statements, axes);
        ct.ThrowIfCancellationRequested();
        if (nests.SelectMany(n => Repeated(n, axes)).ToList() is { Count: > 0 } repeated)
        {
            statements = StatementGraph.Collect(graph, outputs, new NodeSet(repeated));
            nests = DeviceFusion.Fuse(statements, axes);
        }

        var items = ImmutableArray.CreateBuilder<LoopItem>();
        var threads = ImmutableDictionary.CreateBuilder<Loop, Axis>();
        foreach (DeviceNest nest in nests)
        {
            LoopItem[] loops = nest.Loops().ToArray();
            items.AddRange(loops);
            if (nest.ThreadAxis is not { } axis) continue;
            foreach (Loop root in loops.OfType<Loop>().Where(r => r.Statements.Any(s => s.Domain.Contains(axis)))) threads[root] = axis;
        }

        Placement.Apply(statements, items.ToImmutable(), axes);
        BufferAliasing.Apply(statements);
        var tree = new LoopTree(items.ToImmutable(), outputs, threads.ToImmutable(), Cost: 0);
        LoopTreeVerifier.Verify(tree);
        return tree;
    }

    /// <summary>The largest values with a transcendental or a division inside that several items would compute, each in a loop of its own.</summary>
    private static IEnumerable<Node> Repeated(DeviceNest nest, IReadOnlyList<Axis> axes)
    {
        foreach (StatementFacts statement in nest.Statements)
        {
            var heavy = new HashSet<Node>();
            var inside = new HashSet<Node>();
            foreach (Node node in statement.Interior)
            {
                if (!node.Op.IsHeavy && !node.Op.Is(Ops.Divide, Ops.DivideByOneToTwo) && !node.Arguments.Any(heavy.Contains)) continue;
                heavy.Add(node);
                if (IsRepeated(node)) inside.UnionWith(node.Arguments);
            }

            foreach (Node node in heavy.Where(n => IsRepeated(n) && !inside.Contains(n))) yield return node;
        }

        bool IsRepeated(Node node) =>
            node.Type == Ir.ValueType.Real && node.Open.IsEmpty && !(node.Axes - nest.Items).IsEmpty && FusionGroup.Unbounded(nest.Items - node.Axes, axes) > 0;
    }
}
