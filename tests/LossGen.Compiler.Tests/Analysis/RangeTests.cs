using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Oracle;
using Xunit;

namespace LossGen.Compiler.Tests.Analysis;

public class RangeTests
{
    private readonly LossBuilder _loss = new();
    private readonly Axis _n;
    private readonly Axis _four;
    private readonly ValueRanges _values = new();
    private readonly IntegerRanges _integers = new();

    public RangeTests()
    {
        _n = _loss.Axis("n");
        _four = _loss.Axis("k", AffineForm.Of(4));
    }

    private Graph Graph => _loss.Graph;

    [Fact]
    public void Reductions_know_that_they_may_be_empty()
    {
        Node positive = Graph.Apply(Ops.Exp, _loss.Real("x", _n)), fixedLength = Graph.Apply(Ops.Exp, _loss.Real("y", _four));
        Assert.Equal(Interval.NonNegative, _values.Of(_loss.Sum(positive)));
        Assert.Equal(Interval.Positive, _values.Of(_loss.Sum(fixedLength)));
        Assert.Equal(Interval.NonNegative.Negated, _values.Of(_loss.Sum(Graph.Negate(positive))));
        Assert.Equal(double.NegativeInfinity, _values.Of(Graph.Reduce(ReductionKind.Max, positive.Axes, positive)).Low);
        Assert.True(_values.Of(Graph.Reduce(ReductionKind.Max, fixedLength.Axes, fixedLength)).IsPositive);
        Assert.True(_values.Of(Graph.Reduce(ReductionKind.Min, positive.Axes, positive)).IsPositive);
        Assert.Equal(Interval.All, _values.Of(Graph.Reduce(ReductionKind.LogSumExp, positive.Axes, positive)));
        Assert.Equal(Interval.NonNegative, _values.Of(Graph.Reduce(ReductionKind.LogSumExp, fixedLength.Axes, fixedLength)));
        Assert.Equal(Interval.NonNegative, _values.Of(Graph.Reduce(ReductionKind.Norm, positive.Axes, positive)));
        Node share = Graph.Apply(Ops.Sigmoid, _loss.Real("z", _n));
        Interval product = _values.Of(Graph.Reduce(ReductionKind.Product, share.Axes, share));
        Assert.True(product.IsPositive);
        Assert.Equal(1, product.High);
    }

    [Fact]
    public void Squares_and_even_powers_are_not_negative()
    {
        Node x = _loss.Real("x", _n), s = Graph.Apply(Ops.Tanh, x);
        Assert.Equal(Interval.NonNegative, _values.Of(Graph.Multiply(x, x)));
        Assert.Equal(Interval.Unit, _values.Of(Graph.Multiply(s, s)));
        Assert.Equal(Interval.NonNegative, _values.Of(Graph.Apply(Ops.Power, x, Graph.Constant(4))));
        Assert.Equal(Interval.NonNegative, _values.Of(Graph.Apply(Ops.Power, x, Graph.ToReal(Graph.Integer(2)))));
        Assert.Equal(Interval.All, _values.Of(Graph.Apply(Ops.Power, x, Graph.Constant(3))));
    }

    [Fact]
    public void Masks_and_bytes_are_bounded()
    {
        Node pixel = Graph.Load(_loss.Tensor("pixel", ElementType.Byte, _n)), mask = Graph.Load(_loss.Tensor("mask", ElementType.Boolean, _n));
        Assert.Equal(new Interval(0, 255), _values.Of(Graph.ToReal(pixel)));
        Assert.Equal(Interval.Unit, _values.Of(Graph.ToReal(mask)));
        Assert.True(_values.Of(Graph.ToReal(Graph.Affine(_n.Size))).IsNonNegative);
        Assert.True(_values.Of(Graph.ToReal(Graph.Affine(_n.Size + AffineForm.One))).IsPositive);
    }

