using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Oracle;
using Xunit;

namespace LossGen.Compiler.Tests.Analysis;

public class IndexChecksTests
{
    private readonly LossBuilder _loss = new();
    private readonly Axis _n;
    private readonly Axis _c;
    private readonly TensorParameter _z;
    private readonly Node _label;

    public IndexChecksTests()
    {
        _n = _loss.Axis("n");
        _c = _loss.Axis("c");
        _z = _loss.Tensor("z", ElementType.Single, _n, _c);
        _label = _loss.Integer("label", _n);
    }

    private Graph Graph => _loss.Graph;

    private Node Picked => Graph.Load(_z, [Graph.Position(_n), _label]);

    private Node Ignored => Graph.Compare(Ops.Equal, _label, Graph.Integer(-1));

    [Fact]
    public void Plain_reads_need_no_check() => Assert.Empty(Checks(Graph.Load(_z)));

    [Fact]
    public void Label_is_checked_everywhere_and_named()
    {
        IndexCheck check = Assert.Single(Checks(Picked));
        Assert.Equal("label", check.Parameter.Name);
        Assert.Same(_label, check.Index);
        Assert.Same(_c, check.Axis);
        Assert.Null(check.Guard);
        Assert.Equal(AxisRange.Full(_n), Assert.Single(check.Ranges));
    }

    [Fact]
    public void Branch_is_the_guard()
    {
        Node ignored = Ignored;
        Assert.Equal("!(label == -1)", GuardOf(Graph.Select(ignored, Graph.Zero, Picked)));
        Assert.Equal("(label == -1)", GuardOf(Graph.Select(ignored, Picked, Graph.Zero)));
    }

    [Fact]
    public void Use_without_a_condition_absorbs_the_guard() =>
        Assert.Null(GuardOf(Graph.Add(Graph.Select(Ignored, Graph.Zero, Picked), Picked)));

    [Fact]
    public void Both_branches_together_are_no_guard() =>
        Assert.Null(GuardOf(Graph.Add(Graph.Select(Ignored, Graph.Zero, Picked), Graph.Select(Ignored, Graph.Negate(Picked), Graph.One))));

    [Fact]
    public void Two_guards_are_joined()
    {
        Node ignored = Ignored, other = Graph.Compare(Ops.Equal, _label, Graph.Integer(7));
        Node value = Graph.Add(Graph.Select(ignored, Picked, Graph.Zero), Graph.Select(other, Picked, Graph.Zero));
        Assert.Equal("((label == -1) || (label == 7))", GuardOf(value));
    }

    [Fact]
    public void Right_operand_of_logic_is_read_only_where_the_left_decides_nothing()
    {
        Node high = Graph.Compare(Ops.Greater, Picked, Graph.Zero);
        Assert.Equal("!(label == -1)", GuardOf(Graph.ToReal(Graph.And(Graph.Not(Ignored), high))));
        Assert.Equal("!(label == -1)", GuardOf(Graph.ToReal(Graph.Or(Ignored, high))));
    }

    [Fact]
    public void Conjunctions_and_negated_disjunctions_are_split()
    {
        Node other = Graph.Compare(Ops.Equal, _label, Graph.Integer(7));
        Node inner = Graph.Select(Graph.Not(other), Picked, Graph.Zero);
        Assert.Equal(
            GuardOf(Graph.Select(Ignored, Graph.Zero, inner)),
            GuardOf(Graph.Select(Graph.Or(Ignored, other), Graph.Zero, Picked)));
    }

    [Fact]
    public void Pick_at_a_constant_is_checked_unless_the_size_is_known()
    {
        Node first = Graph.Load(_z, [Graph.Position(_n), Graph.Integer(0)]);
        IndexCheck check = Assert.Single(Checks(first));
        Assert.Equal("z", check.Parameter.Name);
        Assert.Empty(check.Ranges);

        // Also inside a sum over c: the read does not depend on c, so a kernel may do it before the loop that may be empty.
        Assert.Single(Checks(Graph.Multiply(first, Graph.Load(_z))));
        Axis four = _loss.Axis("four", AffineForm.Of(4));
        TensorParameter box = _loss.Tensor("box", ElementType.Single, _n, four);
        Assert.Empty(Checks(Graph.Load(box, [Graph.Position(_n), Graph.Integer(3)])));
        Assert.Single(Checks(Graph.Load(box, [Graph.Position(_n), Graph.Integer(4)])));
    }

