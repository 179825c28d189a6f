using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>
/// Takes composite operations apart into what kernels compute, so that value and gradient share the parts: one exp for sigmoid and
/// softplus, one exp for a softmax and its logsumexp. Needs: value and gradients on the formula's graph.
/// Gives: nodes on a graph of lowered operations, whose rules never put the parts together again.
/// </summary>
internal sealed partial class Lowering
{
    private readonly Dictionary<Node, Node> _done = new();
    private readonly bool _isDouble;
    private readonly double _scale;
    private readonly double _least;

    // Of what the logarithm of cosh is taken, and tanh, which is its derivative.
    private readonly HashSet<Node> _ofLogCosh;
    private readonly HashSet<Node> _ofTanh;

    private readonly ImmutableArray<Node> _powers;

    private readonly ImmutableArray<Node> _weights;

    // What has more than one user.
    private readonly HashSet<Node> _shared;

    private readonly FusedProducts _fused;

    // Numerators and denominators of what is divided in any case.
    private readonly HashSet<(Node Numerator, Node Denominator)> _quotients;

    private Lowering(Graph formula, ImmutableArray<Node> roots, bool isDouble)
    {
        ImmutableArray<Node> nodes = Reachability.WithRecurrences(formula, roots);
        _ofLogCosh = Of(Ops.LogCosh);
        _ofTanh = Of(Ops.Tanh);
        _weights = nodes.Where(n => n.Is(Ops.LogAddExpWeight)).ToImmutableArray();
        _powers = nodes.Where(n => n.Is(Ops.Power)).ToImmutableArray();
        _shared = new HashSet<Node>(nodes.SelectMany(n => n.Arguments).Concat(roots).GroupBy(n => n).Where(users => users.Skip(1).Any()).Select(users => users.Key));
        _fused = new FusedProducts(nodes, _shared);
        _sumsOf = nodes.Where(n => n.IsReduction(ReductionKind.Sum)).OrderByDescending(n => n.Reduction.Ranges.Length).ThenBy(n => n.Id).ToLookup(n => n[0]);
        _quotients = new HashSet<(Node, Node)>(nodes.Select(n => n.Is(Ops.Divide) ? (n[0], n[1]) : QuotientOfLogs(n)).OfType<(Node, Node)>());
        Graph = new Graph(RuleSet.Lowered.Apply);
        Graph.AdoptAxes(formula);

        _isDouble = isDouble;

        // A power of two whose square brings the largest squares back into range.
        _scale = Math.Pow(2, isDouble ? -512 : -64);
        _least = Math.Pow(2, isDouble ? -80 : -36);

        HashSet<Node> Of(Op op) => new(nodes.Where(n => n.Is(op)).Select(n => n[0]));
    }

    public Graph Graph { get; }

    /// <summary>The lowered nodes, in the order of the roots, on their new graph.</summary>
    public static (Graph Graph, ImmutableArray<Node> Roots, ImmutableDictionary<Node, string> Names) Lower(
        Graph formula, ImmutableArray<Node> roots, ImmutableDictionary<Node, string> names, bool isDouble)
    {
        var pass = new Lowering(formula, roots, isDouble);
        ImmutableArray<Node> lowered = roots.Select(pass.Visit).ToImmutableArray();
        Recurrences.Complete(formula, pass.Graph, pass._done.Keys, n => pass.Visit(n));
        var renamed = ImmutableDictionary.CreateBuilder<Node, string>();
        foreach (KeyValuePair<Node, string> name in names.OrderBy(p => p.Key.Id))
        {
            if (pass._done.TryGetValue(name.Key, out Node node) && !renamed.ContainsKey(node)) renamed.Add(node, name.Value);
        }

        return (pass.Graph, lowered, renamed.ToImmutable());
    }

