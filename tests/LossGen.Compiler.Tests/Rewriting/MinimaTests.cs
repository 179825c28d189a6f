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
    [InlineData("r = abs(a); mean(r <= k ? r^2 : k * b)")] // not the same where r is the bound
    [InlineData("r = abs(a); mean(r <= b ? r * k : b * k)")] // both vary
    [InlineData("r = abs(a); mean(r <= k ? r * b : r + b)")] // no bound in it
    [InlineData("r = abs(a); mean(r <= k ? exp(r) : exp(k))")] // no polynomials
    [InlineData("mean(a <= k ? 0.5 * a^2 : k * (a - 0.5 * k))")] // a may be -inf
    public void Others_keep_their_choice(string formula) => Assert.Contains(Lowered(formula), n => n.Is(Ops.Select) && !n.Axes.IsEmpty);

    [Fact]
    public void A_bound_that_is_no_number_fails_where_it_is_the_comparison_that_failed()
    {
        Assert.Contains(Lowered("r = abs(a); mean(r <= k ? r^2 : r * k)"), n => n.Is(Ops.Constant) && double.IsNaN(n.Constant));
        Assert.DoesNotContain(Lowered("r = abs(a); mean(r > k ? r * k : r^2)"), n => n.Is(Ops.Constant) && double.IsNaN(n.Constant));
    }

    private static Node[] Lowered(string formula) => ScheduledLoss.Of(Parameters, formula).Nodes();
}
