using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>
/// Needs: a bound loss on a graph without rules. Gives: the same loss on a graph that applies the rules to every node,
/// now and while later stages build on it.
/// </summary>
internal static class Rewriter
{
    /// <param name="loss">The loss.</param>
    /// <param name="stored">Sums to read from where they are computed for all positions; for devices, where every contraction is stored.</param>
    public static BoundLoss Rewrite(BoundLoss loss, ImmutableDictionary<Node, (Node Whole, Axis Axis, Node Index)>? stored = null)
    {
        var graph = new Graph(RuleSet.Formula.Apply);
        graph.AdoptAxes(loss.Graph);
        var done = new Dictionary<Node, Node>();

        Node Visit(Node node)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (done.TryGetValue(node, out Node known)) return known;
            // Its check is a part of its own by now.
            if (node.Is(Ops.Checked)) return done[node] = Visit(node[0]);
            if (stored is not null && stored.TryGetValue(node, out (Node Whole, Axis Axis, Node Index) read))
                return done[node] = graph.At(Visit(read.Whole), new Dictionary<Axis, Node> { [read.Axis] = Visit(read.Index) });
            return done[node] = graph.Make(node.Op, node.Arguments.Select(Visit).ToImmutableArray(), node.Payload, node.Type);
        }

        Node result = Visit(loss.Result);
        ImmutableArray<BoundPart> parts = loss.Parts.Select(p => p with { Value = Visit(p.Value) }).ToImmutableArray();
        Recurrences.Complete(loss.Graph, graph, done.Keys, n => Visit(n));
        var names = ImmutableDictionary.CreateBuilder<Node, string>();
        foreach (KeyValuePair<Node, string> name in loss.Names.OrderBy(p => p.Key.Id))
        {
            if (done.TryGetValue(name.Key, out Node node) && !names.ContainsKey(node)) names.Add(node, name.Value);
        }

        return loss with { Graph = graph, Result = result, Parts = parts, Names = names.ToImmutable() };
    }
}