    private Node Visit(Node node)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_done.TryGetValue(node, out Node known)) return known;
        return _done[node] = Step(node);
    }

    private Node Step(Node node)
    {
        if (node.Is(Ops.Detach)) return Visit(node[0]);
        if (node.IsReduction(ReductionKind.LogSumExp)) return Graph.Add(Shift(node), LogOfSum(node));
        if (node.Is(Ops.Subtract) && node[1].IsReduction(ReductionKind.LogSumExp))
            return Graph.Subtract(Graph.Subtract(Visit(node[0]), Shift(node[1])), LogOfSum(node[1])); // x - (m + log s) -> (x - m) - log s
        if (node.Is(Ops.Subtract) && node[0].IsReduction(ReductionKind.LogSumExp))
            return Graph.Add(Graph.Subtract(Shift(node[0]), Visit(node[1])), LogOfSum(node[0])); // (m + log s) - x -> (m - x) + log s

        if (DifferenceOfLogs(node) is { } difference) return difference;
        if (node.Is(Ops.Divide) && QuotientInside(node) is { } scaled) return scaled;
        if (node.Is(Ops.Divide) && IsDividedByOne(node)) return Graph.Multiply(Visit(node[0]), Graph.Divide(Graph.One, Visit(node[1])));
        if (MirroredTerms.Of(node, _shared) is { } terms) return Mirrored(terms);
        if (SoftplusAndLine(node) is { } apart) return apart;
        if (_fused.Of(node) is var (product, other)) return Fused(node, product, other);
        if (node.Op.Is(Ops.Add, Ops.Subtract) && SumInside(node) is { } sum) return Reduce(ReductionKind.Sum, sum, TermOf(node));

        // x / n -> x (1 / n): the division need not wait for x, and is one for value and gradient. Scalars have digits to spare unless the loss is double.
        if (!_isDouble && node.Is(Ops.Divide) && node.Axes.IsEmpty && IsCount(node[1])) return Graph.Multiply(Visit(node[0]), Graph.Divide(Graph.One, Visit(node[1])));

        // No NaN can win.
        if (node.IsReduction(ReductionKind.Max) && IsNumber(node[0])) return Reduce(ReductionKind.Peak, node, Visit(node[0]));
        if (node.IsReduction(ReductionKind.Norm)) return Norm(node);
        if (SumOfSums(node) is { } outer) return outer;
        if (node.Is(Ops.Reduce)) return Reduce(node.Reduction.Kind, node, Visit(node[0]));
        if (node.Is(Ops.SoftmaxWeight)) return SoftmaxWeight(node);
        if (node.Is(Ops.Exp) && SoftmaxNormalizer(node[0]) is { } normalizer) return Softmax(normalizer, guarded: false);
        if (node.Is(Ops.Power) && PowerOfLess(node) is { } less) return Graph.Apply(Ops.PowerFrom, Visit(node[0]), Visit(less), Visit(node[1]));
        if (node.Is(Ops.Sigmoid)) return Sigmoid(Visit(node[0]));
        if (node.Is(Ops.Softplus)) return Softplus(Visit(node[0]));
        if (node.Is(Ops.LogCosh)) return LogCosh(node[0], Visit(node[0]));
        if (node.Is(Ops.Tanh) && _ofLogCosh.Contains(node[0])) return Tanh(Visit(node[0]));
        if (node.Is(Ops.LogAddExp)) return LogAddExp(node.Arguments.Select(Visit).ToImmutableArray(), hasSlopes: _weights.Any(w => w.Arguments.Skip(1).SequenceEqual(node.Arguments)));
        if (node.Is(Ops.LogAddExpWeight)) return LogAddExpWeight(Visit(node[0]), node.Arguments.Skip(1).Select(Visit).ToImmutableArray());
        return Graph.Make(node.Op, node.Arguments.Select(Visit).ToImmutableArray(), node.Payload, node.Type);
    }

    /// <summary>
    /// The first of some sums over the same axes, with values at the same positions, that nothing needs but their total: one sum of the totals of their terms,
    /// sum a + sum b -> sum (a + b). A number alone may as well be two, and products of rows and columns are added to an accumulator in one operation each.
    /// </summary>
    private Node? SumInside(Node node)
    {
        if (node.IsReduction(ReductionKind.Sum)) return node.Axes.IsEmpty || IsOfRowsAndColumns(node[0], node.Axes) ? null : node;
        if (!node.Op.Is(Ops.Add, Ops.Subtract) || node.Arguments.Any(_shared.Contains)) return null;
        return SumInside(node[0]) is { } first && SumInside(node[1]) is { } second && first.Axes == second.Axes && first.Reduction.Equals(second.Reduction) ? first : null;
    }

    private static bool IsOfRowsAndColumns(Node term, AxisSet free) => term.Is(Ops.Multiply)
        ? !free.IsSubsetOf(term[0].Axes) && !free.IsSubsetOf(term[1].Axes)
        : term.Op.Is(Ops.Select, Ops.Negate, Ops.Add, Ops.Subtract) && term.Arguments.Any(a => IsOfRowsAndColumns(a, free));

    private Node TermOf(Node node) => node.IsReduction(ReductionKind.Sum)
        ? Visit(node[0])
        : Graph.Make(node.Op, [TermOf(node[0]), TermOf(node[1])], node.Payload, node.Type);

    /// <summary>A size, or a product of sizes.</summary>
    private static bool IsCount(Node node) => node.Is(Ops.Multiply) ? node.Arguments.All(IsCount) : node.Is(Ops.ToReal) && node[0].Is(Ops.Affine);

    /// <summary>
    /// Whether many are divided by one, as scores by a temperature: x / u -> x (1 / u), a division for all of them. It costs up to one more rounding, so what follows must
    /// not jump; a subnormal u may count as 0.
    /// </summary>
    private bool IsDividedByOne(Node quotient) => !quotient[0].Axes.IsSubsetOf(quotient[1].Axes) && !quotient[0].Is(Ops.Constant) && _fused.MayRound(quotient);

    /// <summary>Whether a value is certainly no NaN.</summary>
    private static bool IsNumber(Node node) =>
        node.Is(Ops.Constant) ? !double.IsNaN(node.Constant) : node.Is(Ops.ToReal) || (node.Is(Ops.Select) && IsNumber(node[1]) && IsNumber(node[2]));

    /// <summary>
    /// A reduction over the axes of another one, which may run over a part of an axis: loops that share an axis all run over the whole of it,
    /// so what lies outside of the part is masked.
    /// </summary>
    private Node Reduce(ReductionKind kind, Node like, Node body) => Reduce(kind, like.Reduction.Ranges, body);

    private Node Reduce(ReductionKind kind, IEnumerable<AxisRange> ranges, Node body)
    {
        ImmutableArray<AxisRange> over = ranges.ToImmutableArray();
        return Graph.Reduce(kind, over.Select(r => AxisRange.Full(r.Axis)), RangeGuards.Within(Graph, over, body, Graph.Constant(kind.NeutralElement())));
    }

    /// <summary>The logsumexp of which this argument of exp makes a softmax: x - logsumexp(x).</summary>
    private static Node? SoftmaxNormalizer(Node exponent) =>
        exponent.Is(Ops.Subtract) && exponent[1].IsReduction(ReductionKind.LogSumExp) && ReferenceEquals(exponent[1][0], exponent[0]) ? exponent[1] : null;

    /// <summary>s = sum exp(x - m), where no exponent is positive.</summary>
    private Node Sum(Node logSumExp) => Reduce(ReductionKind.Sum, logSumExp, Numerator(logSumExp));

    /// <summary>log s, what logsumexp is more than m. Apart from a large m it keeps its digits where m is subtracted first, as in log_softmax.</summary>
    private Node LogOfSum(Node logSumExp)
    {
        // m = +inf would give inf - inf in every exponent: there the maximum is the result.
        Node infinity = Graph.Constant(double.PositiveInfinity);
        return Graph.Select(Graph.Compare(Ops.Equal, Shift(logSumExp), infinity), Graph.Zero, Graph.Apply(Ops.Log, Sum(logSumExp)));
    }

    /// <summary>m = max x, 0 for rows of -inf.</summary>
    private Node Shift(Node logSumExp)
    {
        Node peak = Reduce(ReductionKind.Peak, logSumExp, Visit(logSumExp[0]));
        return Graph.Select(Graph.Compare(Ops.Equal, peak, Graph.Constant(double.NegativeInfinity)), Graph.Zero, peak);
    }

    /// <summary>E = exp(x - m)</summary>
    private Node Numerator(Node logSumExp) => Graph.Apply(Ops.ExpBelowLargest, Graph.Subtract(Visit(logSumExp[0]), Shift(logSumExp)));

    /// <summary>E (1 / s), with the exponential that the sum has already; guarded: 0 for a row of -inf, where s is 0.</summary>
    private Node Softmax(Node logSumExp, bool guarded)
    {
        Node sum = Sum(logSumExp);
        Node inverse = Graph.Divide(Graph.One, sum);
        if (guarded) inverse = Graph.Select(Graph.Compare(Ops.Equal, sum, Graph.Zero), Graph.Zero, inverse);
        return Graph.Multiply(Numerator(logSumExp), inverse);
    }

    private Node SoftmaxWeight(Node node)
    {
        Node x = node[0], n = node[1];
        if (n.IsReduction(ReductionKind.LogSumExp) && ReferenceEquals(n[0], x)) return Softmax(n, guarded: true);
        Node normalizer = Visit(n);
        return Graph.Select(
            Graph.Compare(Ops.Equal, normalizer, Graph.Constant(double.NegativeInfinity)),
            Graph.Zero,
            Graph.Apply(Ops.Exp, Graph.Subtract(Visit(x), normalizer)));
    }

    /// <summary>
    /// sqrt(sum x^2), from squares scaled down where the plain ones overflow: (s x + c)^2, where c is nothing beside what overflows, and keeps the
    /// squares of all else from being subnormal, which takes many processors a hundred cycles each. sum (s x)^2 >= 1 changes by 2 c sqrt(N) at most.
    /// </summary>
    private Node Norm(Node node)
    {
        Node x = Visit(node[0]);
        Node small = Graph.Apply(Ops.MultiplyAdd, x, Graph.Constant(_scale), Graph.Constant(_least));
        Node plain = Reduce(ReductionKind.Sum, node, Graph.Multiply(x, x));
        Node scaled = Reduce(ReductionKind.Sum, node, Graph.Multiply(small, small));
        return Graph.Select(
            Graph.Compare(Ops.Less, plain, Graph.Constant(double.PositiveInfinity)),
            Graph.Apply(Ops.Sqrt, plain),
            Graph.Multiply(Graph.Constant(1 / _scale), Graph.Apply(Ops.Sqrt, scaled)));
    }

    /// <summary>e = exp(-|x|), which sigmoid(x), sigmoid(-x) and softplus(x) share.</summary>
    private Node Decay(Node x) => Graph.Apply(Ops.ExpNonPositive, Graph.Negate(Graph.Apply(Ops.Abs, x)));

    /// <summary>1 / (1 + e)</summary>
    private Node OverOneAnd(Node decay) => Graph.Apply(Ops.DivideByOneToTwo, Graph.One, Graph.Add(Graph.One, decay));

    /// <summary>1 / (1 + e) for x >= 0, e / (1 + e) below.</summary>
    private Node Sigmoid(Node x) => x.Is(Ops.Negate) ? Sigmoid(x[0], mirrored: true) : Sigmoid(x, mirrored: false);

    /// <summary>sigmoid(x), mirrored sigmoid(-x).</summary>
    private Node Sigmoid(Node x, bool mirrored)
    {
        Node decay = Decay(x);
        Node larger = OverOneAnd(decay), smaller = Graph.Multiply(decay, larger);
        return Graph.Select(Graph.Compare(Ops.GreaterOrEqual, x, Graph.Zero), mirrored ? smaller : larger, mirrored ? larger : smaller);
    }

    /// <summary>max(x, 0) + log1p(e), of -x: log1p(e) - min(x, 0); a NaN comes through e.</summary>
    private Node Softplus(Node x) => x.Is(Ops.Negate)
        ? Graph.Subtract(Graph.Apply(Ops.Log1pUnit, Decay(x)), Graph.Apply(Ops.NativeMin, x[0], Graph.Zero))
        : Graph.Add(Graph.Apply(Ops.NativeMax, x, Graph.Zero), Graph.Apply(Ops.Log1pUnit, Decay(x)));

    /// <summary>
    /// With p = x >= 0 ? b : a and r = x >= 0 ? a : b: b sigmoid(x) + a sigmoid(-x) -> (p + r e) / (1 + e), and
    /// b softplus(x) + a softplus(-x) -> (a + b) log1p(e) + (x >= 0 ? b : -a) x, whose terms have the signs of those before.
    /// </summary>
    private Node Mirrored(MirroredTerms terms)
    {
        Node x = Visit(terms.Argument), decay = Decay(x), isPositive = Graph.Compare(Ops.GreaterOrEqual, x, Graph.Zero);
        Node b = Product(terms.Direct), a = terms.HasOtherSign ? Graph.Negate(Product(terms.Mirrored)) : Product(terms.Mirrored);
        Node value;
        if (terms.Function.Is(Ops.Sigmoid))
        {
            // Not a quotient: the division need not wait for the factors.
            Node inverse = OverOneAnd(decay);
            value = Graph.Multiply(inverse, Graph.Apply(Ops.MultiplyAdd, Graph.Select(isPositive, a, b), decay, Graph.Select(isPositive, b, a)));
        }
        else
        {
            Node rest = Graph.Apply(Ops.Log1pUnit, decay), both = IsOneLess(a, b) || IsOneLess(b, a) ? Graph.One : Graph.Add(a, b);
            value = Graph.Apply(Ops.MultiplyAdd, Graph.Select(isPositive, b, Graph.Negate(a)), x, Graph.Multiply(both, rest));
        }

        if (terms.Common.Count > 0) value = Graph.Multiply(Product(terms.Common), value);
        return terms.IsNegative ? Graph.Negate(value) : value;

        static bool IsOneLess(Node a, Node b) => b.Is(Ops.Subtract) && b[0].IsConstant(1) && ReferenceEquals(b[1], a);
    }

    /// <summary>softplus(x) + k x -> log1p(e) + (max(x, 0) + k x), of -x: log1p(e) + (max(-x, 0) + k x): what is left of the line has its digits, and log1p(e) too.</summary>
    private Node? SoftplusAndLine(Node node)
    {
        if (!node.Op.Is(Ops.Add, Ops.Subtract)) return null;
        bool isFirst = node[0].Is(Ops.Softplus), isSum = node.Is(Ops.Add);
        if (!isFirst && !(isSum && node[1].Is(Ops.Softplus))) return null;
        Node softplus = node[isFirst ? 0 : 1], line = node[isFirst ? 1 : 0];
        Node argument = softplus[0].Is(Ops.Negate) ? softplus[0][0] : softplus[0];
        if (_shared.Contains(softplus) || _shared.Contains(line)) return null;
        var factors = new List<Node>();
        bool isNegative = new ProductFactors(_shared).Take(line, factors) == isSum;
        if (factors.Count < 2 || !factors.Remove(argument)) return null;
        Node x = Visit(argument), k = Product(factors), positive = ReferenceEquals(argument, softplus[0]) ? x : Graph.Negate(x);
        Node rest = Graph.Apply(Ops.MultiplyAdd, isNegative ? Graph.Negate(k) : k, x, Graph.Apply(Ops.NativeMax, positive, Graph.Zero));
        return Graph.Add(Graph.Apply(Ops.Log1pUnit, Decay(x)), rest);
    }

    private Node Fused(Node sum, Node product, Node other)
    {
        Node a = Visit(product[0]), b = Visit(product[1]), c = Visit(other);
        bool isSum = sum.Is(Ops.Add), isFirst = ReferenceEquals(product, sum[0]);
        return Graph.Apply(Ops.MultiplyAdd, isSum || isFirst ? a : Graph.Negate(a), b, isSum || !isFirst ? c : Graph.Negate(c));
    }

    /// <summary>Factors in one order, so that equal products meet; those that all elements share come first, and are multiplied once.</summary>
    private Node Product(IReadOnlyList<Node> factors) =>
        factors.Select(Visit).OrderBy(f => f.Axes.IsEmpty ? 0 : 1).ThenBy(f => f.Id).Aggregate(Graph.One, Graph.Multiply);

    /// <summary>One logarithm for two that nothing else needs: log a - log b, x log a - x log b; where the quotient is out of range, it takes two.</summary>
    private Node? DifferenceOfLogs(Node node)
    {
        if (QuotientOfLogs(node) is not var (numerator, denominator)) return null;
        Node a = Visit(numerator), b = Visit(denominator);
        return node[0].Is(Ops.Log) ? Graph.Apply(Ops.LogRatio, a, b) : Graph.Apply(Ops.XLogRatio, Visit(node[0][0]), a, b);
    }

    /// <summary>a and b of such a difference.</summary>
    private (Node Numerator, Node Denominator)? QuotientOfLogs(Node node)
    {
        if (!node.Is(Ops.Subtract)) return null;
        Node a = node[0], b = node[1];
        if (!a.Op.Is(Ops.Log, Ops.XLogY) || !a.Is(b.Op) || _shared.Contains(a) || _shared.Contains(b)) return null;
        if (a.Is(Ops.Log)) return (a[0], b[0]);
        return ReferenceEquals(a[0], b[0]) ? (a[1], b[1]) : null;
    }

    /// <summary>k a / b -> k (a / b), where that quotient is there already, alone or within a difference of logarithms.</summary>
    private Node? QuotientInside(Node node)
    {
        if (!node[0].Is(Ops.Multiply) || _shared.Contains(node[0]) || node[1].Axes.IsEmpty) return null;
        var factors = new List<Node>();
        bool isNegative = new ProductFactors(_shared).Take(node[0], factors);
        if (factors.Find(f => _quotients.Contains((f, node[1]))) is not { } numerator) return null;
        factors.Remove(numerator);
        Node value = Graph.Multiply(Product(factors), Graph.Divide(Visit(numerator), Visit(node[1])));
        return isNegative ? Graph.Negate(value) : value;
    }

    /// <summary>x^(y - 1), which the derivative of x^y has, if it is there: x^y is x times that, and one power less.</summary>
    private Node? PowerOfLess(Node power) => _powers.FirstOrDefault(p =>
        ReferenceEquals(p[0], power[0]) && p[1].Is(Ops.Subtract) && ReferenceEquals(p[1][0], power[1]) && p[1][1].IsConstant(1));

    /// <summary>log(cosh(x)) of e = exp(-2|x|), which it shares with tanh(x) where that is there.</summary>
    private Node LogCosh(Node of, Node x) =>
        Graph.Apply(Ops.LogCoshOfDecay, x, _ofTanh.Contains(of) ? Graph.Add(Graph.One, DoubleDecayLessOne(x)) : Graph.Apply(Ops.ExpNonPositive, MinusDouble(x)));

    /// <summary>tanh(x) with the exponential of log(cosh(x)): of |x| it is m / (-2 - m) with m = exp(-2|x|) - 1.</summary>
    private Node Tanh(Node x)
    {
        Node m = DoubleDecayLessOne(x);
        return Graph.Apply(Ops.WithSign, Graph.Divide(m, Graph.Subtract(Graph.Constant(-2), m)), x);
    }

    private Node DoubleDecayLessOne(Node x) => Graph.Apply(Ops.Expm1NonPositive, MinusDouble(x));

    private Node MinusDouble(Node x) => Graph.Multiply(Graph.Constant(-2), Graph.Apply(Ops.Abs, x));
}
