using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Oracle;
using Xunit;

namespace LossGen.Compiler.Tests.Oracle;

public class InterpreterTests
{
    private readonly LossBuilder _loss = new();
    private readonly Axis _n;
    private readonly Axis _c;

    public InterpreterTests()
    {
        _n = _loss.Axis("n");
        _c = _loss.Axis("c");
    }

    private Graph Graph => _loss.Graph;

    [Fact]
    public void Cross_entropy_by_hand()
    {
        Node z = _loss.Real("z", _n, _c), label = _loss.Integer("label", _n);
        Node picked = Graph.Load(z.Tensor, [Graph.Position(_n), label]);
        Node total = Graph.Reduce(ReductionKind.LogSumExp, AxisSet.Of(_c), z);
        BoundLoss loss = _loss.Build(_loss.Mean(Graph.Subtract(total, picked)), ("total", _loss.Sum(total)));
        double[] x = [1, 2, 3, -1, 0.5, 0];

        (double value, double[] parts) = Interpreter.Evaluate(loss, new Inputs().With("z", x).WithIntegers("label", 2, 0));

        double first = Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3)), second = Math.Log(Math.Exp(-1) + Math.Exp(0.5) + 1);
        Assert.Equal((first - 3 + second + 1) / 2, value, 1e-14);
        Assert.Equal(first + second, Assert.Single(parts), 1e-14);
        double[] gradient = DualInterpreter.Gradient(loss, new Inputs().With("z", x).WithIntegers("label", 2, 0), loss.Differentiated[0], upstream: 2);
        for (int i = 0; i < 6; i++)
        {
            double softmax = Math.Exp(x[i] - (i < 3 ? first : second));
            Assert.Equal(softmax - (i is 2 or 3 ? 1 : 0), gradient[i], 1e-14);
        }
    }

    [Fact]
    public void Branch_not_taken_leaks_neither_nan_nor_a_read_out_of_range()
    {
        Node z = _loss.Real("z", _n, _c), label = _loss.Integer("label", _n);
        Node picked = Graph.Apply(Ops.Log, Graph.Load(z.Tensor, [Graph.Position(_n), label]));
        Node kept = Graph.Select(Graph.Compare(Ops.Less, label, Graph.Integer(0)), Graph.Zero, picked);
        BoundLoss loss = _loss.Build(_loss.Sum(kept));
        Inputs inputs = new Inputs().With("z", -1, double.NaN, 4, 5).WithIntegers("label", -1, 0);

        Assert.Equal(Math.Log(4), Interpreter.Evaluate(loss, inputs).Loss);
        Assert.Equal([0, 0, 0.25, 0], DualInterpreter.Gradient(loss, inputs, loss.Differentiated[0]));
        Assert.Equal(double.NaN, Interpreter.Evaluate(loss, inputs.WithIntegers("label", 2, 0)).Loss);
    }

    [Theory]
    [InlineData("Sum", 0.0)]
    [InlineData("Product", 1.0)]
    [InlineData("Max", double.NegativeInfinity)]
    [InlineData("Min", double.PositiveInfinity)]
    [InlineData("LogSumExp", double.NegativeInfinity)]
    [InlineData("Norm", 0.0)]
    public void Reductions_of_nothing(string kind, double expected)
    {
        BoundLoss loss = _loss.Build(Graph.Reduce(Enum.Parse<ReductionKind>(kind), AxisSet.Of(_n), _loss.Real("x", _n)));
        Assert.Equal(expected, Interpreter.Evaluate(loss, new Inputs().With("x")).Loss);
    }

    [Theory]
    [InlineData("Max", new[] { 1.0, 3, 3, 2 }, 3, new[] { 0, 0.5, 0.5, 0 })]
    [InlineData("Min", new[] { 1.0, 3, 3, 2 }, 1, new[] { 1.0, 0, 0, 0 })]
    [InlineData("Max", new[] { 1.0, double.NaN }, double.NaN, null)]
    [InlineData("Product", new[] { 0.0, 2, 5 }, 0, new[] { 10.0, 0, 0 })]
    [InlineData("Norm", new[] { 3e200, 4e200 }, 5e200, new[] { 0.6, 0.8 })]
    [InlineData("Norm", new[] { 0.0, 0 }, 0, new[] { 0.0, 0 })]
    [InlineData("LogSumExp", new[] { double.NegativeInfinity, double.NegativeInfinity }, double.NegativeInfinity, new[] { 0.0, 0 })]
    [InlineData("LogSumExp", new[] { 1000.0, double.NegativeInfinity }, 1000, new[] { 1.0, 0 })]
    public void Reductions_and_their_conventions(string kind, double[] x, double expected, double[]? gradient)
    {
        BoundLoss loss = _loss.Build(Graph.Reduce(Enum.Parse<ReductionKind>(kind), AxisSet.Of(_n), _loss.Real("x", _n)));
        Inputs inputs = new Inputs().With("x", x);
        Assert.Equal(1, Interpreter.Evaluate(loss, inputs).Loss is var value && value.Equals(expected) ? 1 : value / expected, 1e-15);
        if (gradient is null) return;
        double[] actual = DualInterpreter.Gradient(loss, inputs, loss.Differentiated[0]);
        for (int i = 0; i < gradient.Length; i++) Assert.Equal(gradient[i], actual[i], 1e-15);
    }

    [Fact]
    public void Shortened_sum_and_sum_over_an_axis_that_the_body_lacks()
    {
        Node x = _loss.Real("x", _n);
        Node next = Graph.Load(x.Tensor, [Graph.Affine(AffineForm.Of(Symbol.PositionOf(_n)) + AffineForm.One)]);
        Node steps = Graph.Reduce(ReductionKind.Sum, [new AxisRange(_n, AffineForm.Zero, _n.Size - AffineForm.One)], Graph.Multiply(next, x));
        Node repeated = Graph.Reduce(ReductionKind.Sum, AxisSet.Of(_c), steps);
        BoundLoss loss = _loss.Build(Graph.Add(steps, repeated), ("steps", steps));

        (double value, double[] parts) = Interpreter.Evaluate(loss, new Inputs().With("x", 1, 2, 3).WithSize("c", 5).WithSize("n", 3));

        Assert.Equal(8, parts[0]);
        Assert.Equal(48, value);
    }

    [Fact]
    public void Integers_keep_64_bits_and_round_down()
    {
        Node a = Graph.Load(_loss.Tensor("a", ElementType.Int64, _n)), b = Graph.Load(_loss.Tensor("b", ElementType.Int64, _n));
        Node[] values =
        [
            Graph.Apply(Ops.IntegerDivide, a, b), Graph.Apply(Ops.IntegerModulo, a, b), Graph.Apply(Ops.IntegerMultiply, a, b), Graph.Apply(Ops.IntegerSubtract, a, b),
        ];
        BoundLoss loss = _loss.Build(Graph.Zero);
        Inputs inputs = new Inputs().WithIntegers("a", 7, -7, 7, 5, (1L << 60) + 1).WithIntegers("b", 2, 2, -2, 0, 1).WithSize("n", 5).WithSize("c", 0);
        long[][] results = values.Select(v => Interpreter.Evaluate(loss, inputs, v).Integers!).ToArray();

        Assert.Equal([3, -4, -4, 0, (1L << 60) + 1], results[0]);
        Assert.Equal([1, 1, -1, 0, 0], results[1]);
        Assert.Equal([14, -14, -14, 0, (1L << 60) + 1], results[2]);
        Assert.Equal([5, -9, 9, 5, 1L << 60], results[3]);
    }

    [Fact]
    public void Long_sums_do_not_drift()
    {
        BoundLoss loss = _loss.Build(_loss.Sum(_loss.Real("x", _n)));
        double[] x = [1e17, .. Enumerable.Repeat(1.0, 1000), -1e17];
        Assert.Equal(1000, Interpreter.Evaluate(loss, new Inputs().With("x", x)).Loss);
    }

    [Fact]
    public void Kink_is_reported_and_a_smooth_point_is_not()
    {
        BoundLoss loss = _loss.Build(_loss.Sum(Graph.Apply(Ops.Abs, _loss.Real("x", _n))));
        DifferenceGradient differences = CentralDifferences.Gradient(loss, new Inputs().With("x", 0, 0.5, -2), loss.Differentiated[0]);
        Assert.Equal([true, false, false], differences.Kinks);
        Assert.Equal(1, differences.Values[1], 1e-10);
        Assert.Equal(-1, differences.Values[2], 1e-10);
        Assert.Equal([0, 1, -1], DualInterpreter.Gradient(loss, new Inputs().With("x", 0, 0.5, -2), loss.Differentiated[0]));
    }
}