    [Fact]
    public void Shift_is_proven_by_a_shortened_range_or_by_its_guard()
    {
        TensorParameter x = _loss.Tensor("x", ElementType.Single, _n);
        Node next = Graph.Load(x, [Graph.Affine(AffineForm.Of(Symbol.PositionOf(_n)) + AffineForm.One)]);
        var shortened = new AxisRange(_n, AffineForm.Zero, _n.Size - AffineForm.One);
        Assert.Empty(ChecksOf(Graph.Reduce(ReductionKind.Sum, [shortened], next)));
        Assert.Single(Checks(next));

        Node inside = Graph.Compare(Ops.Less, Graph.Affine(AffineForm.Of(Symbol.PositionOf(_n)) + AffineForm.One), Graph.Affine(_n.Size));
        Assert.Empty(Checks(Graph.Select(inside, next, Graph.Zero)));
    }

    [Fact]
    public void Whole_windows_of_a_parameter_width_are_proven()
    {
        AffineForm width = AffineForm.Of(Symbol.Of(_loss.Scalar("k", ElementType.Int32)));
        Axis u = _loss.Axis("u", width, isLocal: true);
        TensorParameter x = _loss.Tensor("x", ElementType.Single, _n);
        Node window = Graph.Load(x, [Graph.Affine(AffineForm.Of(Symbol.PositionOf(_n)) + AffineForm.Of(Symbol.PositionOf(u)))]);
        AxisRange[] whole = [AxisRange.Full(u), new(_n, AffineForm.Zero, _n.Size - width + AffineForm.One)];

        Assert.Empty(ChecksOf(Graph.Reduce(ReductionKind.Sum, whole, window)));
        Assert.Single(Checks(window));
    }

    [Fact]
    public void Small_integers_into_a_long_enough_fixed_axis_need_no_check()
    {
        Axis levels = _loss.Axis("levels", AffineForm.Of(256));
        TensorParameter table = _loss.Tensor("table", ElementType.Single, levels);
        Node pixel = Graph.Load(_loss.Tensor("pixel", ElementType.Byte, _n));

        Assert.Empty(Checks(Graph.Load(table, [pixel])));
        Assert.Single(Checks(Graph.Load(table, [Graph.Apply(Ops.IntegerAdd, pixel, Graph.Integer(1))])));
    }

    [Fact]
    public void Shortened_sum_shortens_the_check()
    {
        var shortened = new AxisRange(_n, AffineForm.One, _n.Size);
        IndexCheck check = Assert.Single(ChecksOf(Graph.Sum(AxisSet.Of(_c), Graph.Reduce(ReductionKind.Sum, [shortened], Picked))));
        Assert.Equal(shortened, Assert.Single(check.Ranges));
    }

    [Fact]
    public void Inner_index_is_checked_before_what_is_read_through_it()
    {
        TensorParameter table = _loss.Tensor("classes", ElementType.Int32, _c);
        Node order = _loss.Integer("order", _n);
        Node outer = Graph.Load(table, [order]);

        ImmutableArray<IndexCheck> checks = Checks(Graph.Load(_z, [Graph.Position(_n), outer]));

        Assert.Equal([order, outer], checks.Select(c => c.Index));
        Assert.Equal(["order", "classes"], checks.Select(c => c.Parameter.Name));
    }

    [Fact]
    public void Guard_on_an_outer_axis_is_not_captured_by_an_inner_sum_over_it()
    {
        // sum[n](label == -1 ? sum[n](z[c: label]) : 0)
        Node inner = Graph.Sum(AxisSet.Of(_n), Picked);
        IndexCheck check = Assert.Single(ChecksOf(Graph.Sum(AxisSet.Of(_n), Graph.Select(Ignored, inner, Graph.Zero))));

        Assert.Equal(["n", "n'"], check.Ranges.Select(r => r.Axis.Name));
        Assert.False(check.Guard!.Axes.Contains(_n));
    }

    private ImmutableArray<IndexCheck> Checks(Node body) => ChecksOf(_loss.Sum(body));

    private ImmutableArray<IndexCheck> ChecksOf(Node root)
    {
        BoundLoss loss = _loss.Build(root);
        return IndexChecks.Collect(loss);
    }

    private string? GuardOf(Node body) => Assert.Single(Checks(body)).Guard?.ToString();
}
