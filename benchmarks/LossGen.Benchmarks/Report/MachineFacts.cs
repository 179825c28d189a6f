using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LossGen.Benchmarks.Report;

/// <summary>The machine, the versions and the date, in one line.</summary>
public static class MachineFacts
{
    public static string Describe(string? torch)
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        string[] facts =
        [
            DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Processor(),
            $"{Environment.ProcessorCount} cores, vectors of {bits} bits",
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription,
            $"gcc {Compiler()}",
            torch is null ? "no PyTorch" : $"PyTorch {torch}",
        ];
        return string.Join("; ", facts);
    }

    private static string Processor() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static string Compiler()
    {
        try
        {
            using Process gcc = Process.Start(new ProcessStartInfo("gcc", ["-dumpfullversion"]) { RedirectStandardOutput = true })!;
            return gcc.StandardOutput.ReadToEnd().Trim();
        }
        catch (Win32Exception)
        {
            return "missing";
        }
    }
}
