using System.Diagnostics;
using LossGen.Tool;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LossGen.Gpu.Tests.Export;

/// <summary>What <c>lossgen</c> says, and its exit codes.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossgen-command");

    [Theory]
    [InlineData(2, "Expected: lossgen export")]
    [InlineData(2, "Expected: lossgen export", "export")]
    [InlineData(2, "nothing.dll", "export", "nothing.dll")]
    [InlineData(2, "expected the .dll", "export", "LossGen.Gpu.Tests.deps.json")]
    [InlineData(2, "none of cuda, hip, opencl", "export", "LossGen.Gpu.Tests.dll", "--dialect", "metal")]
    [InlineData(2, "--lose", "export", "LossGen.Gpu.Tests.dll", "--lose", "DiceBce")]
    [InlineData(2, "--output was 'LossGen.dll'", "export", "LossGen.Gpu.Tests.dll", "--loss", "DiceBce", "--output", "LossGen.dll")]
    [InlineData(1, "has no losses", "export", "LossGen.Gpu.dll")]
    [InlineData(1, "--loss was 'dicebce', but", "export", "LossGen.Gpu.Tests.dll", "--loss", "DiceBce", "--loss", "dicebce")]
    [InlineData(1, "without kernels", "export", "LossGen.Gpu.Tests.dll", "--loss", "OddLosses.Bare")]
    [InlineData(1, "it broke", "export", "LossGen.Gpu.Tests.dll", "--loss", "Broken")]
    public void A_mistake_is_one_line_and_an_exit_code(int exitCode, string expected, params string[] arguments)
    {
        // Files stand beside the tests; what would be written goes to the folder.
        string[] full = [.. arguments.Select(a => File.Exists(Beside(a)) ? Beside(a) : a)];
        if (full.Length > 1 && !full.Contains("--output")) full = [.. full, "--output", _folder.FullName];
        ToolRun run = ToolRun.Of(full);
        Assert.True(exitCode == run.ExitCode, $"{run.ExitCode}: {run.Error}");
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n'));
        Assert.Contains(expected, run.Error.Replace(AppContext.BaseDirectory, ""), StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Losses_are_listed_with_the_reason_where_there_are_no_kernels()
    {
        ToolRun run = ToolRun.Of("export", ToolRun.Assembly, "--list", "--output", _folder.FullName);
        Assert.Equal(0, run.ExitCode);
        string[] lines = run.Output.Split('\n');
        Assert.Contains("LossGen.Gpu.Tests.Export.ExportedLosses.DiceBce", lines);
        Assert.Contains("LossGen.Gpu.Tests.Export.Twins.Second.Squares.Inner.Distance", lines);
        Assert.Contains("LossGen.Gpu.Tests.Export.OddLosses.Bare: skipped, it was compiled without kernels for devices.", lines);
        Assert.Contains("LossGen.Gpu.Tests.Export.OddLosses.Broken: skipped, BrokenProgram failed: it broke", lines);
        Assert.DoesNotContain(lines, line => line.Contains(nameof(DeviceLosses), StringComparison.Ordinal));
        Assert.Empty(_folder.GetFiles());
    }

    [Theory]
    [InlineData("DiceBce")]
    [InlineData("ExportedLosses.DiceBce")]
    [InlineData("LossGen.Gpu.Tests.Export.ExportedLosses.DiceBce")]
    public void One_loss_in_one_dialect_is_two_files(string name)
    {
        ToolRun run = ToolRun.Of("export", ToolRun.Assembly, "--loss", name, "--dialect", "opencl", "--output", _folder.FullName);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["ExportedLosses.DiceBce.cl", "ExportedLosses.DiceBce.json"], _folder.GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_assembly_of_another_version_is_named_with_both()
    {
        MetadataReference core = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);
        CSharpCompilationOptions library = new(OutputKind.DynamicallyLinkedLibrary);
        string runtime = Path.Combine(_folder.FullName, "runtime.dll"), losses = Path.Combine(_folder.FullName, "losses.dll");
        SyntaxTree version = CSharpSyntaxTree.ParseText("[assembly: System.Reflection.AssemblyVersion(\"9.8.7\")] public class Anything { }");
        Assert.True(CSharpCompilation.Create("LossGen", [version], [core], library).Emit(runtime).Success);
        SyntaxTree use = CSharpSyntaxTree.ParseText("public class Losses : Anything { }");
        Assert.True(CSharpCompilation.Create("losses", [use], [core, MetadataReference.CreateFromFile(runtime)], library).Emit(losses).Success);

        ToolRun run = ToolRun.Of("export", losses, "--list");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("was compiled with LossGen 9.8.7, this tool is of LossGen 0.", run.Error, StringComparison.Ordinal);
    }

    /// <summary>In a process of its own nothing of the assembly is loaded already.</summary>
    [Fact]
    public void It_runs_as_a_program()
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(CommandLine).Assembly.Location, "export", ToolRun.Assembly, "--list"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("LossGen.Gpu.Tests.Export.ExportedLosses.Pairs", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
