using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Syntax;
using Xunit;

namespace LossGen.Compiler.Tests.Syntax;

/// <summary>Each case marks the characters that its message must mark: ⟦…⟧, empty where something is missing.</summary>
public class SyntaxDiagnosticTests
{
    public static TheoryData<string, string, string> Cases => new()
    {
        // LOSS0101: a token where another belongs
        { "LOSS0101", "a +⟦⟧", "Found the end of the formula where an expression was expected" },
        { "LOSS0101", "a + ⟦;⟧ b", "Found ';' where an expression" },
        { "LOSS0101", "a ⟦b⟧ c d", "write '*' to multiply" },
        { "LOSS0101", "p = a ⟦b⟧; p", "an operator or ';'" },
        { "LOSS0101", "p = 2 ⟦(⟧a); p", "write '*' to multiply" },
        { "LOSS0101", "a *⟦*⟧ 2", "write '^' for a power" },
        { "LOSS0101", "⟦+⟧a", "a number needs no '+'" },
        { "LOSS0101", "a⟦)⟧", "remove it, or open it before" },
        { "LOSS0101", "a = b ⟦=⟧ c; a", "write '==' to compare" },
        { "LOSS0101", "a = 1; b⟦;⟧ a", "\"t = a + b;\"" },
        { "LOSS0101", "mean(x)⟦;⟧", "the result has none" },
        { "LOSS0101", "f(a, ⟦)⟧", "Found ')' where an expression" },
        { "LOSS0101", "f(a ⟦b⟧)", "',' or ')'" },
        { "LOSS0101", "f(⟦2⟧) = 3; 1", "a parameter's name" },
        { "LOSS0101", "f(⟦)⟧ = 3; 1", "a parameter's name" },
        { "LOSS0101", "z⟦.⟧Length", "only a call has a qualified name" },
        { "LOSS0101", "z[c⟦]⟧", "\"z[c: index]\"" },
        { "LOSS0101", "z[⟦]⟧", "\"z[c: label]\"" },
        { "LOSS0101", "z[⟦0⟧]", "\"z[c: label]\"" },
        { "LOSS0101", "sum[⟦2⟧](x)", "an axis' name" },
        { "LOSS0101", "sum[c ⟦+⟧ 1](x)", "',' or ']'" },
        { "LOSS0101", "x ⟦=>⟧ x", "only in an argument of 'scan'" },
        { "LOSS0101", "f(x) ⟦:⟧ 2", "belongs to '? :'" },
        { "LOSS0101", "a⟦,⟧ b", "between '(' and ')'" },
        { "LOSS0101", "a ⟦!⟧ b", "write '!='" },
        { "LOSS0101", "sum(a > 0 ⟦and⟧ b > 0)", "write '&&'" },
        { "LOSS0101", "let ⟦s⟧ = a; s", "bound by its name alone" },
        { "LOSS0101", "mean(if (a > 0) ⟦b⟧ else 0)", "'c ? a : b'" },
        { "LOSS0101", "for ⟦j⟧ in n: sum(a)", "there are no loops" },
        { "LOSS0101", "sum(a) ⟦b⟧", "write '*'" },

        // LOSS0102: a missing token, marked where it should stand
        { "LOSS0102", "sum(a + b⟦⟧", "add ')' here" },
        { "LOSS0102", "p = sum(a + b⟦⟧; p", "to close 'sum('" },
        { "LOSS0102", "p = (a + b⟦⟧ // no end\n; p", "to close '(a'" },
        { "LOSS0102", "sum[c](a⟦⟧", "to close 'sum[c]('" },
        { "LOSS0102", "sum[c⟦⟧(a)", "add ']' here" },
        { "LOSS0102", "z[c: label⟦⟧", "to close 'z['" },
        { "LOSS0102", "(a + z[c: label⟦⟧)", "add ']' here" },
        { "LOSS0102", "a ? b⟦⟧", "add ':' here" },
        { "LOSS0102", "size⟦⟧ + 1", "\"size(c)\"" },
        { "LOSS0102", "scan⟦⟧", "scan[t](first, prev => next)" },
        { "LOSS0102", "axis m⟦⟧ 3; 1", "add '=' here" },
        { "LOSS0102", "p = sigmoid(z)⟦⟧\nmean(p)", "add ';' here" },
        { "LOSS0102", "p = 1⟦⟧ q = 2; p + q", "to end the statement" },
        { "LOSS0102", "p = sum(a⟦⟧\nq = 2; p + q", "to close 'sum('" },

        // LOSS0103: numbers
        { "LOSS0103", "a + ⟦1.5f⟧", "it has the suffix 'f'" },
        { "LOSS0103", "⟦0x1F⟧", "hexadecimal" },
        { "LOSS0103", "⟦1.2.3⟧", "a point too many" },
        { "LOSS0103", "⟦1.⟧ + a", "no digit follows its point" },
        { "LOSS0103", "⟦1e⟧", "its exponent has no digits" },
        { "LOSS0103", "⟦1_⟧ + a", "only between digits" },
        { "LOSS0103", "⟦2x⟧ + 1", "'x' follows directly" },
        { "LOSS0103", "⟦2exp⟧(x)", "'exp' follows directly" },
        { "LOSS0103", "⟦1e999⟧", "write 'inf'" },

        // LOSS0104: no result
        { "LOSS0104", "⟦⟧", "it has no text" },
        { "LOSS0104", "⟦  // only a comment\n⟧", "it has no text" },
        { "LOSS0104", "p = 1; ⟦q⟧ = 2", "binds 'q'" },
        { "LOSS0104", "⟦p⟧ = 1;", "binds 'p'" },
        { "LOSS0104", "⟦f⟧(x) = x", "defines 'f'" },
        { "LOSS0104", "axis ⟦m⟧ = 3", "declares axis 'm'" },
        { "LOSS0104", "⟦(a, b) = f(1)⟧;", "states of a scan" },

        // LOSS0105: block comments
        { "LOSS0105", "a ⟦/*⟧ b", "it is never closed" },
        { "LOSS0105", "a + ⟦/*⟧ b */ c", "use '//'" },

        // LOSS0107: characters
        { "LOSS0107", "a ⟦×⟧ b", "write '*'" },
        { "LOSS0107", "a ⟦%⟧ b", "mod(a, b)" },
        { "LOSS0107", "⟦{⟧a}", "'[' and ']' for axes" },
        { "LOSS0107", "a + ⟦\u200b⟧b", "U+200B" },
        { "LOSS0107", "⟦😀⟧", "'😀'" },
        { "LOSS0107", "sum(a⟦$⟧", "remove it" },

        // LOSS0108 to LOSS0111
        { "LOSS0108", "⟦pi⟧ = 3; 1", "'pi' is a reserved word" },
        { "LOSS0108", "a + ⟦axis⟧", "but an expression was expected" },
        { "LOSS0108", "sum[⟦size⟧](x)", "but an axis' name was expected" },
        { "LOSS0108", "f(⟦scan⟧) = 1; 2", "such as 'scan_'" },
        { "LOSS0109", "a < b ⟦<⟧ c", "a < b && b < c" },
        { "LOSS0109", "p = a == b ⟦!=⟧ c == d; p", "'!=' compares the truth value" },
        { "LOSS0110", "1 + ⟦(a, b, c)⟧", "A list of 3 values" },
        { "LOSS0110", "sum(⟦(a, b)⟧)", "A list of 2 values" },
        { "LOSS0110", "scan[t](⟦(a, b)⟧ + 1, p => p)", "one value was expected" },
        { "LOSS0111", "sum⟦[]⟧(x)", "\"sum[n](…)\"" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void MarksTheMistakeOnce(string id, string marked, string part)
    {
        int start = marked.IndexOf('⟦');
        int end = marked.IndexOf('⟧') - 1;
        string formula = marked.Replace("⟦", "").Replace("⟧", "");

        FormulaDiagnostic problem = Assert.Single(FormulaParser.Parse(formula).Diagnostics);

        Assert.Equal(id, problem.Row.Id);
        Assert.Contains(part, problem.Message);
        Assert.Equal(TextSpan.FromBounds(start, end), problem.Span);
    }

    [Fact]
    public void EverySyntaxRowHasACase()
    {
        // Nesting has tests of its own, because its formulas are long.
        IEnumerable<string> tested = Cases.Select(c => (string)c[0]).Append(DiagnosticTable.NestingTooDeep.Id);

        Assert.Equal(
            DiagnosticTable.All.Select(r => r.Id).Where(id => id.StartsWith("LOSS01", StringComparison.Ordinal)),
            tested.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EachStatementHasItsOwnMessage()
    {
        ParsedFormula parsed = FormulaParser.Parse("a = (1; b = 2 +; c = 3; d = [c ] * ]; a + b");

        Assert.Equal(["LOSS0102", "LOSS0101", "LOSS0101"], parsed.Diagnostics.Select(d => d.Row.Id));
        Assert.Equal("(= a (error)) (= b (error)) (= c 3i) (= d (error)) (+ a b)", SyntaxDump.Of(parsed.Formula));
    }

    [Theory]
    [InlineData("p = sum(a\nq = 2;\np + q", "(= p (error)) (= q 2i) (+ p q)")]
    [InlineData("p = 1\nq = 2\np + q", "(= p 1i) (= q 2i) (+ p q)")]
    [InlineData("p = a b\naxis m = 3;\np", "(= p (error)) (axis m 3i) p")]
    [InlineData("p = a b", "(= p (error)) (error)")]
    [InlineData("a b", "(error)")]
    [InlineData("mean(x);", "(call mean x)")]
    public void GoesOnAtTheNextStatement(string formula, string expected) =>
        Assert.Equal(expected, SyntaxDump.Of(FormulaParser.Parse(formula).Formula));
}
