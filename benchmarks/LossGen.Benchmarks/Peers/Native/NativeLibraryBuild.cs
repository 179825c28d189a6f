using System.ComponentModel;
using System.Diagnostics;

namespace LossGen.Benchmarks.Peers.Native;

/// <summary>Compiles benchmarks/native for this processor.</summary>
public static class NativeLibraryBuild
{
    public const string Flags = "-O3 -march=native -ffast-math -fopenmp-simd -shared -fPIC";

    /// <summary>The path of the library, or why there is none.</summary>
    public static (string? Library, string? Missing) Run()
    {
        string[] sources = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "native"), "*.c");
        string library = Path.Combine(AppContext.BaseDirectory, "liblosses.so");
        try
        {
            using Process gcc = Process.Start(new ProcessStartInfo("gcc", [.. Flags.Split(' '), .. sources, "-o", library, "-lm"]) { RedirectStandardError = true })!;
            string messages = gcc.StandardError.ReadToEnd();
            gcc.WaitForExit();
            return gcc.ExitCode == 0 ? (library, null) : (null, $"gcc failed: {messages}");
        }
        catch (Win32Exception)
        {
            return (null, "there is no gcc");
        }
    }
}
