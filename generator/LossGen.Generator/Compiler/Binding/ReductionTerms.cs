using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Binding;

/// <summary>
/// Which terms a reduction has: those at which its body is defined. A condition on reduced axes shortens the reduction, to a range where
/// it says no more than that; one on free axes alone stays with the value and takes positions out of whatever is made of it.
/// </summary>
internal sealed class ReductionTerms(Graph graph)
{
    private readonly ReadDomain _domain = new(graph);

    public Graph Graph => graph;

    /// <summary>The conditions under which a value is defined at a position of its free axes.</summary>
    public ImmutableArray<ReadCondition> DomainOf(Node value) => _domain.Of(value).Select(_domain.WholeWindow).ToImmutableArray();

    /// <summary>The terms of a reduction of <paramref name="body"/> over some axes.</summary>
    public ReducedTerms Over(AxisSet axes, Node body)
    {
        ImmutableArray<ReadCondition> all = DomainOf(body);
        List<ReadCondition> open = all.Where(c => c.Form.Axes.Overlaps(axes)).Distinct().ToList();
        ImmutableArray<ReadCondition> outer = all.Where(c => !c.Form.Axes.Overlaps(axes)).Select(c => ReadDomain.Outside(c, axes)).ToImmutableArray();
        ImmutableArray<AxisRange> ranges = graph.AxesOf(axes).Select(axis => Shorten(axis, open)).ToImmutableArray();
        Node? condition = open.Select(c => c.ToTruth(graph)).Aggregate((Node?)null, (all, next) => all is null ? next : graph.And(all, next));
        return new ReducedTerms(_domain, ranges, condition, outer);
    }

    /// <summary>The range that the conditions on one axis alone leave; those it states are taken out of the list.</summary>
    private static AxisRange Shorten(Axis axis, List<ReadCondition> open)
    {
        AxisRange range = AxisRange.Full(axis);
        Symbol position = Symbol.PositionOf(axis);
        foreach (ReadCondition condition in open.Where(c => !c.IsGuarded && c.Form.Axes == AxisSet.Of(axis)).ToList())
        {
            long coefficient = condition.Form.CoefficientOf(position);
            AffineForm rest = condition.Form - (coefficient * AffineForm.Of(position));
            AxisRange? shorter = coefficient switch
            {
                1 => Later(range.Low, AffineForm.Zero - rest) is { } low ? range with { Low = low } : null, // a >= -rest
                -1 => Later(-1 * range.High, AffineForm.Zero - rest - AffineForm.One) is { } high ? range with { High = -1 * high } : null, // a < rest + 1
                _ => null,
            };
            if (shorter is null) continue;
            range = shorter.Value;
            open.Remove(condition);
        }

        return range;
    }

    /// <summary>The greater of two forms; null when sizes and parameters decide.</summary>
    private static AffineForm? Later(AffineForm a, AffineForm b) =>
        IndexBounds.IsNonNegative(a - b, Demand.Always) ? a : IndexBounds.IsNonNegative(b - a, Demand.Always) ? b : null;
}

/// <summary>The terms of a reduction.</summary>
/// <param name="Domain">Learns where the reductions are defined.</param>
/// <param name="Ranges">The positions along each reduced axis.</param>
/// <param name="Condition">Which of those count; null when all do.</param>
/// <param name="Outer">The conditions on the axes that stay.</param>
internal sealed record ReducedTerms(ReadDomain Domain, ImmutableArray<AxisRange> Ranges, Node? Condition, ImmutableArray<ReadCondition> Outer)
{
    public Node Reduce(Graph graph, ReductionKind kind, Node body)
    {
        Node node = graph.Reduce(kind, Ranges, Condition is null ? body : graph.Select(Condition, body, graph.Constant(kind.NeutralElement())));
        Domain.State(node, Outer);
        return node;
    }

    /// <summary>How many there are, as a product of reals: the product of sizes may exceed what a 32-bit multiplication of some target holds.</summary>
    public Node Count(Graph graph) => Condition is null
        ? Ranges.Select(range => graph.ToReal(Length(graph, range))).Aggregate(graph.Multiply)
        : graph.Reduce(ReductionKind.Sum, Ranges, graph.Select(Condition, graph.One, graph.Zero));

    private static Node Length(Graph graph, AxisRange range)
    {
        Node length = graph.Affine(range.High - range.Low);
        return range.IsFull ? length : graph.Apply(Ops.IntegerMax, length, graph.Integer(0));
    }
}
