using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using LossGen.Generator.Reading;
using LossGen.Generator.Reporting;
using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;
using TextSpan = LossGen.Compiler.Diagnostics.TextSpan;

namespace LossGen.Generator.Tests;

/// <summary>A place in the formula's value is found again in the source, whatever kind of literal it stands in.</summary>
public class FormulaLocationTests
{
    private const string Quotes = "\"\"\"";

    /// <summary>The argument, the part of the formula's value that is looked for, and how it is written in the source.</summary>
    public static TheoryData<string, string, string> Literals => new()
    {
        { "\"mean(bogus(z))\"", "bogus", "bogus" },
        { "\"a;\\nmean(bogus(z))\"", "bogus", "bogus" },
        { "\"a;\\tmean(bo\\u0067us(z))\"", "bogus", "bo\\u0067us" },
        { "\"a;\\x20mean(\\x62ogus(z))\"", "bogus", "\\x62ogus" },
        { "\"\\U0001F600 \\U00000041 mean(bogus(z))\"", "bogus", "bogus" },
        { "\"\\U0001F600 mean(z)\"", "\U0001F600", "\\U0001F600" },
        { "\"// 😀 \\n mean(bogus(z))\"", "bogus", "bogus" },
        { "\"// \\\" \\\\ \\0 \\a \\e \\n mean(bogus(z))\"", "bogus", "bogus" },
        { "@\"mean(bogus(z))\"", "bogus", "bogus" },
        { "@\"// \"\"quoted\"\" \\n\r\n  mean(bogus(z))\"", "bogus", "bogus" },
        { "@\"// say \"\"x\"\"\"", "\"x", "\"\"x" },
        { $"{Quotes}mean(bogus(z)){Quotes}", "bogus", "bogus" },
        { $"{Quotes}\"// \"\"\" \\n mean(bogus(z)) {Quotes}\"", "bogus", "bogus" },
        { $"{Quotes}\n        a = 1;\n\n          mean(bogus(z))\n        {Quotes}", "bogus", "bogus" },
        { $"{Quotes}\r\n        a = 1;\r\n\r\n        mean(bogus(z))\r\n        {Quotes}", "bogus", "bogus" },
        { $"{Quotes}   \n\t\ta = 1;\n\t\n\t\t  \n\t\tmean(bogus(z))\n\t\t{Quotes}", "bogus", "bogus" },
        { $"{Quotes}\nmean(bogus(z))\n{Quotes}", "bogus", "bogus" },
        { "\"a = 1;\" + (\" mean(\" + @\"bogus(z))\")", "bogus", "bogus" },
        { "\"mean(bo\" + \"gus(z))\"", "bogus", "bo\" + \"gus" },
        { "Start + \"mean(bogus(z))\"", "bogus", "bogus" },
        { "Shared", "shared_bogus", "shared_bogus" },
        { "\"a;\" + Texts.Shared", "shared_bogus", "shared_bogus" },
        { "Joined", "shared_bogus", "shared_bogus" },
        { "$\"a;{Shared}\"", "shared_bogus", "$\"a;{Shared}\"" },
        { "\"mean(bo\" + Tail", "bogus", "bo" },
        { "Start + Tail", "= 1; gus", "= 1; " },
        { "Lines", "one;\n two", "one;\n         two" },
        { "nameof(Texts) + \"; bogus\"", "bogus", "bogus" },
        { "nameof(Texts) + \"; bogus\"", "ext", "nameof(Texts)" },
    };

    [Theory]
    [MemberData(nameof(Literals))]
    public void A_part_of_the_formula_is_found_in_the_source(string argument, string part, string written)
    {
        (LossReading reading, string text) = Read($"[Loss({argument})]", "ReadOnlySpan<float> z");
        string formula = reading.Spec.Signature.Formula;
        int start = formula.IndexOf(part, StringComparison.Ordinal);
        Assert.True(start >= 0, $"'{part}' is not in '{formula}'.");

        SourceRange range = reading.Locations.Formula.Locate(new TextSpan(start, part.Length));

        Assert.Equal(written, text.Substring(range.Span.Start, range.Span.Length));
        Assert.Equal(SourceText.From(text).Lines.GetLinePositionSpan(range.Span), range.Lines);
    }

