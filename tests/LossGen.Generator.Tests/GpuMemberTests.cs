using LossGen.Compiler.Emission.Members;
using LossGen.Compiler.Model;
using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>The members that run a loss on a device: there with the package alone, in the shape of the CPU's, and never in the way.</summary>
public class GpuMemberTests
{
    private const string Mse = "public static partial class C { [Loss(\"mean(z^2)\")] public static partial float L(ReadOnlySpan<float> z); }";

    [Theory]
    [InlineData(
        "float L(ReadOnlySpan<float> z, ReadOnlySpan<byte> y, out float dice, float weight = 1f)",
        "float L(Queue queue, B<float> z, B<byte> y, out float dice, float weight = 1f)",
        "float LGradient(Queue queue, B<float> z, B<byte> y, B<float> zGradient, out float dice, float weight = 1f, B<float>? upstream = null)",
        "Call PrepareL(Queue queue, B<float> z, B<byte> y, float weight = 1f)",
        "Call PrepareLGradient(Queue queue, B<float> z, B<byte> y, B<float> zGradient, float weight = 1f, B<float>? upstream = null)")]
    [InlineData(
        "double L(int d, [Differentiate] double tau, [Axes(\"n\"), Differentiate] ReadOnlySpan<double> a, ReadOnlySpan<bool> m, bool on = true)",
        "double L(Queue queue, int d, double tau, B<double> a, B<bool> m, bool on = true)",
        "double LGradient(Queue queue, B<double> a, B<bool> m, out double tauGradient, B<double> aGradient, int d, double tau, bool on = true, B<double>? upstream = null)",
        "Call PrepareL(Queue queue, int d, double tau, B<double> a, B<bool> m, bool on = true)",
        "Call PrepareLGradient(Queue queue, B<double> a, B<bool> m, B<double> aGradient, int d, double tau, bool on = true, B<double>? upstream = null)")]
    [InlineData(
        "void L(ReadOnlySpan<int> queue, ReadOnlySpan<Half> z, [Axes(\"n\")] Span<float> result, int @int = 2)",
        "void L(Queue queue_, B<int> queue, B<Half> z, B<float> result, int @int = 2)",
        "void LGradient(Queue queue_, B<int> queue, B<Half> z, B<float> result, B<Half> zGradient, int @int = 2, B<float>? upstream = null)",
        "Call PrepareL(Queue queue_, B<int> queue, B<Half> z, B<float> result, int @int = 2)",
        "Call PrepareLGradient(Queue queue_, B<int> queue, B<Half> z, B<float> result, B<Half> zGradient, int @int = 2, B<float>? upstream = null)")]
    [InlineData(
        "float L(float a = 1f, System.Numerics.Tensors.ReadOnlyTensorSpan<float> z = default, float b = 2f)",
        "float L(Queue queue, float a, B<float> z, float b = 2f)",
        "float LGradient(Queue queue, B<float> z, B<float> zGradient, float a = 1f, float b = 2f, B<float>? upstream = null)",
        "Call PrepareL(Queue queue, float a, B<float> z, float b = 2f)",
        "Call PrepareLGradient(Queue queue, B<float> z, B<float> zGradient, float a = 1f, float b = 2f, B<float>? upstream = null)")]
    public void Their_parameters_are_those_of_the_processors(string declared, params string[] expected)
    {
        LossSpec spec = DeclaredLosses.Spec("L", $"public static partial class C {{ [Loss(\"1\")] public static partial {declared}; }}");
        Assert.Equal(expected.Select(header => "public static " + header), GpuParameters.All.Where(member => !GpuParameters.HasCurvature(member)).Select(member => Header(spec, member)));
    }

    [Fact]
    public void Second_derivatives_come_behind_the_gradients()
    {
        LossSpec spec = DeclaredLosses.Spec(
            "L", "public static partial class C { [Loss(\"1\")] public static partial float L([Differentiate] ReadOnlySpan<float> z, ReadOnlySpan<byte> y, [Differentiate] float tau, out float part); }");
        Assert.Equal(
            "public static float LCurvature(Queue queue, B<float> z, B<byte> y, B<float> zGradient, out float tauGradient, B<float> zCurvature, out float tauCurvature, float tau, out float part, B<float>? upstream = null)",
            Header(spec, GpuMembers.Curvature));
        Assert.Equal(
            "public static Call PrepareLCurvature(Queue queue, B<float> z, B<byte> y, B<float> zGradient, B<float> zCurvature, float tau, B<float>? upstream = null)",
            Header(spec, GpuMembers.PrepareCurvature));
    }

