using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Losses of all pairs read one tensor twice, as in x[n, d] - x[m, d]. Where a pair counts as much one way round as the other, both reads have
/// the same gradient: sum[m](w[n, m] (x[n] - x[m])) is what sum[n](-w[n, m] (x[n] - x[m])) is with n and m exchanged.
/// Needs: adjoints of two reads of one tensor. Gives: what they have in common.
/// </summary>
internal sealed class MirroredReads
{
    /// <summary>Each is compared with each.</summary>
    private const int MostTerms = 12;

    private readonly Graph _graph;
    private readonly Dictionary<(Node, Node), int> _known = new();

    private readonly AffineForm[] _sizes;

    private MirroredReads(Graph graph, IEnumerable<Axis> axes)
    {
        _graph = graph;
        _sizes = axes.Select(a => a.Size).ToArray();
    }

    /// <summary>The terms of the adjoint of one read that, moved to where the other one reads, are terms of the other's adjoint; null where there are none.</summary>
    public static SharedAdjoint? Shared(Graph graph, LeafAdjoint first, LeafAdjoint second)
    {
        if (Exchanged(graph, first.Leaf, second.Leaf) is not { } exchanged) return null;
        if (AreOne(first.Adjoint, second.Adjoint)) return new(first, second, null, null);
        List<Node> terms = new LinearTerms(graph, first.Leaf.Axes).Of(first.Adjoint), others = new LinearTerms(graph, second.Leaf.Axes).Of(second.Adjoint);
        if (terms.Count + others.Count is < 3 or > MostTerms) return null;
        List<Node> ofFirst = [], ofSecond = [];
        foreach (Node term in terms.ToArray())
        {
            if (others.Find(other => AreOne(term, other)) is not { } same) continue;
            ofFirst.Add(term);
            ofSecond.Add(same);
            terms.Remove(term);
            others.Remove(same);
        }

        return ofFirst.Count == 0 ? null : new(Of(first, ofFirst)!, Of(second, ofSecond)!, Of(first, terms), Of(second, others));

        bool AreOne(Node one, Node other) => new MirroredReads(graph, graph.AxesOf(first.Leaf.Axes)).SignOf(Substitution.Apply(graph, other, exchanged), one) > 0;

        LeafAdjoint? Of(LeafAdjoint leaf, List<Node> sum) => sum.Count == 0 ? null : leaf with { Adjoint = sum.Aggregate(graph.Add) };
    }

    /// <summary>The axes along which two reads walk their tensor in each other's place; null where they do not.</summary>
    private static Dictionary<Axis, Node>? Exchanged(Graph graph, Node first, Node second)
    {
        if (ReadSites.PlainAxes(first) is not { } to || ReadSites.PlainAxes(second) is not { } from) return null;
        var exchanged = new Dictionary<Axis, Node>();
        for (int k = 0; k < to.Length; k++)
        {
            if (ReferenceEquals(to[k], from[k])) continue;
            if (to.Contains(from[k]) || from.Contains(to[k]) || !to[k].Size.Equals(from[k].Size)) return null;
            exchanged.Add(from[k], graph.Position(to[k]));
            exchanged.Add(to[k], graph.Position(from[k]));
        }

        return exchanged.Count > 0 ? exchanged : null;
    }

    /// <summary>1 where two values are the same number, but for rounding and the sign of 0; -1 where they are opposite ones; 0 where that cannot be told.</summary>
    private int SignOf(Node a, Node b)
    {
        if (ReferenceEquals(a, b)) return 1;
        if (_known.TryGetValue((a, b), out int known)) return known;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return _known[(a, b)] = a.Is(Ops.Negate) ? -SignOf(a[0], b) : b.Is(Ops.Negate) ? -SignOf(a, b[0])
            : a.Op.Is(Ops.Add, Ops.Subtract) && b.Op.Is(Ops.Add, Ops.Subtract) ? OfSums(a, b)
            : ReferenceEquals(a.Op, b.Op) ? OfOne(a, b) : 0;
    }

