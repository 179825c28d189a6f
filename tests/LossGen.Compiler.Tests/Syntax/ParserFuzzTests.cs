using System.Collections.Immutable;
using System.Text;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Syntax;
using Xunit;

namespace LossGen.Compiler.Tests.Syntax;

/// <summary>No text whatever makes the parser throw, hang, or mark characters that are not there.</summary>
public class ParserFuzzTests
{
    private const int Seed = 20240917;
    private const int Rounds = 10_000;

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", ",", ":", ";", "?", ".", "=", "=>", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "!", "+", "-", "*", "/", "^",
        "a", "b", "sum", "scan", "size", "axis", "pi", "inf", "true", "1", "2.5", ".5", "1e", "0x1",
        " ", "\n", "// c\n", "/*", "*/", "$", "é", "😀",
        "\ud800", "\0", "_", "a = ", "f(x) = ", "sum[c](", "z[c: ", "p => ",
    ];

    private static readonly string[] Formulas =
    [
        "p = sigmoid(z);\ndice = 1 - (2 * sum(p * y) + smooth) / (sum(p) + sum(y) + smooth);\n"
            + "bce = mean(softplus(z) - y * z);\ndice + weight * bce",
        "-mean(log_softmax[c](z)[c: label])",
        "axis m = size(n); centre(x) = x - mean[n](x); sum((centre(a) - centre(b)[n: m])^2)",
        "(a, b) = scan[-t]((a0, 1e-3), (pa, pb) => (pa < pb ? pa : -pb, pa + x[t: t - 1])); a + b",
        "0.5 * Losses.Dice(p, y) + 0.5 * A.Ce[n: b, c: k](z, label) // end\n",
    ];

    [Fact]
    public void SurvivesRandomText()
    {
        var random = new Random(Seed);
        for (int round = 0; round < Rounds; round++)
        {
            var text = new StringBuilder();
            for (int i = random.Next(60); i > 0; i--) text.Append(Pieces[random.Next(Pieces.Length)]);
            Check(text.ToString());
        }
    }

    [Fact]
    public void SurvivesDamagedFormulas()
    {
        var random = new Random(Seed);
        for (int round = 0; round < Rounds; round++)
        {
            var text = new StringBuilder(Formulas[random.Next(Formulas.Length)]);
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                int at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at));
                        break;
                    case 1:
                        text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                        break;
                    default:
                        text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 20), text.Length - at)));
                        break;
                }

                if (text.Length == 0) break;
            }

            Check(text.ToString());
        }
    }

    private static void Check(string text)
    {
        string context = $"seed {Seed}: {text}";
        ParsedFormula parsed = FormulaParser.Parse(text);
        Assert.All(parsed.Diagnostics, p => Assert.True(IsInside(p.Span, text) && p.Message.Length > 0, context));
        Assert.Equal(parsed.Diagnostics.OrderBy(p => p.Span.Start), parsed.Diagnostics);
        Assert.True(parsed.Diagnostics.Length <= parsed.Formula.Statements.Length + 1, context);
        foreach (StatementSyntax statement in parsed.Formula.Statements) Assert.True(IsInside(statement.Span, text), context);
        Assert.True(Nodes(parsed.Formula).All(n => IsInside(n.Span, text)), context);
        Assert.True(parsed.HasErrors || !Nodes(parsed.Formula).OfType<ErrorSyntax>().Any(), context);
        Assert.All(LossCallFinder.Find(text), call => Assert.True(IsInside(call.Span, text), context));
    }

    private static bool IsInside(TextSpan span, string text) => span.Start >= 0 && span.Length >= 0 && span.End <= text.Length;

    private static IEnumerable<ExpressionSyntax> Nodes(FormulaSyntax formula) =>
        formula.Statements.SelectMany(s => Parts(s)).Append(formula.Result).SelectMany(Nodes);

    private static IEnumerable<ExpressionSyntax> Nodes(ExpressionSyntax node) => Parts(node).SelectMany(Nodes).Prepend(node);

    private static ImmutableArray<ExpressionSyntax> Parts(StatementSyntax statement) => statement switch
    {
        BindingSyntax binding => [binding.Value],
        StatesSyntax states => [states.Value],
        FunctionSyntax function => [function.Body],
        LocalAxisSyntax axis => [axis.Size],
        _ => [],
    };

    private static ImmutableArray<ExpressionSyntax> Parts(ExpressionSyntax node) => node switch
    {
        TupleSyntax tuple => tuple.Items,
        UnarySyntax unary => [unary.Operand],
        BinarySyntax binary => [binary.Left, binary.Right],
        ConditionalSyntax conditional => [conditional.Condition, conditional.WhenTrue, conditional.WhenFalse],
        IndexSyntax index => [index.Target, .. index.Arguments.Select(a => a.Index)],
        CallSyntax call => call.Arguments,
        LambdaSyntax lambda => [lambda.Body],
        _ => [],
    };
}
