using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Oracle;
using Xunit;

namespace LossGen.Compiler.Tests.Analysis;

public class AxisCollapsingTests
{
    private readonly LossBuilder _loss = new();
    private readonly Axis _n;
    private readonly Axis _c;
    private readonly Axis _h;

    public AxisCollapsingTests()
    {
        _n = _loss.Axis("n");
        _c = _loss.Axis("c");
        _h = _loss.Axis("h");
    }

    private Graph Graph => _loss.Graph;

    [Fact]
    public void Mean_squared_error_over_many_axes_runs_over_one_and_needs_no_size()
    {
        BoundLoss loss = _loss.Build(_loss.Mean(SquaredError()));
        Assert.NotNull(SizeSolver.Solve(loss).Unsolvable);

        BoundLoss collapsed = AxisCollapsing.Apply(loss);

        Assert.Equal(["x[n_c_h]", "y[n_c_h]"], Shapes(collapsed));
        Assert.Equal("(sum[n_c_h]((x - y) * (x - y)) / size(n_c_h))", collapsed.Result.ToString());
        Assert.Equal("n_c_h", Assert.Single(SizeSolver.Solve(collapsed).Plan!.Steps).Axis.Name);
        Inputs inputs = new Inputs().With("x", 1, 2, 3, 4).With("y", 0, 0, 0, 2);
        Assert.Equal(18 / 4.0, Interpreter.Evaluate(collapsed, inputs).Loss);
        Assert.Same(collapsed.Tensors[0], collapsed.Differentiated[0].Tensor);
    }

    [Fact]
    public void Axis_that_a_reduction_binds_alone_stays()
    {
        Node perRow = Graph.Reduce(ReductionKind.LogSumExp, AxisSet.Of(_h), SquaredError());
        BoundLoss loss = _loss.Build(_loss.Mean(perRow));
        BoundLoss collapsed = AxisCollapsing.Apply(loss);

        Assert.Equal(["x[n_c, h]", "y[n_c, h]"], Shapes(collapsed));
        AssertSameValues(loss, collapsed, 2, 3, 4);
    }

    [Fact]
    public void Count_of_some_axes_keeps_them_apart_from_the_others()
    {
        BoundLoss loss = _loss.Build(Graph.Divide(_loss.Sum(SquaredError()), Graph.Count(AxisSet.Of([_n, _h]))));
        Assert.Same(loss, AxisCollapsing.Apply(loss));

        loss = _loss.Build(Graph.Divide(_loss.Sum(SquaredError()), Graph.Count(AxisSet.Of([_c, _h]))));
        BoundLoss collapsed = AxisCollapsing.Apply(loss);
        Assert.Equal("x[n, c_h]", Shapes(collapsed).First());
        AssertSameValues(loss, collapsed, 2, 3, 4);
    }

    [Fact]
    public void Count_shared_with_a_larger_count_is_seen()
    {
        // size n * size c is used alone and as the beginning of size n * size c * size h
        Node sum = _loss.Sum(SquaredError());
        Node both = Graph.Divide(Graph.Divide(sum, Graph.Count(AxisSet.Of([_n, _c]))), Graph.Count(AxisSet.Of([_n, _c, _h])));
        BoundLoss loss = _loss.Build(both);
        BoundLoss collapsed = AxisCollapsing.Apply(loss);

        Assert.Equal("x[n_c, h]", Shapes(collapsed).First());
        AssertSameValues(loss, collapsed, 2, 3, 4);
    }

    [Fact]
    public void Tensor_with_one_of_the_axes_keeps_them_apart()
    {
        BoundLoss loss = _loss.Build(_loss.Mean(Graph.Multiply(SquaredError(), _loss.Real("weight", _c))));
        Assert.Same(loss, AxisCollapsing.Apply(loss));
    }

    [Fact]
    public void Tensor_with_another_order_keeps_them_apart()
    {
        BoundLoss loss = _loss.Build(_loss.Mean(Graph.Multiply(SquaredError(), _loss.Real("t", _c, _n))));
        Assert.Equal("x[n, c, h]", Shapes(AxisCollapsing.Apply(loss)).First());
    }

