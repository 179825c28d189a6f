using System.Diagnostics;
using System.Runtime.Intrinsics;
using LossGen.Kernels.Tests.Corpus;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Kernels.Tests;

/// <summary>The corpus at narrower vectors, each in a process of its own that refuses any other width.</summary>
public class WidthTests(ITestOutputHelper output)
{
    [Fact]
    public void Vectors_of_256_bits()
    {
        if (Vector256.IsHardwareAccelerated) Run(256, "DOTNET_EnableAVX512");
        else output.WriteLine("skipped: this machine has no vectors of 256 bits");
    }

    [Fact]
    public void Vectors_of_128_bits() => Run(128, "DOTNET_EnableAVX2");

    [Fact]
    public void Another_width_is_refused()
    {
        (int exitCode, string text) = Start(["64"], null);
        Assert.Equal(2, exitCode);
        Assert.Contains("bits wide, not 64", text);
    }

    private void Run(int width, string switchedOff)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lossgen-widths-");
        CorpusTables.Save(folder.FullName);
        (int exitCode, string text) = Start([$"{width}", "--compiled", folder.FullName], switchedOff);
        folder.Delete(recursive: true);
        output.WriteLine(text);
        Assert.True(exitCode == 0, text.Length > 6000 ? text[..6000] : text);
        Assert.Contains($"cases at {width} bits, 0 failed", text);
    }

    private static (int ExitCode, string Text) Start(string[] arguments, string? switchedOff)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            [typeof(WidthTests).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (switchedOff is not null) start.Environment[switchedOff] = "0";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, text);
    }
}
