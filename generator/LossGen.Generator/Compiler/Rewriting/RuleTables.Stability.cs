using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

internal static partial class RuleTables
{
    /// <summary>The closed list of forms that the language promises to compute stably, value and gradient.</summary>
    public static ImmutableArray<RewriteRule> Stability { get; } = ImmutableArray.Create<RewriteRule>(
        new("log(exp(x))", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Exp) ? n[0][0] : null), // log(exp(x)) -> x
        new("log(sigmoid(x))", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Sigmoid) ? LogSigmoid(g, n[0][0]) : null), // log(sigmoid(x)) -> -softplus(-x)
        new("log(sum(exp(x)))", Ops.Log, Fidelity.Accurate, (g, n) => IsSum(n[0]) && n[0][0].Is(Ops.Exp) ? g.Reduce(ReductionKind.LogSumExp, n[0].Reduction.Ranges, n[0][0][0]) : null), // log(sum(exp(x))) -> logsumexp(x)
        new("log(mean(exp(x)))", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Divide) && IsSum(n[0][0]) && n[0][0][0].Is(Ops.Exp) && n[0][1].Axes.IsEmpty
            ? g.Subtract(g.Reduce(ReductionKind.LogSumExp, n[0][0].Reduction.Ranges, n[0][0][0][0]), g.Apply(Ops.Log, n[0][1])) : null), // log(sum(exp(x)) / k) -> logsumexp(x) - log(k)
        new("log(k * sum(exp(x)))", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Multiply) && n[0][0].Is(Ops.Constant) && n[0][0].Constant > 0 && IsSum(n[0][1]) && n[0][1][0].Is(Ops.Exp)
            ? g.Subtract(g.Reduce(ReductionKind.LogSumExp, n[0][1].Reduction.Ranges, n[0][1][0][0]), g.Constant(-Math.Log(n[0][0].Constant))) : null), // a mean over 2^k positions: log(sum(exp(x)) 2^-k) -> logsumexp(x) - log(2^k)
        new("log(exp(a) + exp(b) + ...)", Ops.Log, Fidelity.Accurate, (g, n) => Exponents(g, n[0]) is { Count: > 1 } terms ? g.Apply(Ops.LogAddExp, terms.ToArray()) : null), // -> logaddexp(a, b, ...)
        new("log(1 + x)", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Add) && OneAnd(n[0]) is { } x ? g.Apply(Ops.Log1p, x) : null), // log(1 + x) -> log1p(x)
        new("log(1 - exp(x))", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Negate) && n[0][0].Is(Ops.Expm1) ? g.Apply(Ops.Log1mExp, n[0][0][0]) : null), // log(-expm1(x)) -> log1mexp(x)
        new("log(1 - x)", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Subtract) && n[0][0].IsConstant(1) ? g.Apply(Ops.Log1p, g.Negate(n[0][1])) : null), // log(1 - x) -> log1p(-x)
        new("log(cosh(x))", Ops.Log, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Cosh) ? g.Apply(Ops.LogCosh, n[0][0]) : null), // -> |x| + log1p(exp(-2|x|)) - log(2)
        new("log1p(exp(x))", Ops.Log1p, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Exp) ? g.Apply(Ops.Softplus, n[0][0]) : null), // log1p(exp(x)) -> softplus(x)
        new("log1p(-exp(x))", Ops.Log1p, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Negate) && n[0][0].Is(Ops.Exp) ? g.Apply(Ops.Log1mExp, n[0][0][0]) : null), // log1p(-exp(x)) -> log1mexp(x)

        new("1 - sigmoid(x)", Ops.Subtract, Fidelity.Accurate, (g, n) => n[0].IsConstant(1) && n[1].Is(Ops.Sigmoid) ? g.Apply(Ops.Sigmoid, g.Negate(n[1][0])) : null), // 1 - sigmoid(x) -> sigmoid(-x)
        new("exp(x) - 1", Ops.Subtract, Fidelity.Accurate, (g, n) => n[1].IsConstant(1) && n[0].Is(Ops.Exp) ? g.Apply(Ops.Expm1, n[0][0]) : null), // exp(x) - 1 -> expm1(x)
        new("1 - exp(x)", Ops.Subtract, Fidelity.Accurate, (g, n) => n[0].IsConstant(1) && n[1].Is(Ops.Exp) ? g.Negate(g.Apply(Ops.Expm1, n[1][0])) : null), // 1 - exp(x) -> -expm1(x)
        new("lgamma(x + a) - lgamma(x)", Ops.Subtract, Fidelity.Accurate, LogGammaDifference), // no cancellation for large x

        new("1 / (1 + exp(x))", Ops.Divide, Fidelity.Accurate, (g, n) => n[0].IsConstant(1) && n[1].Is(Ops.Add) && OneAnd(n[1]) is { } e && e.Is(Ops.Exp) ? g.Apply(Ops.Sigmoid, g.Negate(e[0])) : null), // 1 / (1 + exp(x)) -> sigmoid(-x)
        new("exp(x) / sum(exp(x))", Ops.Divide, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Exp) && IsSum(n[1]) && n[1][0].Is(Ops.Exp)
            ? g.Apply(Ops.Exp, g.Subtract(n[0][0], g.Reduce(ReductionKind.LogSumExp, n[1].Reduction.Ranges, n[1][0][0]))) : null), // -> exp(x - logsumexp(x))
        new("sigmoid(x) / sigmoid(-x)", Ops.Divide, Fidelity.Accurate, (g, n) => n[0].Is(Ops.Sigmoid) && n[1].Is(Ops.Sigmoid) && ReferenceEquals(n[1][0], g.Negate(n[0][0]))
            ? g.Apply(Ops.Exp, n[0][0]) : null), // p / (1 - p) -> exp(x)

        new("sqrt(sum(x^2))", Ops.Sqrt, Fidelity.Accurate, (g, n) => IsSum(n[0]) && n[0][0].Is(Ops.Multiply) && ReferenceEquals(n[0][0][0], n[0][0][1])
            ? g.Reduce(ReductionKind.Norm, n[0].Reduction.Ranges, n[0][0][0]) : null), // sqrt(sum(x x)) -> norm(x)
        new("sqrt(x)^2", Ops.Multiply, Fidelity.Accurate, (g, n) => ReferenceEquals(n[0], n[1]) && n[0].IsReduction(ReductionKind.Norm)
            ? g.Reduce(ReductionKind.Sum, n[0].Reduction.Ranges, g.Multiply(n[0][0], n[0][0])) : null)); // norm(x)^2 -> sum(x x)

    private static Node LogSigmoid(Graph graph, Node x) => graph.Negate(graph.Apply(Ops.Softplus, graph.Negate(x)));

    /// <summary>The other term of 1 + x, whichever side it stands on.</summary>
    private static Node? OneAnd(Node sum) => sum[0].IsConstant(1) ? sum[1] : sum[1].IsConstant(1) ? sum[0] : null;

    /// <summary>The exponents when a sum has nothing but exponentials and positive constants; 1 + exp(x) is softplus' own.</summary>
    private static List<Node>? Exponents(Graph graph, Node node)
    {
        var exponents = new List<Node>();
        if (node.Is(Ops.Add) && OneAnd(node) is { } rest && rest.Is(Ops.Exp)) return null;
        return CollectExponents(graph, node, exponents) && exponents.Any(e => !e.Is(Ops.Constant)) ? exponents : null;
    }

    private static bool CollectExponents(Graph graph, Node node, List<Node> exponents)
    {
        if (node.Is(Ops.Add)) return CollectExponents(graph, node[0], exponents) && CollectExponents(graph, node[1], exponents);
        bool isConstant = node.Is(Ops.Constant) && node.Constant > 0;
        if (!node.Is(Ops.Exp) && !isConstant) return false;
        exponents.Add(isConstant ? graph.Constant(Math.Log(node.Constant)) : node[0]);
        return true;
    }

    private static Node? LogGammaDifference(Graph graph, Node node)
    {
        if (!node[0].Is(Ops.LogGamma) || !node[1].Is(Ops.LogGamma)) return null;
        Node shifted = node[0][0], x = node[1][0];
        if (!shifted.Is(Ops.Add)) return null;
        Node? a = ReferenceEquals(shifted[0], x) ? shifted[1] : ReferenceEquals(shifted[1], x) ? shifted[0] : null;
        return a is null ? null : graph.Apply(Ops.LogGammaDelta, x, a);
    }
}
