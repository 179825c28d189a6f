using LossGen.Compiler.Ir;
using LossGen.Compiler.Tests.Scheduling;
using Xunit;

namespace LossGen.Compiler.Tests.Rewriting;

/// <summary>What lowering takes together: the two images of a logistic loss, a quotient and its logarithm, a product and what it is added to.</summary>
public class LoweredFormTests
{
    private const string Parameters = "a float[i]; b float[i]; k float";

    [Theory]
    [InlineData("mean(b * softplus(-a) + (1 - b) * softplus(a))")]
    [InlineData("mean((1 - b) * softplus(a) + k * b * softplus(-a))")]
    [InlineData("p = sigmoid(a); -mean(b * log(p) + (1 - b) * log(1 - p))")]
    [InlineData("mean(b * softplus(-a) - (1 - b) * softplus(a))")]
    public void Both_images_of_a_logistic_loss_share_their_parts(string formula)
    {
        Node[] nodes = Lowered(formula);
        Assert.Single(nodes, n => n.Is(Ops.ExpNonPositive));
        Assert.Single(nodes, n => n.Is(Ops.Log1pUnit));
        Assert.Single(nodes, n => n.Is(Ops.DivideByOneToTwo));
        Assert.DoesNotContain(nodes, n => n.Is(Ops.Divide) && !n.Axes.IsEmpty);
        Assert.DoesNotContain(nodes, n => n.Op.Is(Ops.NativeMax, Ops.NativeMin));

        // The factors of value and slope, and those of the slope the other way round.
        Assert.Equal(2, nodes.Count(n => n.Is(Ops.Select) && !n.Axes.IsEmpty));
    }

    [Fact]
    public void Factors_that_add_up_to_one_are_not_added() =>
        Assert.DoesNotContain(Lowered("mean(b * softplus(-a) + (1 - b) * softplus(a))", withGradient: false), n => n.Is(Ops.Add) && !n.Axes.IsEmpty);

    [Theory]
    [InlineData("mean(softplus(a) - b * a)")]
    [InlineData("mean((1 - b) * a + softplus(-a))")]
    public void A_softplus_is_added_to_what_is_left_of_a_line(string formula)
    {
        Node sum = Assert.Single(Lowered(formula, withGradient: false), n => n.Is(Ops.Add) && !n.Axes.IsEmpty);
        Assert.Contains(sum.Arguments, n => n.Is(Ops.Log1pUnit));
        Assert.Contains(sum.Arguments, n => n.Is(Ops.MultiplyAdd));
    }

    [Theory]
    [InlineData("mean(b * log(b / a))")]
    [InlineData("mean(b * (log(b) - log(a)))")]
    [InlineData("mean(xlogy(b, b) - xlogy(b, a))")]
    [InlineData("mean(xlogy(b, b) - xlogy(b, a) + 3 * b / a)", false)]
    public void A_quotient_is_divided_once(string formula, bool withGradient = true) =>
        Assert.Equal("(b / a)", NodePrinter.Print(Assert.Single(Lowered(formula, withGradient), n => n.Is(Ops.Divide) && !n.Axes.IsEmpty)));

    [Theory]
    [InlineData("mean(a * max(0, sum[j](m^2) - sum[j](abs(m))))", 1)]
    [InlineData("mean((sum[j](m) + a + sum[j](m^2))^2)", 2)] // something else in between
    [InlineData("mean(a * (sum[j](m) + (sum[j](abs(m)) - sum[j](m^2)))^2)", 1)]
    [InlineData("s = sum[j](m); mean(a * (s + sum[j](abs(m)))^2 / s)", 2)] // one is needed by itself
    [InlineData("axis k = 2; mean(a * (sum[j](m) + sum[k](m[j: k]^2))^2)", 1)] // over others
    [InlineData("sum(a * m) + sum(m^2)", 2)] // numbers
    public void Sums_of_which_only_the_total_is_needed_are_one(string formula, int sums) =>
        Assert.Equal(sums, Lowered(formula, withGradient: false, "a! float[i]; m! float[i, j]; j int").Count(n => n.IsReduction(ReductionKind.Sum) && n.Reduction.Ranges.Any(r => r.Axis.Name == "j")));

    [Theory]
    [InlineData("mean(exp(a / k))", true)]
    [InlineData("mean(logsumexp[j](m / a))", true)] // many in a row
    [InlineData("mean((a / k - b)^2)", true)]
    [InlineData("mean(k / a)", false)] // one divided by many
    [InlineData("mean(a / b)", false)]
    [InlineData("mean(abs(a / k - 1))", false)] // its sign jumps
    [InlineData("mean(log(a / k))", false)] // ends at 0
    [InlineData("mean(a / k > 1 ? a : 0)", false)]
    public void Many_are_divided_by_one_at_once(string formula, bool isOnce)
    {
        string parameters = string.Join("; ", new[] { "a! float[i]", "b float[i]", "k float", "m! float[i, j]; j int" }.Where(p => formula.Split(' ', '(', ')', ']', '^').Contains(p[..1])));
        Node[] divisions = [.. Lowered(formula, withGradient: false, parameters).Where(n => n.Is(Ops.Divide) && !n[1].Is(Ops.ToReal))];
        Node[] reciprocals = [.. divisions.Where(n => n[0].IsConstant(1))];
        Assert.Equal(isOnce, reciprocals.Length > 0);
        if (isOnce) Assert.Equal(reciprocals, divisions);
    }

    [Theory]
    [InlineData("mean(exp(a) - b * a)", true)]
    [InlineData("mean(exp(b + k * a))", true)]
    [InlineData("mean(a * b - k * a)", false)] // two products may be equal
    [InlineData("mean(abs(a * b - 1))", false)] // its sign jumps
    [InlineData("mean(max(0, 1 - a * b))", false)] // so does its slope
    [InlineData("mean(sqrt(4 - a * b))", false)] // ends at 0
    [InlineData("mean(1 / (a * b - 1))", false)]
    [InlineData("t = a * b; mean(exp(t - 1) * t)", false)] // the product is needed as well
    [InlineData("mean((a * b + (a > 0 ? k : 0)) * b)", false)] // a choice stays apart
    public void A_product_is_rounded_with_what_it_is_added_to_where_nothing_can_cancel(string formula, bool isFused) =>
        Assert.Equal(isFused, Lowered(formula).Any(n => n.Is(Ops.MultiplyAdd)));

    private static Node[] Lowered(string formula, bool withGradient = true, string parameters = Parameters) => ScheduledLoss.Of(parameters, formula, withGradient).Nodes();
}