    [Fact]
    public void Second_derivatives_are_there_where_they_were_declared()
    {
        const string Declared = "public static partial class C { [Loss(\"mean(z^4)\", Curvature = true)] public static partial float L(ReadOnlySpan<float> z); }";
        GeneratorRun with = GeneratorRun.Of(GeneratorRun.CompileForDevices(Declared)), without = GeneratorRun.Of(GeneratorRun.CompileForDevices(Mse));
        Assert.Empty(with.CompilerDiagnostics);
        Assert.Contains("LCurvature(", with.Sources[1].SourceText.ToString(), StringComparison.Ordinal);
        Assert.Contains("PrepareLCurvature(", with.Sources[1].SourceText.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Curvature", without.Sources[1].SourceText.ToString(), StringComparison.Ordinal);
    }

    private static string Header(LossSpec spec, GpuMembers member) =>
        MemberHeaders.Gpu(spec, member, GpuParameters.Of(spec.Signature, spec.ReturnsVoid, member))
            .Replace("global::LossGen.Gpu.GpuBuffer", "B").Replace("global::LossGen.Gpu.Gpu", "").Replace("global::System.Half", "Half");

    [Fact]
    public void Without_the_package_there_are_none()
    {
        Assert.Single(GeneratorRun.Of(Mse).Sources);
        Assert.Equal(GpuMembers.None, DeclaredLosses.Spec("L", Mse).GpuMembers);

        // A type of that name in another assembly is not the package.
        Assert.Single(GeneratorRun.Of(Mse, "namespace LossGen.Gpu { public sealed class GpuQueue; }").Sources);
    }

    [Fact]
    public void With_the_package_they_stand_in_a_file_of_their_own()
    {
        GeneratorRun without = GeneratorRun.Of(Mse), with = GeneratorRun.Of(GeneratorRun.CompileForDevices(Mse));
        Assert.Equal(2, with.Sources.Length);
        Assert.Equal(without.Source, with.Sources[0].SourceText.ToString());
        Assert.Equal(with.Sources[0].HintName.Replace(".g.cs", ".Gpu.g.cs"), with.Sources[1].HintName);
        Assert.Empty(with.CompilerDiagnostics);
    }

    [Fact]
    public void An_unrelated_edit_writes_nothing_again()
    {
        GeneratorRun first = GeneratorRun.Of(GeneratorRun.CompileForDevices(Mse, "class Unrelated;"));
        SyntaxTree old = first.Input.SyntaxTrees.Last();
        GeneratorRun second = first.Again(first.Input.ReplaceSyntaxTree(old, GeneratorRun.Parse("class Other;", old.FilePath)));
        Assert.All(
            second.Driver.GetRunResult().Results[0].TrackedSteps[TrackingNames.GpuSource].SelectMany(step => step.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));

        // The package coming and going is an edit that concerns every loss.
        GeneratorRun third = second.Again(second.Input.RemoveReferences(second.Input.References.Last()));
        Assert.Single(third.Sources);
    }

    [Fact]
    public void A_loss_with_errors_has_them_too_so_that_calls_compile()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.CompileForDevices(
            """
            public static partial class C
            {
                [Loss("part = 1; mean(z")] public static partial float L(ReadOnlySpan<float> z, out float part);
                public static float Use(LossGen.Gpu.GpuQueue queue, LossGen.Gpu.GpuBuffer<float> z) => L(queue, z, out _) + LGradient(queue, z, z, out _) + (float)PrepareL(queue, z).Wait()["part"];
            }
            """));
        Assert.Equal("LOSS0102", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void A_member_whose_name_is_taken_is_an_error()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.CompileForDevices(Mse.Replace("z); }", "z); public static int PrepareLGradient; }")));
        Assert.Equal("LOSS0022", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(GeneratorRun.Of(Mse.Replace("z); }", "z); public static int PrepareLGradient; }")).Diagnostics);
    }

    [Fact]
    public void A_method_of_the_users_own_takes_its_place()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.CompileForDevices(Mse.Replace(
            "z); }", "z); public static float LGradient(LossGen.Gpu.GpuQueue mine, LossGen.Gpu.GpuBuffer<float> z, LossGen.Gpu.GpuBuffer<float> g, LossGen.Gpu.GpuBuffer<float>? up = null) => 0; }")));
        Assert.Empty(run.CompilerDiagnostics);
        string text = run.Sources[1].SourceText.ToString();
        Assert.DoesNotContain("float LGradient(", text, StringComparison.Ordinal);
        Assert.Contains("float L(", text, StringComparison.Ordinal);
        Assert.Contains("PrepareLGradient(", text, StringComparison.Ordinal);
    }

    /// <summary>A span and a tensor span become the same buffer; without their parts, prepared calls of two losses are alike.</summary>
    [Theory]
    [InlineData("System.Numerics.Tensors.ReadOnlyTensorSpan<float> z", "L LGradient PrepareL PrepareLGradient")]
    [InlineData("ReadOnlySpan<float> z, out float part", "PrepareL PrepareLGradient")]
    [InlineData("ReadOnlySpan<double> z", "")]
    public async Task Of_two_that_would_be_alike_the_first_has_it(string second, string leftOut)
    {
        CSharpCompilation input = GeneratorRun.CompileForDevices(Mse.Replace(
            "z); }", $"z); [Loss(\"part = mean(z); part^2\", Program = \"Second\")] public static partial float L({second}); }}"));
        GeneratorRun run = GeneratorRun.Of(input);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
        System.Collections.Immutable.ImmutableArray<Diagnostic> reported = await run.Output.WithAnalyzers([new LossAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(leftOut, string.Join(" ", reported.Where(d => d.Id == "LOSS0024").Select(d => d.GetMessage().Split('\'')[3])));
    }
}
