using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

internal static partial class RuleTables
{
    /// <summary>Choices between two polynomials that are one polynomial of a minimum.</summary>
    public static ImmutableArray<RewriteRule> Minima { get; } = ImmutableArray.Create(
        // With r = |x|, m = min(r, c): r <= c ? r^2 / 2 : c (r - c / 2) -> m (r - m / 2),  r <= c ? x : c sign(x) -> m sign(x)
        new RewriteRule("|x| <= c ? p(|x|, |x|) : p(|x|, c)", Ops.Select, Fidelity.Accurate, OfMinimum)); // -> p(|x|, m)

    private static Node? OfMinimum(Graph graph, Node node)
    {
        Node condition = node[0];
        if (!condition.Op.Is(Ops.Less, Ops.LessOrEqual, Ops.Greater, Ops.GreaterOrEqual) || condition[0].Type != ValueType.Real) return null;

        // The bound varies along fewer axes. Where the condition holds, x may be on either side of it.
        bool isRight = condition[1].Axes.IsEmpty, isLeft = condition[0].Axes.IsEmpty;
        if (isLeft == isRight) return null;
        Node bound = condition[isRight ? 1 : 0], x = condition[isRight ? 0 : 1];
        if (!x.Is(Ops.Abs)) return null; // at -inf, p(x, m) might be inf - inf
        bool isBelow = condition.Op.Is(Ops.Less, Ops.LessOrEqual) == isRight;
        if (bound.Is(Ops.Constant) && !(Math.Abs(bound.Constant) is > 0 and < double.PositiveInfinity)) return null;

        Node[]? Atoms(Node atom) => ReferenceEquals(atom, x) || ReferenceEquals(atom, bound) ? [atom]
            : ReferenceEquals(atom, x[0]) ? [x, graph.Apply(Ops.Sign, atom)] // x = |x| sign(x)
            : null;
        if (Polynomial.Of(node[isBelow ? 1 : 2], Atoms) is not { } below || Polynomial.Of(node[isBelow ? 2 : 1], Atoms) is not { } above) return null;
        return InMinimum(above, below, x, bound) is { } terms ? Build(graph, terms, x, bound, failsForNaN: isBelow && !bound.Is(Ops.Constant)) : null;
    }

    /// <summary>The terms above the bound, by how often the minimum stands in the place of the bound; null unless they are those below it where the minimum is x.</summary>
    private static ILookup<int, (Node[] Atoms, double Coefficient)>? InMinimum(Polynomial above, Polynomial below, Node x, Node bound)
    {
        int DegreeIn(Node of, Node[] atoms) => atoms.Count(a => ReferenceEquals(a, of));
        int degree = below.Terms.Select(t => DegreeIn(x, t.Atoms)).DefaultIfEmpty().Max();

        // A number's powers are hidden in the coefficients: all terms have the same degree.
        int Minima(Node[] atoms) => bound.Is(Ops.Constant) ? degree - DegreeIn(x, atoms) : DegreeIn(bound, atoms);
        if (above.Terms.Any(t => Minima(t.Atoms) < 0) || above.Terms.All(t => Minima(t.Atoms) == 0)) return null;
        Node[] Others(Node[] atoms) => atoms.Where(a => !ReferenceEquals(a, bound)).ToArray();
        double Scaled(Node[] atoms, double coefficient) => bound.Is(Ops.Constant) ? coefficient * Math.Pow(bound.Constant, -Minima(atoms)) : coefficient;
        Polynomial atX = above.Select((atoms, coefficient) => (Others(atoms).Concat(Enumerable.Repeat(x, Minima(atoms))).ToArray(), Scaled(atoms, coefficient)));
        return atX.Is(below) ? above.Terms.ToLookup(t => Minima(t.Atoms), t => (Others(t.Atoms), Scaled(t.Atoms, t.Coefficient))) : null;
    }

    // r0 + m (r1 + m (r2 + ...)), times the sign if all terms have it.
    private static Node? Build(Graph graph, ILookup<int, (Node[] Atoms, double Coefficient)> terms, Node x, Node bound, bool failsForNaN)
    {
        Node sign = graph.Apply(Ops.Sign, x[0]);
        Node[][] all = terms.SelectMany(t => t).Select(t => t.Atoms).ToArray();
        int signed = all.Count(atoms => atoms.Count(a => ReferenceEquals(a, sign)) == 1);
        if ((signed != 0 && signed != all.Length) || all.Any(atoms => atoms.Count(a => ReferenceEquals(a, sign)) > 1)) return null;

        // As second operand of the machine's minimum a NaN of x survives; one of the bound, for which the comparison failed, comes back as a factor.
        Node minimum = graph.Apply(Ops.NativeMin, bound, x);
        Node? value = null;
        for (int k = terms.Max(t => t.Key); k >= 0; k--)
        {
            Node? term = null;
            foreach ((Node[] atoms, double coefficient) in terms[k])
            {
                IEnumerable<Node> factors = atoms.Where(a => !ReferenceEquals(a, sign)).OrderBy(a => !a.Axes.IsEmpty).Prepend(graph.Constant(coefficient));
                if (value is null && failsForNaN) factors = factors.Prepend(graph.Select(IsNumber(graph, bound), graph.One, graph.Constant(double.NaN)));
                Node product = factors.Aggregate(graph.Multiply);
                term = term is null ? product : graph.Add(term, product);
            }

            // A product beside it may cancel: then both are rounded alike.
            value = value is null ? term
                : term is null ? graph.Multiply(minimum, value)
                : term.Is(Ops.Multiply) ? graph.Add(term, graph.Multiply(minimum, value))
                : graph.Apply(Ops.MultiplyAdd, minimum, value, term);
        }

        return signed == 0 ? value : graph.Apply(Ops.WithSign, value!, x[0]);
    }
}