    [Fact]
    public void Every_single_character_is_found()
    {
        (LossReading reading, string text) = Read(
            $"[Loss(\"a\\tb\\u0063\" + {Quotes}\n      d\n\n        e\"\n      {Quotes} + @\"\"\"f\n\")]", "ReadOnlySpan<float> z");
        string formula = reading.Spec.Signature.Formula;
        string[] written = [.. Enumerable.Range(0, formula.Length).Select(i =>
        {
            SourceRange range = reading.Locations.Formula.Locate(new TextSpan(i, 1));
            return text.Substring(range.Span.Start, range.Span.Length);
        })];

        Assert.Equal("a\tbcd\n\n  e\"\"f\n", formula);
        Assert.Equal(["a", "\\t", "b", "\\u0063", "d", "\n", "\n", " ", " ", "e", "\"", "\"\"", "f", "\n"], written);
    }

    [Fact]
    public void What_is_missing_at_the_end_is_marked_after_the_last_character()
    {
        (LossReading reading, string text) = Read($"[Loss({Quotes}\n    sum(z\n    {Quotes})]", "ReadOnlySpan<float> z");
        SourceRange range = reading.Locations.Formula.Locate(new TextSpan("sum(z".Length, 0));
        Assert.Equal(text.IndexOf("sum(z", StringComparison.Ordinal) + "sum(z".Length, range.Span.Start);
        Assert.Equal(0, range.Span.Length);
        Assert.Equal(range.Lines.Start, range.Lines.End);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void A_formula_without_characters_is_marked_as_a_whole(string argument)
    {
        (LossReading reading, string text) = Read($"[Loss({argument})]", "ReadOnlySpan<float> z");
        SourceRange range = reading.Locations.Formula.Locate(new TextSpan(0, 0));
        Assert.Equal(argument, text.Substring(range.Span.Start, range.Span.Length));
    }

    [Fact]
    public void A_constant_of_a_referenced_assembly_is_marked_where_it_is_named()
    {
        (LossReading reading, string text) = Read("[Loss(\"1; \" + System.Globalization.CultureInfoConstant.Text)]", "ReadOnlySpan<float> z", """
            namespace System.Globalization { public static class CultureInfoConstant { public const string Text = "bogus"; } }
            """, asReference: true);
        int start = reading.Spec.Signature.Formula.IndexOf("bogus", StringComparison.Ordinal);
        SourceRange range = reading.Locations.Formula.Locate(new TextSpan(start + 1, 2));
        Assert.Equal("System.Globalization.CultureInfoConstant.Text", text.Substring(range.Span.Start, range.Span.Length));
    }

    [Fact]
    public void A_constant_of_another_file_is_marked_there()
    {
        (LossReading reading, _) = Read("[Loss(Elsewhere.Formula)]", "ReadOnlySpan<float> z", "class Elsewhere { public const string Formula = \"mean(bogus)\"; }");
        SourceRange range = reading.Locations.Formula.Locate(new TextSpan("mean(".Length, "bogus".Length));
        Assert.Equal("/user/File1.cs", range.Path);
        Assert.Equal(new LinePosition(2, "class Elsewhere { public const string Formula = \"mean(".Length), range.Lines.Start);
    }

    [Fact]
    public void Axes_texts_are_mapped_the_same_way()
    {
        (LossReading reading, string text) = Read("[Loss(\"mean(z)\")]", "[Axes(\"n, \\u0063, bogus\")] ReadOnlySpan<float> z");
        LossProblem problem = new(DiagnosticTable.InvalidAxesText, ProblemTarget.Axes, new TextSpan(6, 5), "z", EquatableArray<string>.Empty);
        SourceRange range = reading.Locations.Locate(problem);
        Assert.Equal("bogus", text.Substring(range.Span.Start, range.Span.Length));
    }

    private static (LossReading Reading, string Text) Read(string attribute, string parameters, string? other = null, bool asReference = false)
    {
        string file = $$"""
            public static partial class Texts
            {
                public const string Start = "a = 1; ";
                public const string Shared = "shared_bogus";
                public const string Joined = Start + Shared;

                {{attribute}}
                public static partial float Loss({{parameters}});

                public const string Tail = "gus(z))";
                public const string Lines = {{Quotes}}
                    one;
                     two
                    {{Quotes}};
            }
            """;
        Compilation compilation = asReference
            ? GeneratorRun.Compile(file).AddReferences(GeneratorRun.Emit(GeneratorRun.Compile(other!)))
            : GeneratorRun.Compile(other is null ? [file] : [file, other]);
        return (DeclaredLosses.Read(compilation, "Loss"), compilation.SyntaxTrees.First().ToString());
    }
}
