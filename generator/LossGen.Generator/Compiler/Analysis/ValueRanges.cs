using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>Where the real values of a graph lie (NaN aside), memoised: what tells a rule that a logarithm's argument is positive.</summary>
internal sealed class ValueRanges
{
    private readonly Dictionary<Node, Interval> _known = new();
    private readonly IntegerRanges _integers = new();

    // Inside of the steps of a recurrence: what is assumed of its states, and the ranges of all that does not read them.
    private readonly (Recurrence Recurrence, Interval States, ValueRanges Outside)? _assumed;

    public ValueRanges()
    {
    }

    private ValueRanges(Recurrence recurrence, Interval states, ValueRanges outside) => _assumed = (recurrence, states, outside);

    /// <summary>The range of a real node.</summary>
    public Interval Of(Node node)
    {
        if (_known.TryGetValue(node, out Interval known)) return known;
        if (_assumed is { } assumed && !node.Open.Contains(assumed.Recurrence)) return assumed.Outside.Of(node);
        Interval range = Compute(node);
        // An end that is not a number bounds nothing.
        if (double.IsNaN(range.Low) || double.IsNaN(range.High)) range = Interval.All;
        return _known[node] = range;
    }

    private Interval Compute(Node node)
    {
        if (node.Type != ValueType.Real) return Interval.All;
        if (node.Is(Ops.Constant)) return Interval.Point(node.Constant);
        if (node.Is(Ops.ToReal)) return OfInteger(node[0]);
        if (node.Is(Ops.Detach) || node.Is(Ops.At)) return Of(node[0]);
        if (node.Is(Ops.Scan)) return OfRecurrence(node);
        if (node.Is(Ops.Previous)) return _assumed is { } assumed && ReferenceEquals(assumed.Recurrence, node.State.Recurrence) ? assumed.States : Interval.All;
        if (node.Is(Ops.Divide) && IsCount(node[1])) return Of(node[0]) is { IsNonNegative: true } sum ? (sum.IsPositive ? Interval.Positive : Interval.NonNegative) : Interval.All;
        if (node.Is(Ops.Reduce)) return OfReduction(node.Reduction, Of(node[0]));
        if (node.Is(Ops.Multiply) && ReferenceEquals(node[0], node[1])) return Square(Of(node[0]));
        if (node.Is(Ops.Power) && IsEven(node[1])) return Square(Of(node[0])).IsPositive ? Interval.Positive : Interval.NonNegative;
        return node.Op.Range is { } rule ? rule(node.Arguments.Select(Of).ToArray()) : Interval.All;
    }

    private Interval OfInteger(Node node)
    {
        IntegerInterval range = _integers.Of(node);
        // Rounding to the real type may pass the end of a 64-bit integer, never that of a smaller one.
        return new(
            range.Low == long.MinValue ? double.NegativeInfinity : range.Low,
            range.High == long.MaxValue ? double.PositiveInfinity : range.High);
    }

    /// <summary>A number of terms, by which a mean divides: it may be 0, but not the 0 below 0.</summary>
    private bool IsCount(Node node)
    {
        var seen = new HashSet<Node>();
        return Check(node);

        bool Check(Node part) => !seen.Add(part) || (part.Op.Is(Ops.Multiply, Ops.Select)
            ? part.Arguments.Where(a => a.Type == ValueType.Real).All(Check)
            : part.Op.Is(Ops.ToReal, Ops.Constant) && Of(part).IsNonNegative && !part.IsConstant(-0.0));
    }

    private static bool IsEven(Node node) =>
        node.Is(Ops.Constant) ? node.Constant % 2 == 0
        : node.Is(Ops.ToReal) && node[0].Is(Ops.Affine) && node[0].Affine.IsConstant && node[0].Affine.Constant % 2 == 0;

    private static Interval Square(Interval range)
    {
        double low = range.Low * range.Low, high = range.High * range.High;
        if (range.IsPositive) return new(low, high, range.LowOpen, range.HighOpen);
        return range.IsNegative ? new(high, low, range.HighOpen, range.LowOpen) : new(0, Math.Max(low, high));
    }

    // By induction: what holds at the first position, and at each if at the one before, holds everywhere.
    private Interval OfRecurrence(Node scan)
    {
        foreach (Interval states in new[] { Interval.Positive, Interval.NonNegative })
        {
            var inside = new ValueRanges(scan.State.Recurrence, states, this);
            if (scan.Arguments.All(step => inside.Of(step) is var range && (states.LowOpen ? range.IsPositive : range.IsNonNegative))) return states;
        }

        return Interval.All;
    }

    private static Interval OfReduction(Reduction reduction, Interval terms)
    {
        bool hasTerms = reduction.Ranges.All(HasTerms);
        switch (reduction.Kind)
        {
            case ReductionKind.Sum:
                if (terms.IsPositive && hasTerms) return Interval.Positive;
                return terms.IsNonNegative ? Interval.NonNegative : terms.High <= 0 ? Interval.NonNegative.Negated : Interval.All;
            case ReductionKind.Product:
                if (!terms.IsNonNegative) return terms is { Low: >= -1, High: <= 1 } ? new(-1, 1) : Interval.All;
                // The empty product is 1. A product of positive terms may underflow, as an exponential may.
                double high = terms.High <= 1 ? 1 : double.PositiveInfinity;
                return new(terms.Low >= 1 ? 1 : 0, high, LowOpen: terms.IsPositive && terms.Low < 1);
            case ReductionKind.Max:
            case ReductionKind.Peak:
                return hasTerms ? terms : new(double.NegativeInfinity, terms.High, HighOpen: terms.HighOpen);
            case ReductionKind.Min:
                return hasTerms ? terms : new(terms.Low, double.PositiveInfinity, terms.LowOpen);
            case ReductionKind.LogSumExp:
                return hasTerms ? new(terms.Low, double.PositiveInfinity) : Interval.All;
            case ReductionKind.Norm:
                return hasTerms && (terms.IsPositive || terms.IsNegative) ? Interval.Positive : Interval.NonNegative;
            default:
                return Interval.All;
        }
    }

    private static bool HasTerms(AxisRange range)
    {
        AffineForm count = range.High - range.Low;
        return count.IsConstant && count.Constant > 0;
    }
}