    [Fact]
    public void Integers_by_their_elements()
    {
        Node pixel = Graph.Load(_loss.Tensor("pixel", ElementType.Byte, _n)), label = _loss.Integer("label", _n);
        Node wide = Graph.Load(_loss.Tensor("wide", ElementType.Int64, _n));
        Assert.Equal(new IntegerInterval(0, 255), _integers.Of(pixel));
        Assert.True(_integers.FitsInt32(label));
        Assert.False(_integers.FitsInt32(Graph.Apply(Ops.IntegerAdd, label, Graph.Integer(1))));
        Assert.True(_integers.FitsInt32(Graph.Apply(Ops.IntegerMultiply, pixel, Graph.Integer(-1000))));
        Assert.False(_integers.FitsInt32(wide));
        Assert.Equal(IntegerInterval.All, _integers.Of(Graph.Apply(Ops.IntegerAdd, wide, Graph.Integer(1))));
        Assert.Equal(IntegerInterval.All, _integers.Of(Graph.Apply(Ops.IntegerMultiply, wide, label)));
        Assert.True(_integers.FitsInt32(Graph.Apply(Ops.IntegerMax, Graph.Apply(Ops.IntegerMin, wide, Graph.Integer(9)), Graph.Integer(0))));
        Assert.Equal(new IntegerInterval(0, 9), _integers.Of(Graph.Apply(Ops.IntegerModulo, wide, Graph.Integer(10))));
        Assert.Equal(new IntegerInterval(-6, 0), _integers.Of(Graph.Apply(Ops.IntegerModulo, wide, Graph.Integer(-7))));
        Assert.Equal(new IntegerInterval(-1, 255), _integers.Of(Graph.Select(Graph.Truth(true), pixel, Graph.Integer(-1))));
    }

    [Fact]
    public void Positions_and_sizes()
    {
        Assert.Equal(new IntegerInterval(0, int.MaxValue - 1), _integers.Of(Graph.Position(_n)));
        Assert.Equal(new IntegerInterval(0, int.MaxValue), _integers.Of(Graph.Affine(_n.Size)));
        Assert.Equal(new IntegerInterval(0, 3), _integers.Of(Graph.Position(_four)));
        Assert.True(_integers.FitsInt32(Graph.Affine(AffineForm.Of(Symbol.PositionOf(_n)) + AffineForm.One)));
        Assert.False(_integers.FitsInt32(Graph.Affine(2 * AffineForm.Of(Symbol.PositionOf(_n)))));

        // The call looks at the size of a local axis; one that is as long as an axis of any length it does not.
        Axis twice = _loss.Axis("twice", 2 * _n.Size, isLocal: true), endless = _loss.Axis("endless"), same = _loss.Axis("same", endless.Size, isLocal: true);
        endless.IsLong = true;
        Assert.Equal(new IntegerInterval(0, SizeLimit.LongestLocal - 1), _integers.Of(Graph.Position(twice)));
        Assert.False(_integers.FitsInt32(Graph.Affine(AffineForm.Of(Symbol.PositionOf(twice)) + AffineForm.Of(100))));
        Assert.False(_integers.FitsInt32(Graph.Position(endless)));
        Assert.False(_integers.FitsInt32(Graph.Position(same)));
    }

    [Fact]
    public void Quotients_hold_on_every_small_pair()
    {
        long[] ends = [-3, -1, 0, 1, 2];
        foreach (Op op in (Op[])[Ops.IntegerDivide, Ops.IntegerModulo, Ops.IntegerMultiply, Ops.IntegerMax, Ops.IntegerMin, Ops.IntegerAdd, Ops.IntegerSubtract])
        {
            foreach (long low in ends)
            {
                foreach (long width in (long[])[0, 2])
                {
                    foreach (long otherLow in ends) AssertContained(op, new(low, low + width), new(otherLow, otherLow + 2));
                }
            }
        }
    }

    private void AssertContained(Op op, IntegerInterval a, IntegerInterval b)
    {
        Node pixel = Graph.Load(_loss.Tensor("value", ElementType.Int64, _n));
        Node Between(IntegerInterval r) => Graph.Apply(Ops.IntegerMax, Graph.Apply(Ops.IntegerMin, pixel, Graph.Integer(r.High)), Graph.Integer(r.Low));
        IntegerInterval range = _integers.Of(Graph.Apply(op, Between(a), Between(b)));
        for (long x = a.Low; x <= a.High; x++)
        {
            for (long y = b.Low; y <= b.High; y++) Assert.InRange((long)op.Evaluate!([x, y]), range.Low, range.High);
        }
    }
}
