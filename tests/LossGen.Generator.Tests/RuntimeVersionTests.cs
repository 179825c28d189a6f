using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>A runtime of another version is an error that is said once, not an exception at run time.</summary>
public class RuntimeVersionTests
{
    [Fact]
    public void A_runtime_of_another_version_is_reported_once()
    {
        CSharpCompilation runtime = GeneratorRun.Compile("""
            [assembly: System.Reflection.AssemblyVersion("9.8.7.6")]
            namespace LossGen
            {
                public sealed class LossAttribute(string formula) : Attribute { public string Formula => formula; public string? Program { get; set; } }
                public sealed class LossProgram;
            }
            """);
        runtime = runtime.RemoveReferences(runtime.References.Where(IsRuntime));
        CSharpCompilation user = GeneratorRun.Compile("""
            public static partial class C
            {
                [Loss("mean(z)")] public static partial float B(ReadOnlySpan<float> z);
                [Loss("mean(z)")] public static partial float A(ReadOnlySpan<float> z);
            }
            """);
        user = user.ReplaceReference(user.References.Single(IsRuntime), GeneratorRun.Emit(runtime, "LossGen"));

        GeneratorRun run = GeneratorRun.Of(user);

        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("LOSS0902", diagnostic.Id);
        Assert.Contains("9.8.7.6", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void A_package_for_devices_of_another_version_is_reported_once()
    {
        CSharpCompilation package = GeneratorRun.Compile("[assembly: System.Reflection.AssemblyVersion(\"9.8.7.6\")] namespace LossGen.Gpu { public sealed class GpuQueue; }");
        CSharpCompilation user = GeneratorRun.Compile("""
            public static partial class C
            {
                [Loss("mean(z)")] public static partial float B(ReadOnlySpan<float> z);
                [Loss("mean(z)")] public static partial float A(ReadOnlySpan<float> z);
            }
            """);
        GeneratorRun run = GeneratorRun.Of(user.AddReferences(GeneratorRun.Emit(package, "LossGen.Gpu")));
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("LOSS0902", diagnostic.Id);
        Assert.Contains("LossGen.Gpu in this project is version 9.8.7.6", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    private static bool IsRuntime(MetadataReference reference) => Path.GetFileName(reference.Display) == "LossGen.dll";
}
