using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>Which nodes some roots need, in evaluation order.</summary>
internal static class Reachability
{
    /// <summary>The roots and everything below them, arguments before their users.</summary>
    public static ImmutableArray<Node> Of(IEnumerable<Node> roots)
    {
        var seen = new NodeSet();
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>();
        foreach (Node root in roots) Visit(root);
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (Node argument in nodes[i].Arguments) Visit(argument);
        }

        nodes.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return nodes.ToImmutable();

        void Visit(Node node)
        {
            if (seen.Add(node)) nodes.Add(node);
        }
    }

    /// <summary>The same with the steps of recurrences of which only the position before is read.</summary>
    public static ImmutableArray<Node> WithRecurrences(Graph graph, IEnumerable<Node> roots)
    {
        ImmutableArray<Node> nodes = Of(roots);
        while (true)
        {
            var scans = nodes.Where(n => n.Is(Ops.Previous)).Select(n => graph.ScanOf(n.State)).ToList();
            ImmutableArray<Node> more = scans.Count == 0 ? nodes : Of(nodes.Concat(scans));
            if (more.Length == nodes.Length) return nodes;
            nodes = more;
        }
    }

    /// <summary>The integer forms that some nodes hold: affine values and ends of reductions.</summary>
    public static IEnumerable<AffineForm> Forms(IEnumerable<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            if (node.Payload is AffineForm form) yield return form;
            if (node.Payload is RecurrentState state) yield return state.Recurrence.Axis.Size;
            if (node.Is(Ops.Checked)) yield return ((Axis)node.Payload!).Size;
            if (node.Payload is IndexedAxes indexed)
            {
                foreach (Axis axis in indexed.Axes) yield return axis.Size;
            }

            if (node.Payload is not Reduction reduction) continue;
            foreach (AxisRange range in reduction.Ranges)
            {
                yield return range.Low;
                yield return range.High;
                yield return range.Axis.Size;
            }
        }
    }
}