    private int OfOne(Node a, Node b)
    {
        if (a.Is(Ops.Reduce)) return OfReductions(a, b);
        if (a.Is(Ops.Constant)) return a.Constant == -b.Constant ? -1 : 0;
        if (a.Arguments.IsEmpty || a.Arguments.Length != b.Arguments.Length || !Equals(a.Payload, b.Payload)) return 0;

        // (-a) b = -(a b); |-a| = |a|
        if (a.Is(Ops.Multiply)) return (SignOf(a[0], b[0]) * SignOf(a[1], b[1])) is var product and not 0 ? product : SignOf(a[0], b[1]) * SignOf(a[1], b[0]);
        if (a.Is(Ops.Divide)) return SignOf(a[0], b[0]) * SignOf(a[1], b[1]);
        if (a.Is(Ops.Abs)) return Math.Abs(SignOf(a[0], b[0]));
        if (a.Is(Ops.Sign)) return SignOf(a[0], b[0]);
        if (a.Is(Ops.Select) && ReferenceEquals(a[0], b[0]) && IsSomething(a[0])) return SignOf(a[1], b[1]);
        if (a.Is(Ops.Select)) return !Same(a[0], b[0]) ? 0 : a[1].IsConstant(0) && b[1].IsConstant(0) ? SignOf(a[2], b[2]) : a[2].IsConstant(0) && b[2].IsConstant(0) ? SignOf(a[1], b[1]) : Both(SignOf(a[1], b[1]), SignOf(a[2], b[2]));
        if (a.Op.Is(Ops.Equal, Ops.NotEqual, Ops.And, Ops.Or) && Same(a[0], b[1]) && Same(a[1], b[0])) return 1;
        return a.Op.IsElementwise && a.Arguments.Zip(b.Arguments, Same).All(same => same) ? 1 : 0;
    }

    /// <summary>Sums of the same terms in any order, those of one all with the signs of the other's or all with opposite ones.</summary>
    private int OfSums(Node a, Node b)
    {
        List<(Node Term, int Sign)> terms = [], others = [];
        Collect(a, 1, terms);
        Collect(b, 1, others);
        if (terms.Count != others.Count || terms.Count > MostTerms) return 0;
        int sign = 0;
        foreach ((Node term, int own) in terms)
        {
            int match = others.FindIndex(other => SignOf(term, other.Term) * own * other.Sign is not 0 and var same && (sign == 0 || same == sign));
            if (match < 0) return 0;
            if (sign == 0) sign = SignOf(term, others[match].Term) * own * others[match].Sign;
            others.RemoveAt(match);
        }

        return sign;
    }

    // As many terms as are compared and one more: shared parts of a large sum would come again and again.
    private static void Collect(Node node, int sign, List<(Node Term, int Sign)> terms)
    {
        if (terms.Count <= MostTerms && node.Op.Is(Ops.Add, Ops.Subtract))
        {
            Collect(node[0], sign, terms);
            Collect(node[1], node.Is(Ops.Add) ? sign : -sign, terms);
        }
        else
        {
            terms.Add((node, sign));
        }
    }

    // 0 < size(n), without which there is no element that has a gradient.
    private bool IsSomething(Node condition) => condition.Is(Ops.Less) && condition.Arguments.All(a => a.Is(Ops.Affine)) && condition[0].Affine.Equals(AffineForm.Zero) && _sizes.Contains(condition[1].Affine);

    private int OfReductions(Node a, Node b)
    {
        ImmutableArray<AxisRange> ranges = a.Reduction.Ranges, others = b.Reduction.Ranges;
        if (a.Reduction.Kind != b.Reduction.Kind || ranges.Length != others.Length) return 0;
        var renamed = new Dictionary<Axis, Node>();
        for (int k = 0; k < ranges.Length; k++)
        {
            if (ranges[k].Equals(others[k])) continue;
            if (!ranges[k].IsFull || !others[k].IsFull || !ranges[k].Axis.Size.Equals(others[k].Axis.Size) || a[0].Axes.Contains(others[k].Axis)) return 0;
            renamed.Add(ranges[k].Axis, _graph.Position(others[k].Axis));
        }

        int sign = SignOf(Substitution.Apply(_graph, a[0], renamed), b[0]);
        return a.Reduction.Kind == ReductionKind.Sum ? sign : a.Reduction.Kind == ReductionKind.Norm ? Math.Abs(sign) : Math.Max(0, sign);
    }

    private bool Same(Node a, Node b) => SignOf(a, b) > 0;

    private static int Both(int first, int second) => first == second ? first : 0;
}

/// <summary>What the adjoints of two reads have in common, and what they do not; null where nothing is left.</summary>
/// <param name="OfFirst">The common part where the first one reads.</param>
/// <param name="OfSecond">The same where the second one reads.</param>
/// <param name="RestOfFirst">What only the first one has.</param>
/// <param name="RestOfSecond">What only the second one has.</param>
internal sealed record SharedAdjoint(LeafAdjoint OfFirst, LeafAdjoint OfSecond, LeafAdjoint? RestOfFirst, LeafAdjoint? RestOfSecond);
