using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;
using LossGen.Oracle;
using Xunit;

namespace LossGen.Compiler.Tests.Analysis;

/// <summary>Whether a condition holds at some step is the same as holding at one of all steps.</summary>
public class SomePositionTests
{
    private readonly LossBuilder _loss = new();
    private readonly Axis _t;
    private readonly Axis _l;

    public SomePositionTests() => (_t, _l) = (_loss.Axis("t"), _loss.Axis("l"));

    private Graph Graph => _loss.Graph;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(0, 5)]
    [InlineData(2, 4)]
    public void Random_conditions(int low, int high)
    {
        var random = new Random(11);
        var range = new AxisRange(_t, AffineForm.Of(low), AffineForm.Of(high));
        int known = 0;
        for (int k = 0; k < 2000; k++)
        {
            Node condition = Condition(random, 3);
            if (SomePosition.Has(Graph, range, condition) is not { } some) continue;
            known++;
            Assert.False(some.Axes.Contains(_t));
            for (int l = 0; l < 5; l++)
            {
                bool expected = Enumerable.Range(low, high - low).Any(t => Holds(condition, t, l));
                Assert.True(expected == Holds(some, int.MaxValue, l), $"{condition} at some t in {low} ... {high - 1}, l = {l}: {some}");
            }
        }

        Assert.InRange(known, 600, 1900);
    }

    [Fact]
    public void Alternatives_that_another_one_covers_do_not_hinder()
    {
        // t >= 1, or the first step with something that no form is known for.
        Node later = Graph.Compare(Ops.GreaterOrEqual, Graph.Position(_t), Graph.Integer(1));
        Node odd = Graph.Compare(Ops.Equal, Graph.Position(_t), Graph.Position(_l));
        Node near = Graph.Compare(Ops.Less, Graph.Position(_l), Graph.Integer(2));
        Node condition = Graph.Or(Graph.And(Graph.And(near, odd), Graph.Not(later)), Graph.Or(Graph.And(near, Graph.Not(later)), later));
        Node? some = SomePosition.Has(Graph, AxisRange.Full(_t), condition);
        Assert.NotNull(some);
        Assert.False(some.Axes.Contains(_t));
        Assert.Null(SomePosition.Has(Graph, AxisRange.Full(_t), odd));
    }

    private Node Condition(Random random, int depth)
    {
        if (depth > 0 && random.Next(4) > 0)
        {
            Node a = Condition(random, depth - 1);
            int kind = random.Next(5);
            return kind == 0 ? Graph.Not(a) : kind < 3 ? Graph.And(a, Condition(random, depth - 1)) : Graph.Or(a, Condition(random, depth - 1));
        }

        Op[] comparisons = [Ops.Less, Ops.LessOrEqual, Ops.Greater, Ops.GreaterOrEqual, Ops.Equal];
        return Graph.Compare(comparisons[random.Next(depth == 3 ? 5 : random.Next(20) == 0 ? 5 : 4)], Form(random), Form(random));
    }

    private Node Form(Random random) => Graph.Affine(
        (random.Next(-1, 2) * AffineForm.Of(Symbol.PositionOf(_t))) + (random.Next(-1, 2) * AffineForm.Of(Symbol.PositionOf(_l))) + AffineForm.Of(random.Next(-3, 4)));

    private bool Holds(Node node, long t, long l)
    {
        long Value(Node form) => form.Affine.Constant + (form.Affine.CoefficientOf(Symbol.PositionOf(_t)) * t) + (form.Affine.CoefficientOf(Symbol.PositionOf(_l)) * l);
        return node.Is(Ops.And) ? Holds(node[0], t, l) && Holds(node[1], t, l)
            : node.Is(Ops.Or) ? Holds(node[0], t, l) || Holds(node[1], t, l)
            : node.Is(Ops.Not) ? !Holds(node[0], t, l)
            : node.Is(Ops.TruthConstant) ? (bool)node.Payload!
            : node.Is(Ops.Less) ? Value(node[0]) < Value(node[1])
            : node.Is(Ops.LessOrEqual) ? Value(node[0]) <= Value(node[1])
            : node.Is(Ops.Greater) ? Value(node[0]) > Value(node[1])
            : node.Is(Ops.GreaterOrEqual) ? Value(node[0]) >= Value(node[1])
            : node.Is(Ops.NotEqual) ? Value(node[0]) != Value(node[1])
            : node.Is(Ops.Equal) ? Value(node[0]) == Value(node[1])
            : throw new InvalidOperationException(node.ToString());
    }
}
