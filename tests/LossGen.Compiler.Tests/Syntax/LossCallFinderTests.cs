using LossGen.Compiler.Syntax;
using Xunit;

namespace LossGen.Compiler.Tests.Syntax;

public class LossCallFinderTests
{
    [Theory]
    [InlineData("0.5 * Losses.Dice(p, y) + Focal(z, y)", "Losses.Dice Focal")]
    [InlineData("Losses.Ce[n: b, c: k](z, label)", "Losses.Ce")]
    [InlineData("A . B [ n ] (z)", "A.B")]
    [InlineData("z[c: label] + y", "")]
    [InlineData("f(f(x)) + g(f(x))", "f g")]
    [InlineData("mean", "")]
    [InlineData("scan[t](first(x), p => next(p)) + size(c)", "first next")]
    [InlineData("centre(x) = x - mean[n](x); centre(a)", "mean")]
    [InlineData("z[c: Pick(label)] // Comment(x)", "Pick")]
    [InlineData("Broken(1, $ Other((", "Broken Other")]
    [InlineData("A.B.", "")]
    [InlineData("", "")]
    public void FindsEachNameOnce(string formula, string expected) =>
        Assert.Equal(expected, string.Join(" ", LossCallFinder.Find(formula).Select(c => c.Name)));

    [Fact]
    public void MarksTheWholeName()
    {
        CalledName call = Assert.Single(LossCallFinder.Find("1 - A.Dice(p)"));

        Assert.Equal((4, 6), (call.Span.Start, call.Span.Length));
    }
}
