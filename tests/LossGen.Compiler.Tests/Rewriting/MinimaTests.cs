using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Tests.Scheduling;
using Xunit;

namespace LossGen.Compiler.Tests.Rewriting;

/// <summary>Choices between two polynomials that are one polynomial of a minimum.</summary>
public class MinimaTests
{
    private const string Parameters = "a float[i]; b float[i]; k float";

    [Theory]
    [InlineData("r = abs(a - b); mean(r <= k ? 0.5 * r^2 : k * (r - 0.5 * k))")]
    [InlineData("r = abs(a - b); mean(k >= r ? 0.5 * r^2 : k * (r - 0.5 * k))")]
    [InlineData("r = abs(a - b); mean(r > k ? k * (r - 0.5 * k) : 0.5 * r^2)")]
    [InlineData("r = abs(a - b); mean(k < r ? k * r - 0.5 * k^2 : 0.5 * r * r)")]
    [InlineData("r = abs(a - b); mean(r < 1 ? 0.5 * r^2 : r - 0.5)")]
    [InlineData("r = abs(a - b); mean(r < 3 ? r^2 / 6 : r - 1.5)")]
    public void Value_and_gradient_have_no_choice_left(string formula)
    {
        Node[] nodes = Lowered(formula);
        Assert.DoesNotContain(nodes, n => n.Is(Ops.Select) && !n.Axes.IsEmpty);
        Assert.Single(nodes, n => n.Is(Ops.NativeMin));
    }

    [Fact]
    public void A_slope_that_is_bounded_takes_its_sign_without_a_multiplication() =>
        Assert.Single(Lowered("r = abs(a - b); mean(r <= k ? 0.5 * r^2 : k * (r - 0.5 * k))"), n => n.Is(Ops.WithSign));

    [Theory]
    [InlineData("mean(a <= k ? a^2 : k * b)")] // not the same where a is the bound
    [InlineData("mean(a <= b ? a * k : b * k)")] // both vary
    [InlineData("mean(a <= k ? a * b : a + b)")] // no bound in it
    [InlineData("mean(a < 0 ? a * b : 0)")] // a bound of 0 has no powers
    [InlineData("mean(a <= k ? exp(a) : exp(k))")] // no polynomials
    public void Others_keep_their_choice(string formula) => Assert.Contains(Lowered(formula), n => n.Is(Ops.Select) && !n.Axes.IsEmpty);

    [Fact]
    public void A_bound_that_is_no_number_fails_where_it_is_the_comparison_that_failed()
    {
        Assert.Contains(Lowered("mean(a <= k ? a^2 : a * k)"), n => n.Is(Ops.Constant) && double.IsNaN(n.Constant));
        Assert.DoesNotContain(Lowered("mean(a > k ? a * k : a^2)"), n => n.Is(Ops.Constant) && double.IsNaN(n.Constant));
    }

    private static Node[] Lowered(string formula)
    {
        ScheduledLoss loss = ScheduledLoss.Of(Parameters, formula, withGradient: true);
        return [.. Reachability.Of(loss.Outputs.Select(o => o.Value))];
    }
}
