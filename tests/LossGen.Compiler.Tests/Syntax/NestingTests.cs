using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Syntax;
using Xunit;

namespace LossGen.Compiler.Tests.Syntax;

public class NestingTests
{
    private const int SmallStack = 512 * 1024;

    public static TheoryData<string, string> Deep => new()
    {
        { "parentheses", Repeat("(") + "x" + Repeat(")") },
        { "open parentheses", Repeat("(") },
        { "all precedences", Repeat("a || b && c < d + e * -f ^ (") + "x" },
        { "minus", Repeat("- ") + "x" },
        { "not", Repeat("!") + "x" },
        { "powers", Repeat("x^") + "x" },
        { "sum", Repeat("x+") + "x" },
        { "product", Repeat("x*") + "x" },
        { "and", Repeat("x&&") + "x" },
        { "branches", Repeat("a ? b : ") + "c" },
        { "branches in branches", Repeat("a ? ") + "b" + Repeat(" : c") },
        { "indices", "x" + Repeat("[n: m]") },
        { "indices in indices", Repeat("x[n: ") + "0" + Repeat("]") },
        { "calls", Repeat("f[c](") + "x" + Repeat(")") },
        { "scans", Repeat("scan[t](0, p => ") + "p" + Repeat(")") },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void DeepFormulasAreOneMessage(string what, string formula)
    {
        FormulaDiagnostic? problem = null;
        int height = 0;
        var thread = new Thread(
            () =>
            {
                ParsedFormula parsed = FormulaParser.Parse(formula);
                problem = Assert.Single(parsed.Diagnostics);
                height = parsed.Formula.Result.Height;
            },
            SmallStack);
        thread.Start();
        thread.Join();

        Assert.True(problem?.Row == DiagnosticTable.NestingTooDeep, what);
        Assert.InRange(height, 1, FormulaParser.DepthLimit);
    }

    [Theory]
    [InlineData(198, 0)]
    [InlineData(200, 1)]
    public void TheLimitOnNestingIsExact(int parentheses, int messages) =>
        Assert.Equal(messages, FormulaParser.Parse(new string('(', parentheses) + "x" + new string(')', parentheses)).Diagnostics.Length);

    [Theory]
    [InlineData(FormulaParser.DepthLimit - 1, 0)]
    [InlineData(FormulaParser.DepthLimit, 1)]
    public void TheLimitOnChainsIsExact(int operators, int messages) =>
        Assert.Equal(messages, FormulaParser.Parse(string.Concat(Enumerable.Repeat("x+", operators)) + "x").Diagnostics.Length);

    [Fact]
    public void ManyArgumentsAreNoNesting() =>
        Assert.Empty(FormulaParser.Parse("f(" + Repeat("x, ") + "x)").Diagnostics);

    [Theory]
    [InlineData("(;")]
    [InlineData("sum[c](;")]
    [InlineData("(]")]
    [InlineData("a.")]
    [InlineData("x[n: y[")]
    [InlineData("f(x\n")]
    [InlineData("a = (\n")]
    public void LongDamagedFormulasTakeLinearTime(string piece)
    {
        string formula = string.Concat(Enumerable.Repeat(piece, 20_000));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.NotEmpty(FormulaParser.Parse(formula).Diagnostics);
        LossCallFinder.Find(formula);

        // Linear time takes some ten milliseconds; the bound is wide for busy machines.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    private static string Repeat(string text) => string.Concat(Enumerable.Repeat(text, 5000));
}
