using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Replaces values in what outputs are computed from; what is read of them by name keeps its name. Recurrences are left as they are.</summary>
internal static class OutputRewriting
{
    /// <param name="graph">The graph of the outputs.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="names">Names of their values.</param>
    /// <param name="replace">What stands for a node, in terms of what stands for those before it, or null for the same of other arguments.</param>
    public static (ImmutableArray<KernelOutput> Outputs, ImmutableDictionary<Node, string> Names) Run(
        Graph graph, ImmutableArray<KernelOutput> outputs, ImmutableDictionary<Node, string> names, Func<Node, IReadOnlyDictionary<Node, Node>, Node?> replace)
    {
        var done = new Dictionary<Node, Node>();
        foreach (Node node in Reachability.WithRecurrences(graph, outputs.Select(o => o.Value)))
            done[node] = replace(node, done) ?? Again(graph, node, node.Arguments.Select(a => done[a]).ToImmutableArray());

        var renamed = ImmutableDictionary.CreateBuilder<Node, string>();
        foreach (KeyValuePair<Node, string> name in names.OrderBy(p => p.Key.Id))
        {
            Node node = done.TryGetValue(name.Key, out Node? other) ? other : name.Key;
            if (!renamed.ContainsKey(node)) renamed.Add(node, name.Value);
        }

        return (outputs.Select(o => o with { Value = done[o.Value] }).ToImmutableArray(), renamed.ToImmutable());
    }

    /// <summary>A node with other arguments.</summary>
    public static Node Again(Graph graph, Node node, ImmutableArray<Node> arguments) =>
        node.Arguments.SequenceEqual(arguments) ? node : graph.Make(node.Op, arguments, node.Payload, node.Type);
}
