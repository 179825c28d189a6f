using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>Graphs that nobody would write: random element-wise operations and reductions over up to four axes, with several outputs.</summary>
internal static class RandomLoss
{
    private static readonly Op[] Unary = [Ops.Abs, Ops.Tanh, Ops.Sin, Ops.Negate, Ops.Atan];
    private static readonly Op[] Binary = [Ops.Add, Ops.Subtract, Ops.Multiply, Ops.NativeMax];
    private static readonly ReductionKind[] Kinds = [ReductionKind.Sum, ReductionKind.Sum, ReductionKind.Max, ReductionKind.Min, ReductionKind.Peak];

    public static ScheduledLoss Make(int seed, int operations)
    {
        var random = new Random(seed);
        var graph = new Graph();
        var axes = new List<Axis>();
        for (int i = random.Next(1, 5); i > 0; i--) axes.Add(NewAxis(graph, axes, random));

        var nodes = new List<Node>();
        for (int i = 0; i < 3; i++)
        {
            Axis[] own = axes.Where(_ => random.Next(3) > 0).ToArray();
            nodes.Add(graph.Load(new TensorParameter(i, "t" + i, ElementType.Single, [.. own])));
        }

        for (int i = 0; i < operations; i++) nodes.Add(Next(graph, nodes, random));
        return new ScheduledLoss(graph, [.. Outputs(graph, axes, nodes, random)], System.Collections.Immutable.ImmutableDictionary<Node, string>.Empty);
    }

    private static Axis NewAxis(Graph graph, List<Axis> axes, Random random)
    {
        string name = "abcd"[axes.Count].ToString();
        return random.Next(4) switch
        {
            0 => graph.NewAxis(name, AffineForm.Of(2)),
            1 when axes.Count > 0 => graph.NewAxis(name, axes[0].Size, isLocal: true),
            _ => graph.NewAxis(name),
        };
    }

    private static Node Next(Graph graph, List<Node> nodes, Random random)
    {
        // Recent nodes more often, so that chains of reductions on reductions come up.
        Node a = nodes[Math.Max(random.Next(nodes.Count), random.Next(nodes.Count))], b = nodes[random.Next(nodes.Count)];
        int choice = random.Next(8);
        if (choice < 3) return graph.Apply(Binary[random.Next(Binary.Length)], a, b);
        if (choice < 5) return graph.Apply(Unary[random.Next(Unary.Length)], a);
        if (choice == 7 && graph.AxesOf(a.Axes).FirstOrDefault() is { } read) return graph.Add(b, graph.At(a, new Dictionary<Axis, Node> { [read] = Index(graph, read, random) }));
        AxisSet reduced = AxisSet.Of(graph.AxesOf(a.Axes).Where(_ => random.Next(2) == 0));
        return reduced.IsEmpty ? graph.Multiply(a, b) : graph.Reduce(Kinds[random.Next(Kinds.Length)], reduced, a);
    }

    private static Node Index(Graph graph, Axis axis, Random random) => random.Next(4) switch
    {
        0 => graph.Integer(random.Next(2)),
        1 => graph.Affine(AffineForm.Of(Symbol.PositionOf(axis)) + AffineForm.Of(random.Next(2) == 0 ? 1 : -1)),
        2 => graph.Affine(axis.Size - AffineForm.One - AffineForm.Of(Symbol.PositionOf(axis))),
        _ => graph.Position(graph.Axes.FirstOrDefault(other => other != axis && other.Size.Equals(axis.Size)) ?? axis),
    };

    private static IEnumerable<KernelOutput> Outputs(Graph graph, List<Axis> axes, List<Node> nodes, Random random)
    {
        Node last = nodes[^1];
        yield return new KernelOutput("loss", [], graph.Sum(last.Axes, last));
        for (int i = 0; i < 3; i++)
        {
            Node value = nodes[^(1 + random.Next(Math.Min(6, nodes.Count)))];
            AxisSet extra = AxisSet.Of(axes.Where(_ => random.Next(3) == 0));
            yield return new KernelOutput("gradient" + i, graph.AxesOf(value.Axes | extra), value);
        }
    }
}
