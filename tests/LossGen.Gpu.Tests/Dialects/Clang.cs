using System.Diagnostics;
using Xunit;

namespace LossGen.Gpu.Tests.Dialects;

/// <summary>Clang as a compiler of the three languages, for devices, without their kits: a stub declares what the kits' headers would.</summary>
internal static class Clang
{
    private static readonly string[] Warnings =
        ["-Wall", "-Wextra", "-Wconversion", "-Wno-sign-conversion", "-Wdouble-promotion", "-Werror", "-Wno-unused-parameter"];

    private static readonly Lazy<string?> Found = new(() => new[] { "clang", "clang-15", "clang-16", "clang-17", "clang-18", "clang-19" }.FirstOrDefault(Runs));

    public static string? Skip => Found.Value is null && Environment.GetEnvironmentVariable("LOSSGEN_REQUIRE_OPENCL") != "1" ? "No clang was found." : null;

    /// <summary>Compiles a text, with further options.</summary>
    /// <exception cref="InvalidOperationException">It does not compile; with what the compiler said.</exception>
    public static void Compile(string dialect, string text, params string[] further)
    {
        string file = Path.Combine(Path.GetTempPath(), $"lossgen-{Guid.NewGuid():N}"), stub = Path.Combine(AppContext.BaseDirectory, "Dialects", "DeviceStub.h");
        File.WriteAllText(file, text);
        try
        {
            string[] options = dialect switch
            {
                "opencl" => ["-x", "cl", "-cl-std=CL1.2", "-target", "spir64-unknown-unknown", "-Xclang", "-finclude-default-header", "-Xclang", "-cl-ext=+cl_khr_fp64"],
                "cuda" => ["-x", "cuda", "--cuda-device-only", "-nocudainc", "-nocudalib", "--cuda-gpu-arch=sm_80", "-include", stub],
                _ => ["-x", "hip", "--cuda-device-only", "-nogpuinc", "-nogpulib", "--offload-arch=gfx90a", "-include", stub],
            };
            (int code, string said) = Run([.. options, .. Warnings, .. further, "-fsyntax-only", file]);
            if (code != 0) throw new InvalidOperationException(string.Join("\n", said.Split('\n').Take(40)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool Runs(string program)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int Code, string Said) Run(string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Found.Value!, arguments) { RedirectStandardError = true })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}

/// <summary>A test that needs clang.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClangTheoryAttribute : TheoryAttribute
{
    public ClangTheoryAttribute() => Skip = Clang.Skip;
}
