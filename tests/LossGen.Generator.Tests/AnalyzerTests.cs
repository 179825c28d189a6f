using System.Collections.Immutable;
using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>Warnings and hints come from the analyzer, in the compilation that already holds the generated files.</summary>
public class AnalyzerTests
{
    private const string Unused = """
        public static partial class C
        {
            [Loss("p = sigmoid(z); mean(z^2)")]
            public static partial float L(ReadOnlySpan<float> z);
        }
        """;

    [Fact]
    public async Task A_warning_marks_its_characters()
    {
        Diagnostic diagnostic = Assert.Single(await Analyze(Unused));
        Assert.Equal(("LOSS0501", DiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.Severity));
        Assert.Equal("p", diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Fact]
    public async Task A_pragma_turns_a_warning_off() =>
        Assert.Empty(await Analyze("#pragma warning disable LOSS0501\n" + Unused));

    [Fact]
    public async Task The_analyzer_repeats_no_error() =>
        Assert.Empty(await Analyze(Unused.Replace("mean(z^2)", "mean(sigmod(z))")));

    [Fact]
    public async Task A_method_without_a_formula_is_no_business_of_the_analyzer() =>
        Assert.Empty(await Analyze("class C { [Obsolete] void M() { } void N() { } }"));

    private static async Task<ImmutableArray<Diagnostic>> Analyze(string text)
    {
        Compilation compilation = GeneratorRun.Of(text).Output;
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new LossAnalyzer()]);
        return await analysis.GetAnalyzerDiagnosticsAsync();
    }
}
