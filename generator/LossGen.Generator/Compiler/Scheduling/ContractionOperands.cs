using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Turns what contractions read of their columns, once for all rows, so that it is contiguous along the axis of their lanes. And makes numbers of the
/// conditions that lanes share, so that they may be kept, computed in lanes: without lanes there is a branch in each of them.
/// Needs: lowered outputs. Gives: the same values, in which such an operand is a node of its own that is kept: sum[d](x * y[m, d]) -> sum[d](x * operand[m](y[m, d])),
/// sum[n](c[n, m] ? x : 0) -> sum[n]((c ? 1 : 0) != 0 ? x : 0).
/// </summary>
internal static class ContractionOperands
{
    public static (ImmutableArray<KernelOutput> Outputs, ImmutableDictionary<Node, string> Names) Turn(Graph graph, ImmutableArray<KernelOutput> outputs, ImmutableDictionary<Node, string> names)
    {
        IReadOnlyList<Axis> order = LoopOrder.Of(graph.Axes);
        ImmutableArray<Node> nodes = Reachability.WithRecurrences(graph, outputs.Select(o => o.Value));

        // A recurrence has one order of steps; nothing in it waits for arithmetic.
        if (nodes.Any(n => n.Op.Is(Ops.Scan, Ops.Previous))) return (outputs, names);
        Dictionary<Node, Contraction> contractions = nodes.Select(n => (Node: n, Contraction: Contraction.Of(n, order))).Where(p => p.Contraction is not null).ToDictionary(p => p.Node, p => p.Contraction!);
        if (contractions.Count == 0) return (outputs, names);

        return OutputRewriting.Run(graph, outputs, names, (node, done) =>
        {
            if (!contractions.TryGetValue(node, out Contraction contraction)) return null;
            Dictionary<Node, Node> made = contraction.IsTurned ? contraction.Operands(node).ToDictionary(o => o, o => Turned(done[o], contraction.Lanes)) : new();
            return OutputRewriting.Again(graph, node, [Term(contraction, node, node[0], made, done)]);
        });

        // Conditions are kept as numbers.
        Node Turned(Node value, Axis lanes) => value.Type == Ir.ValueType.Real
            ? graph.Make(Ops.Operand, [value], lanes, Ir.ValueType.Real)
            : graph.Compare(Ops.NotEqual, Turned(graph.ToReal(value), lanes), graph.Zero);

        // The term with its operands and conditions in place.
        Node Term(Contraction contraction, Node sum, Node node, Dictionary<Node, Node> made, IReadOnlyDictionary<Node, Node> done)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (made.TryGetValue(node, out Node known)) return known;
            (ImmutableArray<(Node Condition, bool Holds)> conditions, Node chosen) = contraction.Choice(sum, node);
            if (!conditions.IsEmpty)
            {
                Node all = conditions.Select(c => c.Holds ? done[c.Condition] : graph.Not(done[c.Condition])).Aggregate(graph.And);
                return made[node] = graph.Select(graph.Compare(Ops.NotEqual, graph.ToReal(all), graph.Zero), Term(contraction, sum, chosen, made, done), graph.Zero);
            }

            return made[node] = node.Op.IsElementwise ? OutputRewriting.Again(graph, node, node.Arguments.Select(a => Term(contraction, sum, a, made, done)).ToImmutableArray()) : done[node];
        }
    }
}
