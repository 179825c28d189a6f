using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>Each mistake in a declaration gives one message at its place, and the stub keeps the compiler from adding its own.</summary>
public class MethodDiagnosticTests
{
    private const string L = "[Loss(\"mean(z)\")] public static partial ";

    /// <summary>The id, the members of a partial class, and the compiler's own messages where C# leaves no way around them.</summary>
    public static TheoryData<string, string, string> InClass => new()
    {
        { "LOSS0001", "[Loss(\"mean(z)\")] public static float [|L|](ReadOnlySpan<float> z) => 0;", "" },
        { "LOSS0001", "[Loss(\"mean(z)\")] public static float [|L|](ReadOnlySpan<float> z);", "CS0501" },
        { "LOSS0002", "[Loss(\"mean(z)\")] static partial void [|L|](ReadOnlySpan<float> z, Span<float> r);", "" },
        { "LOSS0002", "[Loss(\"mean(z)\")] static partial float [|L|](ReadOnlySpan<float> z);", "CS8796 CS8796" },
        { "LOSS0004", L + "int [|L|](ReadOnlySpan<float> z);", "" },
        { "LOSS0004", L + "float[] [|L|](ReadOnlySpan<float> z);", "" },
        { "LOSS0004", L + "ref float [|L|](ReadOnlySpan<float> z);", "" },
        { "LOSS0005", L + "float L(ReadOnlySpan<float> z, [|float[] y|]);", "" },
        { "LOSS0005", L + "float L(ReadOnlySpan<float> z, [|System.Collections.Generic.List<string?>? y|] = null);", "" },
        { "LOSS0005", L + "float L(ReadOnlySpan<float> z, [|ReadOnlySpan<char> y|]);", "" },
        { "LOSS0005", L + "float L(ReadOnlySpan<float> z, [|Half y|]);", "" },
        { "LOSS0005", L + "float L(ReadOnlySpan<float> z, [|byte y|]);", "" },
        { "LOSS0005", L + "void L(ReadOnlySpan<float> z, [|Span<int> y|]);", "" },
        { "LOSS0006", L + "float L(ReadOnlySpan<float> z, [Axes(\"n\")] [|float y|] = 1);", "" },
        { "LOSS0006", L + "float L(ReadOnlySpan<float> z, [Axes(\"n\")] [|out float y|]);", "" },
        { "LOSS0007", L + "void L(ReadOnlySpan<float> z, Span<float> a, [|Span<float> b|]);", "" },
        { "LOSS0008", L + "float L(ReadOnlySpan<float> z, [|ref float y|]);", "" },
        { "LOSS0008", L + "float L([|in ReadOnlySpan<float> z|]);", "" },
        { "LOSS0008", L + "float L(ReadOnlySpan<float> z, [|ref readonly int y|]);", "" },
        { "LOSS0009", L + "float [|L|]<T>(ReadOnlySpan<float> z) where T : struct;", "" },
        { "LOSS0010", "[Loss(\"mean(z)\")] public static async partial float [|L|](ReadOnlySpan<float> z);", "CS1983 CS1994" },
        { "LOSS0012", L + "float L([|params ReadOnlySpan<float> z|]);", "" },
        { "LOSS0013", L + "float L(ReadOnlySpan<float> z); " + L + "double [|L|](ReadOnlySpan<double> z);", "" },
        { "LOSS0014", "[Loss(null!)] public static partial float [|L|](ReadOnlySpan<float> z);", "" },
        { "LOSS0018", L + "void [|L|](ReadOnlySpan<float> z);", "" },
        { "LOSS0019", L + "float L(ReadOnlySpan<float> z, [|Span<float> r|]);", "" },
        { "LOSS0020", L + "float L(ReadOnlySpan<float> z, [|out double r|]);", "" },
        { "LOSS0020", L + "float L(ReadOnlySpan<float> z, [|out int r|]);", "" },
        { "LOSS0022", L + "float [|L|](ReadOnlySpan<float> z); public static int LProgram;", "" },
        { "LOSS0022", L + "float L(ReadOnlySpan<float> z, [|float upstream|]);", "" },
        { "LOSS0022", L + "float L(ReadOnlySpan<float> z, [|float zGradient|]);", "" },
        { "LOSS0022", "[Loss(\"mean(z)\", Curvature = true)] public static partial float [|L|](ReadOnlySpan<float> z); public static int LCurvature;", "" },
        { "LOSS0022", "[Loss(\"mean(z)\", Curvature = true)] public static partial float L(ReadOnlySpan<float> z, [|float zCurvature|]);", "" },
        { "LOSS0023", L + "float [|L|](ReadOnlySpan<float> z) => 0;", "CS0759" },
        { "LOSS0023", L + "float [|L|](ReadOnlySpan<float> z); public static partial float L(ReadOnlySpan<float> z) => 0;", "" },
        { "LOSS0302", L + "float L(ReadOnlySpan<float> z, [Differentiate, Axes(\"n\")] [|ReadOnlySpan<byte> y|]);", "" },
        { "LOSS0302", L + "float L(ReadOnlySpan<float> z, [Differentiate] [|int y|]);", "" },
        { "LOSS0304", L + "float [|L|](ReadOnlySpan<int> z, float a);", "" },
    };

