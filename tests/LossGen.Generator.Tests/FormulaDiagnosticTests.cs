using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>A mistake in a formula is one error at its characters in the source, and the generated stub keeps everything else quiet.</summary>
public class FormulaDiagnosticTests
{
    private const string Z = "ReadOnlySpan<float> z";

    /// <summary>The id, the attribute's argument, and the parameters.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "LOSS0202", "\"mean([|sigmod|](z))\"", Z },
        { "LOSS0202", "@\"// \"\"\n mean([|sigmod|](z))\"", Z },
        { "LOSS0202", "\"\"\"\n            p = [|sigmod|](z);\n            mean(p)\n            \"\"\"", Z },
        { "LOSS0202", "\"a = 1;\\n\\tmean(a * \" + \"[|sigmod|](z))\"", Z },
        { "LOSS0102", "\"mean((z + 1)[||]\"", Z },
        { "LOSS0102", "\"\"\"\n            p = mean(z;\n            p\n            \"\"\"".Replace("z;", "z[||];"), Z },
        { "LOSS0203", "\"sum([|mean[c](z)|])\"".Replace("[|mean[c](z)|]", "mean[[|c|]](z)"), "[Axes(\"n\")] " + Z + ", [Axes(\"c\")] ReadOnlySpan<float> y" },
        { "LOSS0201", "\"mean(z - [|q|])\"", Z },
        { "LOSS0205", "\"mean(sum[d](z)^2)\"", "[Axes(\"[|n|], d\")] " + Z },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_marked_at_its_characters(string id, string argument, string parameters)
    {
        Markup source = Markup.Parse($"public static partial class C\n{{\n    [Loss({argument})]\n    public static partial float L({parameters});\n}}\n");
        GeneratorRun run = GeneratorRun.Of(source.Text);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        int header = run.Input.SyntaxTrees.First().Length - source.Text.Length;
        Assert.Equal((id, source.Span.Start + header, source.Span.End + header), (diagnostic.Id, diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.End));
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void An_invalid_callee_is_reported_at_its_own_declaration_too()
    {
        GeneratorRun run = GeneratorRun.Of("""
            public static partial class C
            {
                [Loss("mean(Broken(z))")] public static partial float Caller(ReadOnlySpan<float> z);
                [Loss("sigmod(z)")] public static partial float Broken(ReadOnlySpan<float> z);
            }
            """);
        Assert.Equal(["LOSS0202", "LOSS0219"], run.Diagnostics.Select(d => d.Id).Order());
    }
}
