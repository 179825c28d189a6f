using LossGen.Compiler.Syntax;
using Xunit;

namespace LossGen.Compiler.Tests.Syntax;

public class FormulaParserTests
{
    [Theory]
    // operators: precedence and association
    [InlineData("a + b * c", "(+ a (* b c))")]
    [InlineData("a - b - c", "(- (- a b) c)")]
    [InlineData("a / b * c", "(* (/ a b) c)")]
    [InlineData("(a + b) * c", "(* (+ a b) c)")]
    [InlineData("-x^2", "(neg (^ x 2i))")]
    [InlineData("(-x)^2", "(^ (neg x) 2i)")]
    [InlineData("2^-x", "(^ 2i (neg x))")]
    [InlineData("a^b^c", "(^ a (^ b c))")]
    [InlineData("a^-b^c", "(^ a (neg (^ b c)))")]
    [InlineData("-a * b", "(* (neg a) b)")]
    [InlineData("a - -b", "(- a (neg b))")]
    [InlineData("!a == b", "(== (not a) b)")]
    [InlineData("!!a", "(not (not a))")]
    [InlineData("a < b && c >= d || e != f", "(|| (&& (< a b) (>= c d)) (!= e f))")]
    [InlineData("a || b && c", "(|| a (&& b c))")]
    [InlineData("(a < b) == (c > d)", "(== (< a b) (> c d))")]
    [InlineData("a <= b + 1", "(<= a (+ b 1i))")]
    [InlineData("a ? b : c ? d : e", "(? a b (? c d e))")]
    [InlineData("a ? b ? c : d : e", "(? a (? b c d) e)")]
    [InlineData("a < 0 ? -a : a + 1", "(? (< a 0i) (neg a) (+ a 1i))")]
    // primaries
    [InlineData("true && false", "(&& true false)")]
    [InlineData("pi * inf", "(* pi inf)")]
    [InlineData("((x))", "x")]
    [InlineData("_a1 + Ä", "(+ _a1 Ä)")]
    [InlineData("axis_ + sizes + infinity", "(+ (+ axis_ sizes) infinity)")]
    // calls
    [InlineData("f()", "(call f)")]
    [InlineData("max(0, x)", "(call max 0i x)")]
    [InlineData("mean + mean(mean)", "(+ mean (call mean mean))")]
    [InlineData("sum[c](x)", "(call sum [c] x)")]
    [InlineData("sum [ c , h ] ( x )", "(call sum [c h] x)")]
    [InlineData("cumsum[-t](x)", "(call cumsum [-t] x)")]
    [InlineData("Losses.Dice(p, y)", "(call Losses.Dice p y)")]
    [InlineData("A . B . C(x)", "(call A.B.C x)")]
    [InlineData("Losses.Ce[n: b, c: k](z, label)", "(call Losses.Ce [n:b c:k] z label)")]
    [InlineData("Ce[n: b, c](z)", "(call Ce [n:b c] z)")]
    [InlineData("size(c) - 1", "(- (call size c) 1i)")]
    // indices, which share their first characters with calls
    [InlineData("z[c: label]", "(at z c:label)")]
    [InlineData("z[c: label] * (x)", "(* (at z c:label) x)")]
    [InlineData("x[w: w + 1, h: 2 * h] - x", "(- (at x w:(+ w 1i) h:(* 2i h)) x)")]
    [InlineData("-mean(log_softmax[c](z)[c: label])", "(neg (call mean (at (call log_softmax [c] z) c:label)))")]
    [InlineData("(a + b)[n: m][c: 0]", "(at (at (+ a b) n:m) c:0i)")]
    [InlineData("a[n: b[m: c[k: 0]]]", "(at a n:(at b m:(at c k:0i)))")]
    [InlineData("e[n: argsort[n](e)]", "(at e n:(call argsort [n] e))")]
    [InlineData("e[c: a ? b : d]", "(at e c:(? a b d))")]
    [InlineData("x[n: m]^2", "(^ (at x n:m) 2i)")]
    // scans
    [InlineData("scan[t](x[t: 0], prev => prev + x)", "(call scan [t] (at x t:0i) (=> (prev) (+ prev x)))")]
    [InlineData("scan[-t](0, (p) => p)", "(call scan [-t] 0i (=> (p) p))")]
    [InlineData(
        "(a, b) = scan[t]((a0, b0), (pa, pb) => (pb, pa + pb)); a",
        "(states (a b) (call scan [t] (tuple a0 b0) (=> (pa pb) (tuple pb (+ pa pb))))) a")]
    [InlineData("scan[t]((a), p => (p) + 1)", "(call scan [t] a (=> (p) (+ p 1i)))")]
    // statements
    [InlineData("p = sigmoid(z); mean(p)", "(= p (call sigmoid z)) (call mean p)")]
    [InlineData("axis m = size(n); sum(b[n: m])", "(axis m (call size n)) (call sum (at b n:m))")]
    [InlineData("centre(x) = x - mean[n](x); centre(a)", "(def centre (x) (- x (call mean [n] x))) (call centre a)")]
    [InlineData("f(x, y) = x == y; f(1, 2)", "(def f (x y) (== x y)) (call f 1i 2i)")]
    [InlineData("(a) = b; a", "(= a b) a")]
    [InlineData("a = b == c; a", "(= a (== b c)) a")]
    [InlineData("a // comment ; not a statement\n + b", "(+ a b)")]
    [InlineData("\r\n  // first\r\n a = 1; // second\r\n a", "(= a 1i) a")]
    public void Reads(string formula, string expected)
    {
        ParsedFormula parsed = FormulaParser.Parse(formula);

        Assert.Empty(parsed.Diagnostics.Select(d => d.Message));
        Assert.Equal(expected, SyntaxDump.Of(parsed.Formula));
    }

