using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Oracle;
using Xunit;

namespace LossGen.Compiler.Tests.Analysis;

public class SizeSolverTests
{
    [Fact]
    public void Length_without_other_axes_is_preferred_to_a_quotient()
    {
        var loss = new LossBuilder();
        Axis n = loss.Axis("n"), c = loss.Axis("c");
        Node x = loss.Real("x", n, c), weight = loss.Real("weight", c), label = loss.Integer("label", n);

        SizeSolution solution = SizeSolver.Solve(loss.Build(loss.Sum(loss.Graph.Multiply(x, loss.Graph.Multiply(weight, loss.Graph.ToReal(label))))));

        Assert.Equal(["c = weight", "n = label"], Words(solution));
    }

    [Fact]
    public void Parameter_of_the_axis_name_gives_its_size_and_a_quotient_the_other()
    {
        var loss = new LossBuilder();
        Axis n = loss.Axis("n"), d = loss.Axis("d");
        Node x = loss.Real("x", n, d);
        loss.Scalar("d", ElementType.Int32);

        Assert.Equal(["d = d", "n = x / d"], Words(SizeSolver.Solve(loss.Build(loss.Sum(x)))));
    }

    [Fact]
    public void Fixed_size_divides()
    {
        var loss = new LossBuilder();
        Axis n = loss.Axis("n"), k = loss.Axis("k", AffineForm.Of(4));

        SizeSolution solution = SizeSolver.Solve(loss.Build(loss.Sum(loss.Real("x", n, k))));

        SizeStep step = Assert.Single(solution.Plan!.Steps);
        Assert.Same(n, step.Axis);
        Assert.Equal(AffineForm.Of(4), Assert.Single(step.Divisor));
    }

    [Fact]
    public void First_axis_that_nothing_gives_is_named()
    {
        var loss = new LossBuilder();
        Axis n = loss.Axis("n"), c = loss.Axis("c"), d = loss.Axis("d");
        Node x = loss.Real("x", n), y = loss.Real("y", c, d);

        SizeSolution solution = SizeSolver.Solve(loss.Build(loss.Graph.Add(loss.Sum(x), loss.Sum(y))));

        Assert.Null(solution.Plan);
        Assert.Same(c, solution.Unsolvable);
    }

    [Fact]
    public void Square_is_not_solved_by_its_length_alone_but_by_another_tensor()
    {
        var loss = new LossBuilder();
        Axis c = loss.Axis("c"), k = loss.Axis("k", c.Size);
        Node square = loss.Real("square", k, c);
        Assert.Same(c, SizeSolver.Solve(loss.Build(loss.Sum(square))).Unsolvable);

        Node row = loss.Real("row", c);
        Assert.Equal(["c = row"], Words(SizeSolver.Solve(loss.Build(loss.Sum(loss.Graph.Multiply(square, row))))));
    }

    [Fact]
    public void Chain_is_solved_link_by_link()
    {
        var loss = new LossBuilder();
        Axis a = loss.Axis("a"), b = loss.Axis("b"), c = loss.Axis("c");
        Node x = loss.Real("x", a, b), y = loss.Real("y", b, c), z = loss.Real("z", c);

        SizeSolution solution = SizeSolver.Solve(loss.Build(loss.Graph.Add(loss.Sum(x), loss.Graph.Add(loss.Sum(y), loss.Sum(z)))));

        Assert.Equal(["c = z", "b = y / c", "a = x / b"], Words(solution));
    }

    [Fact]
    public void Local_axis_of_a_given_size_needs_no_step()
    {
        var loss = new LossBuilder();
        Axis n = loss.Axis("n");
        Axis m = loss.Axis("m", n.Size, isLocal: true);
        Node x = loss.Real("x", n);
        Node pairs = loss.Graph.Multiply(x, loss.Graph.Load(x.Tensor, [loss.Graph.Position(m)]));

        Assert.Equal(["n = x"], Words(SizeSolver.Solve(loss.Build(loss.Sum(pairs)))));
    }

    private static IEnumerable<string> Words(SizeSolution solution) => solution.Plan!.Steps.Select(step =>
        $"{step.Axis} = {step.Parameter?.Name ?? step.Tensor!.Name}" + string.Concat(step.Divisor.Select(d => " / " + d.Terms.Single().Symbol.Axis)));
}