    [Theory]
    [MemberData(nameof(InClass))]
    public void A_mistake_in_a_method_gives_one_message(string id, string marked, string compilerIds) =>
        AssertOneMessage(id, "public static partial class C { " + marked + " }", compilerIds);

    [Theory]
    [InlineData("LOSS0003", "class C { [Loss(\"mean(z)\")] public static partial float [|L|](ReadOnlySpan<float> z); }", "CS0751 CS8795")]
    [InlineData("LOSS0003", "class D { partial class C { [Loss(\"mean(z)\")] public static partial float [|L|](ReadOnlySpan<float> z); } }", "CS8795")]
    [InlineData("LOSS0011", "file partial class C { [Loss(\"mean(z)\")] public static partial float [|L|](ReadOnlySpan<float> z); }", "CS8795")]
    public void A_mistake_in_a_containing_type_gives_one_message(string id, string marked, string compilerIds) =>
        AssertOneMessage(id, marked, compilerIds);

    [Fact]
    public void Several_mistakes_in_several_parameters_are_all_reported()
    {
        GeneratorRun run = GeneratorRun.Of("partial class C { [Loss(\"mean(z)\")] public partial float L(float[] z, ref int a, [Axes(\"n\")] int b); }");
        Assert.Equal(["LOSS0005", "LOSS0008", "LOSS0006"], run.Diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void Calls_of_a_wrong_loss_compile_and_other_mistakes_still_show()
    {
        GeneratorRun run = GeneratorRun.Of("""
            public static partial class C
            {
                [Loss(null!)] public static partial float L(ReadOnlySpan<float> z);
                public static float Use(float[] z, float[] g) => L(z) + LGradient(z, g, 2f) + LProgram.Formula.Length + missing;
            }
            """);
        Assert.Equal("LOSS0014", Assert.Single(run.Diagnostics).Id);
        Assert.Equal("CS0103", Assert.Single(run.CompilerDiagnostics).Id);
    }

    private static void AssertOneMessage(string id, string marked, string compilerIds)
    {
        Markup source = Markup.Parse(marked);
        GeneratorRun run = GeneratorRun.Of(source.Text);

        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        TextSpan span = diagnostic.Location.SourceSpan;
        int header = run.Input.SyntaxTrees.First().Length - source.Text.Length;
        Assert.Equal((id, source.Text.Substring(source.Span.Start, source.Span.Length)), (diagnostic.Id, Slice(run, span)));
        Assert.Equal(source.Span.Start + header, span.Start);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.DoesNotContain("{", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(compilerIds, string.Join(" ", run.CompilerDiagnostics.Select(d => d.Id).Order()));
    }

    private static string Slice(GeneratorRun run, TextSpan span) => run.Input.SyntaxTrees.First().ToString().Substring(span.Start, span.Length);
}