    [Theory]
    [InlineData("0", 0d, true)]
    [InlineData("1_000", 1000d, true)]
    [InlineData("1.5", 1.5, false)]
    [InlineData(".5", .5, false)]
    [InlineData("1e-3", 1e-3, false)]
    [InlineData("1E+3", 1e3, false)]
    [InlineData("1.0", 1d, false)]
    [InlineData("1_0.2_5e1_0", 10.25e10, false)]
    [InlineData("9007199254740992", 9007199254740992d, true)]
    [InlineData("9007199254740995", 9007199254740996d, false)]
    [InlineData("1e-999", 0d, false)]
    public void ReadsNumbers(string formula, double value, bool isInteger)
    {
        ParsedFormula parsed = FormulaParser.Parse(formula);

        Assert.Empty(parsed.Diagnostics);
        var number = Assert.IsType<NumberSyntax>(parsed.Formula.Result);
        Assert.Equal(value, number.Value);
        Assert.Equal(isInteger, number.IsInteger);
    }

    [Theory]
    [InlineData("(a + b) * c", "(a + b) * c")]
    [InlineData("x; ", "x")]
    [InlineData(" -sum[c]( x ) ", "-sum[c]( x )")]
    [InlineData("(a)[n: m] // end", "(a)[n: m]")]
    public void SpanIncludesTheOperandsParentheses(string formula, string expected)
    {
        ExpressionSyntax result = FormulaParser.Parse(formula).Formula.Result;

        Assert.Equal(expected, formula.Substring(result.Span.Start, result.Span.Length));
    }

    [Fact]
    public void PartsOfACallHaveTheirOwnSpans()
    {
        const string Formula = "1 + A.Ce[n: b, c](z)";

        var sum = Assert.IsType<BinarySyntax>(FormulaParser.Parse(Formula).Formula.Result);
        var call = Assert.IsType<CallSyntax>(sum.Right);

        Assert.Equal("+", Text(sum.OperatorSpan));
        Assert.Equal("A.Ce", Text(call.NameSpan));
        Assert.Equal("A.Ce[n: b, c](z)", Text(call.Span));
        Assert.Equal(["n: b", "c"], call.Axes.Select(a => Text(a.Span)));
        Assert.Equal(["n", "c"], call.Axes.Select(a => Text(a.NameSpan)));
        Assert.Equal(["b", "c"], call.Axes.Select(a => Text(a.CallerSpan)));

        static string Text(LossGen.Compiler.Diagnostics.TextSpan span) => Formula.Substring(span.Start, span.Length);
    }
}
