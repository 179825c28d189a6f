using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

internal sealed partial class Lowering
{
    /// <summary>
    /// b + log(sum exp(x - b)) with the maximum b; an infinite maximum is the result. Of more than two terms with slopes b is 0 where all are -inf, so that the
    /// sum, which then is 0, says so: slopes that have the sum need no maximum. A NaN, which the cheapest maximum may lose, comes with the sum.
    /// </summary>
    private Node LogAddExp(ImmutableArray<Node> terms, bool hasSlopes)
    {
        if (terms.Length == 2)
        {
            Node larger = Graph.Apply(Ops.Max, terms[0], terms[1]);
            Node value = Graph.Add(larger, Graph.Apply(Ops.Log1pUnit, Decay(Graph.Subtract(terms[0], terms[1]))));
            return Graph.Select(Graph.Compare(Ops.Equal, Graph.Apply(Ops.Abs, larger), Graph.Constant(double.PositiveInfinity)), larger, value);
        }

        if (!hasSlopes) return LogAddExpOfOthers(terms);
        Node sum = SumOfExponentials(terms);
        Node finite = Graph.Select(IsNothing(sum), Graph.Constant(double.NegativeInfinity), Graph.Add(Base(terms), Graph.Apply(Ops.LogFromOne, sum)));
        return Graph.Select(Graph.Compare(Ops.Equal, Top(terms), Graph.Constant(double.PositiveInfinity)), Top(terms), finite);
    }

    /// <summary>
    /// b + log(1 + sum exp(y - b)) over the other terms y, the lesser of each pair on the way to the maximum b: one exponential less. Of such a pair one of the
    /// two results is NaN if a term is, since a comparison that fails takes the second. Where all are -inf, a finite number is subtracted instead of b.
    /// </summary>
    private Node LogAddExpOfOthers(ImmutableArray<Node> terms)
    {
        Node top = terms[0], lowest = Graph.Constant(_isDouble ? -double.MaxValue : -float.MaxValue);
        var others = new List<Node>();
        foreach (Node term in terms.Skip(1))
        {
            others.Add(Graph.Apply(Ops.NativeMin, term, top));
            top = Graph.Apply(Ops.NativeMax, top, term);
        }

        Node shift = Graph.Apply(Ops.NativeMax, lowest, top);
        Node sum = others.Select(y => Graph.Apply(Ops.ExpBelowLargest, Graph.Subtract(y, shift))).Aggregate(Graph.Add);
        Node value = Graph.Add(top, Graph.Apply(Ops.LogFromOne, Graph.Add(Graph.One, sum)));
        return Graph.Select(Graph.Compare(Ops.Equal, top, Graph.Constant(double.PositiveInfinity)), top, value);
    }

    /// <summary>exp(x - b) / sum exp(. - b), of two terms a sigmoid: with the exponentials that logaddexp has, and exact to their differences however large the terms are.</summary>
    private Node LogAddExpWeight(Node x, ImmutableArray<Node> terms)
    {
        if (terms.Length == 2 && terms.Contains(x))
        {
            Node weight = Sigmoid(Graph.Subtract(terms[0], terms[1]), mirrored: !ReferenceEquals(x, terms[0]));
            return Graph.Select(Graph.Compare(Ops.Equal, Graph.Apply(Ops.Max, terms[0], terms[1]), Graph.Constant(double.NegativeInfinity)), Graph.Zero, weight);
        }

        Node sum = SumOfExponentials(terms), share = Graph.Select(IsNothing(sum), Graph.Zero, Graph.Divide(Graph.One, sum));
        return terms.Contains(x)
            ? Graph.Multiply(Exponential(x, terms), share)
            : Graph.Select(IsNothing(sum), Graph.Zero, Graph.Multiply(Exponential(x, terms), share));
    }

    private Node Top(ImmutableArray<Node> terms) => terms.Skip(1).Aggregate(terms[0], (a, b) => Graph.Apply(Ops.NativeMax, a, b));

    private Node Base(ImmutableArray<Node> terms) =>
        Graph.Select(Graph.Compare(Ops.Equal, Top(terms), Graph.Constant(double.NegativeInfinity)), Graph.Zero, Top(terms));

    private Node SumOfExponentials(ImmutableArray<Node> terms) => terms.Select(x => Exponential(x, terms)).Aggregate(Graph.Add);

    private Node Exponential(Node x, ImmutableArray<Node> terms) => Graph.Apply(Ops.ExpBelowLargest, Graph.Subtract(x, Base(terms)));

    /// <summary>Whether no term was there: else the largest adds 1.</summary>
    private Node IsNothing(Node sum) => Graph.Compare(Ops.Equal, sum, Graph.Zero);
}
