using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

internal static partial class RuleTables
{
    /// <summary>Reductions: what does not vary leaves, nested sums merge.</summary>
    public static ImmutableArray<RewriteRule> Reductions { get; } = ImmutableArray.Create<RewriteRule>(
        new("reduce over nothing", Ops.Reduce, Fidelity.Exact, (g, n) => n.Reduction.Ranges.IsEmpty ? n[0] : null), // sum[](x) -> x
        new("sum(c && d ? x : 0)", Ops.Reduce, Fidelity.Exact, PullGuards), // sum[a](c && d ? x : 0) -> c ? sum[a](d ? x : 0) : 0
        new("reduce what does not vary", Ops.Reduce, Fidelity.Accurate, Repeated), // sum[a](x) -> size(a) x, max[a](x) -> x
        new("sum(-x)", Ops.Reduce, Fidelity.Exact, (g, n) => IsSum(n) && n[0].Is(Ops.Negate) ? g.Negate(Resum(g, n, n[0][0])) : null), // sum(-x) -> -sum(x)
        new("sum(a / b)", Ops.Reduce, Fidelity.Accurate, (g, n) => IsSum(n) && n[0].Is(Ops.Divide) && !Varies(n, n[0][1])
            ? g.Divide(Resum(g, n, n[0][0]), IfAny(g, n, n[0][1], isDivisor: true)) : null), // sum[a](x / k) -> sum[a](x) / k
        new("sum(k * x)", Ops.Reduce, Fidelity.Accurate, PullFactors), // sum[a](k x) -> k sum[a](x)
        new("sum(sum(x))", Ops.Reduce, Fidelity.Accurate, (g, n) => IsSum(n) && IsSum(n[0]) ? g.Reduce(ReductionKind.Sum, n.Reduction.Ranges.Concat(n[0].Reduction.Ranges), n[0][0]) : null)); // sum[a](sum[b](x)) -> sum[a, b](x)

    private static bool IsSum(Node node) => node.IsReduction(ReductionKind.Sum);

    private static bool Varies(Node reduction, Node node) => node.Axes.Overlaps(reduction.Reduction.Axes);

    private static Node Resum(Graph graph, Node sum, Node body) => graph.Reduce(ReductionKind.Sum, sum.Reduction.Ranges, body);

    private static Node? Repeated(Graph graph, Node node)
    {
        Reduction reduction = node.Reduction;
        ImmutableArray<AxisRange> idle = reduction.Ranges.Where(r => !node[0].Axes.Contains(r.Axis)).ToImmutableArray();
        if (idle.IsEmpty) return null;
        ImmutableArray<AxisRange> kept = reduction.Ranges.RemoveRange(idle);
        Node rest = kept.IsEmpty ? node[0] : graph.Reduce(reduction.Kind, kept, node[0]);
        Node count = idle.Select(r => graph.ToReal(graph.Affine(r.High - r.Low))).Aggregate(graph.Multiply);
        Node some = graph.Compare(Ops.Less, graph.Zero, count);
        if (reduction.Kind == ReductionKind.Sum) return graph.Multiply(count, graph.Select(some, rest, graph.One)); // as in IfAny
        if (reduction.Kind == ReductionKind.Norm) rest = graph.Apply(Ops.Abs, rest);
        Node repeated = reduction.Kind switch
        {
            ReductionKind.Product => graph.Apply(Ops.Power, rest, count),
            ReductionKind.LogSumExp => graph.Add(rest, graph.Apply(Ops.Log, count)),
            ReductionKind.Norm => graph.Multiply(graph.Apply(Ops.Sqrt, count), rest),
            _ => rest,
        };
        Node nothing = reduction.Kind switch
        {
            ReductionKind.Product => graph.One,
            ReductionKind.Max or ReductionKind.Peak or ReductionKind.LogSumExp => graph.Constant(double.NegativeInfinity),
            ReductionKind.Min => graph.Constant(double.PositiveInfinity),
            _ => graph.Zero,
        };
        return graph.Select(some, repeated, nothing);
    }

    private static Node? PullFactors(Graph graph, Node node)
    {
        if (!IsSum(node) || !node[0].Is(Ops.Multiply)) return null;
        var factors = new List<Node>();
        Collect(node[0], factors);
        var constant = factors.Where(f => !Varies(node, f)).ToList();
        if (constant.Count == 0) return null;
        Node varying = factors.Where(f => Varies(node, f)).Aggregate(graph.Multiply);
        Node factor = constant.Aggregate(graph.Multiply);
        return graph.Multiply(IfAny(graph, node, factor), Resum(graph, node, varying));
    }

    private static Node? PullGuards(Graph graph, Node node)
    {
        if (!IsSum(node) || !IsGuarded(node[0])) return null;
        (List<Node> conjuncts, Node value) = GuardsAround(node[0]);
        return Split(graph, conjuncts, c => !Varies(node, c)) is ({ } outer, var inner)
            ? graph.Select(outer, Resum(graph, node, Under(graph, inner, value)), graph.Zero)
            : null;
    }

    // A sum of nothing is 0 also where the factor that left it is not finite, as 1 / size is for an empty axis: then it is times 1. A condition
    // around the product would be a mask of the user's to other rules, behind which even 0 / 0 counts nothing.
    private static Node IfAny(Graph graph, Node sum, Node factor, bool isDivisor = false)
    {
        Node guarded = factor;
        if (MayBeInfinite(factor) || (isDivisor && MayBeNoSize(factor)))
        {
            foreach (AxisRange range in sum.Reduction.Ranges)
            {
                Node some = graph.Compare(Ops.Less, graph.Integer(0), graph.Affine(range.High - range.Low));
                guarded = graph.Select(some, guarded, graph.One);
            }
        }

        return guarded;
    }

    private static bool MayBeInfinite(Node factor)
    {
        var seen = new HashSet<Node>();
        bool Check(Node node) =>
            seen.Add(node) && node.Type == ValueType.Real && !node.Is(Ops.Load)
            && ((node.Is(Ops.Divide) && !node[1].Is(Ops.Constant)) || node.Op.Is(Ops.Reduce, Ops.Log, Ops.Power) || node.Arguments.Any(Check));
        return Check(factor);
    }

    // A divisor made of sizes, those of other axes included: it may be 0 where the sum has no terms.
    private static bool MayBeNoSize(Node divisor)
    {
        var seen = new HashSet<Node>();
        bool Check(Node node) =>
            seen.Add(node) && (node.Is(Ops.Affine) ? !node.Affine.IsConstant : !node.Op.Is(Ops.Load, Ops.At, Ops.Previous, Ops.Scan) && node.Arguments.Any(Check));
        return Check(divisor) && new ValueRanges().Of(divisor) is { Low: <= 0, High: >= 0 };
    }

    private static void Collect(Node node, List<Node> factors)
    {
        if (!node.Is(Ops.Multiply))
        {
            factors.Add(node);
            return;
        }

        Collect(node[0], factors);
        Collect(node[1], factors);
    }
}