    [Fact]
    public void Position_or_size_in_use_keeps_an_axis()
    {
        Node weighted = Graph.Multiply(SquaredError(), Graph.ToReal(Graph.Position(_c)));
        Assert.Equal("x[n, c, h]", Shapes(AxisCollapsing.Apply(_loss.Build(_loss.Mean(weighted)))).First());

        Node scaled = Graph.Divide(_loss.Sum(Graph.Load(_loss.Tensor("z", ElementType.Single, _n, _h))), Graph.ToReal(Graph.Affine(_n.Size)));
        Assert.Contains("z[n, h]", Shapes(AxisCollapsing.Apply(_loss.Build(scaled))));
    }

    [Fact]
    public void Axis_walked_twice_or_picked_from_stays()
    {
        TensorParameter x = _loss.Tensor("x", ElementType.Single, _n, _c, _h);
        Axis m = _loss.Axis("m", _n.Size, isLocal: true);
        Node pairs = Graph.Multiply(Graph.Load(x), Graph.Load(x, [Graph.Position(m), Graph.Position(_c), Graph.Position(_h)]));
        BoundLoss loss = _loss.Build(_loss.Mean(pairs));
        BoundLoss collapsed = AxisCollapsing.Apply(loss);
        Assert.Equal("x[n, c_h]", Assert.Single(Shapes(collapsed)));
        AssertSameValues(loss, collapsed, 3, 2, 2);

        Node first = Graph.Multiply(Graph.Load(x), Graph.Load(x, [Graph.Position(_n), Graph.Position(_c), Graph.Integer(0)]));
        Assert.Equal("x[n_c, h]", Assert.Single(Shapes(AxisCollapsing.Apply(_loss.Build(_loss.Sum(first))))));
    }

    [Fact]
    public void Shortened_sum_keeps_its_axis()
    {
        Node x = _loss.Real("x", _n, _c, _h);
        AxisRange[] ranges = [AxisRange.Full(_n), AxisRange.Full(_c), new(_h, AffineForm.One, _h.Size)];
        Assert.Equal("x[n_c, h]", Assert.Single(Shapes(AxisCollapsing.Apply(_loss.Build(Graph.Reduce(ReductionKind.Sum, ranges, x))))));
    }

    [Fact]
    public void Axis_whose_size_is_given_stays()
    {
        Node x = _loss.Real("x", _n, _c, _h);
        _loss.Scalar("c", ElementType.Int32);
        BoundLoss loss = _loss.Build(_loss.Mean(x));
        Assert.Same(loss, AxisCollapsing.Apply(loss));
    }

    [Fact]
    public void Names_and_parts_go_along()
    {
        Node error = SquaredError(), total = _loss.Sum(error);
        BoundLoss loss = _loss.Build(_loss.Mean(error), ("total", total));
        loss = loss with { Names = loss.Names.Add(error, "error").Add(total, "total") };

        BoundLoss collapsed = AxisCollapsing.Apply(loss);

        Assert.Equal("total", collapsed.Names[collapsed.Parts[0].Value]);
        Assert.Equal("error", collapsed.Names[collapsed.Parts[0].Value[0]]);
        Assert.Equal(2, collapsed.Names.Count);
    }

    private Node SquaredError()
    {
        Node difference = Graph.Subtract(_loss.Real("x", _n, _c, _h), _loss.Real("y", _n, _c, _h));
        return Graph.Multiply(difference, difference);
    }

    private static IEnumerable<string> Shapes(BoundLoss loss) => loss.Tensors.Select(t => $"{t.Name}[{string.Join(", ", t.Axes.Select(a => a.Name))}]");

    private static void AssertSameValues(BoundLoss before, BoundLoss after, int n, int c, int h)
    {
        var random = new Random(17);
        Inputs inputs = before.Tensors.Aggregate(
            new Inputs(), (i, t) => i.With(t.Name, Enumerable.Range(0, n * c * h).Select(_ => random.NextDouble()).ToArray()));
        Inputs sized = after.Graph.Axes.Where(SizeSolver.HasOwnSize).Aggregate(
            inputs.WithSize("n", n).WithSize("c", c).WithSize("h", h),
            (i, a) => i.WithSize(a.Name, a.Name.Split('_').Aggregate(1L, (size, name) => size * (name == "n" ? n : name == "c" ? c : h))));
        double expected = Interpreter.Evaluate(before, sized).Loss;
        Assert.Equal(expected, Interpreter.Evaluate(after, sized).Loss, Math.Abs(expected) * 1e-14);
    }
}
