using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using LossGen.Gpu.Drivers.Cuda;
using Xunit;

namespace LossGen.Gpu.Tests.FakeDriver;

/// <summary>
/// A library with the functions of CUDA, NVRTC, HIP and hipRTC that are used, compiled on the spot from <c>FakeDriver.cpp</c>: it runs
/// kernels on the processor and notes what it was asked to do wrongly. The package gets it as the place of its libraries.
/// </summary>
internal static unsafe class FakeDriver
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "FakeDriver");

    private static readonly Lazy<string?> Compiler = new(() => new[] { "clang++", "clang++-15", "clang++-16", "clang++-17", "clang++-18", "clang++-19", "g++" }.FirstOrDefault(c => Run(c, "--version").Code == 0));

    private static readonly Lazy<string> Library = new(Build);

    private static readonly Lazy<nint> Loaded = new(() => NativeLibrary.Load(Library.Value));

    public static string? Skip =>
        !OperatingSystem.IsLinux() ? "The fake driver is for Linux."
        : Compiler.Value is null && Environment.GetEnvironmentVariable("LOSSGEN_REQUIRE_OPENCL") != "1" ? "No compiler of C++ was found for the fake driver."
        : null;

    /// <summary>The interface as if its libraries were this one.</summary>
    public static CudaPlatform Platform(GpuApi api) => new(Libraries(api));

    /// <summary>The first device of compute capability 8.0, or the second one of 12.0, which the compiler does not know.</summary>
    public static GpuDevice Device(GpuApi api, int number = 0) => GpuDevice.Enumerate([Platform(api)])[number];

    public static CudaLibraries Libraries(GpuApi api) => (api == GpuApi.Hip ? CudaLibraries.Hip : CudaLibraries.Cuda) with { DriverFiles = [Library.Value], CompilerFiles = [Library.Value] };

    /// <summary>The functions of this driver with a real compiler.</summary>
    public static CudaApi With(CudaLibraries libraries, nint compiler) => new(libraries, Loaded.Value, compiler);

    /// <summary>How often something was asked for: <c>compile</c>, <c>load</c>, <c>allocate</c>, <c>launch</c>, …</summary>
    public static int Calls(string name)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + "\0")) return ((delegate* unmanaged<byte*, int>)Export("fakeCalls"))(text);
    }

    /// <summary>What was done wrongly since the last time; empty for nothing.</summary>
    public static string TakeViolations() => Text("fakeViolations");

    /// <summary>The options of the last compilation.</summary>
    public static string[] Options() => Text("fakeOptions").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How much was not given back, callers' things aside.</summary>
    public static string Alive() => Text("fakeAlive");

    public static void SetDriverVersion(int version) => ((delegate* unmanaged<int, void>)Export("fakeDriverVersion"))(version);

    /// <summary>Between on and off, only what can be part of a graph is allowed.</summary>
    public static void Capture(bool isOn) => ((delegate* unmanaged<int, void>)Export("fakeCapture"))(isOn ? 1 : 0);

    public static nint CallersContext(int device = 0) => ((delegate* unmanaged<int, nint>)Export("fakeCallersContext"))(device);

    public static nint PrimaryContext(int device = 0) => ((delegate* unmanaged<int, nint>)Export("fakePrimaryContext"))(device);

    public static nint CallersStream(nint context) => ((delegate* unmanaged<nint, nint>)Export("fakeCallersStream"))(context);

    /// <summary>Device memory that is not the package's; the processor may read and write it.</summary>
    public static nint CallersMemory(int bytes) => ((delegate* unmanaged<nint, nint>)Export("fakeCallersMemory"))(bytes);

    public static Span<T> Memory<T>(nint pointer, int length) => new((void*)pointer, length);

    private static nint Export(string name) => NativeLibrary.GetExport(Loaded.Value, name);

    private static string Text(string name)
    {
        byte[] text = new byte[1 << 16];
        fixed (byte* first = text) ((delegate* unmanaged<byte*, int, void>)Export(name))(first, text.Length);
        return Encoding.UTF8.GetString(text).Split('\0')[0];
    }

    private static string Build()
    {
        string compiler = Compiler.Value ?? throw new InvalidOperationException("LOSSGEN_REQUIRE_OPENCL is set, but there is no compiler of C++ for the fake driver.");
        string library = Path.Combine(Directory.CreateTempSubdirectory("lossgen-fake").FullName, "libfake.so");
        (int code, string said) = Run(
            compiler, "-std=c++17", "-O1", "-w", "-fPIC", "-shared", $"-DFAKE_COMPILER=\"{compiler}\"", $"-DFAKE_FOLDER=\"{Folder}\"", "-o", library, Path.Combine(Folder, "FakeDriver.cpp"), "-ldl");
        return code == 0 ? library : throw new InvalidOperationException(said);
    }

    private static (int Code, string Said) Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, said + output.Result);
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            return (-1, failure.Message);
        }
    }
}

/// <summary>A test on the fake driver.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FakeFactAttribute : FactAttribute
{
    public FakeFactAttribute() => Skip = FakeDriver.Skip;
}

/// <summary>A test with data on the fake driver.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FakeTheoryAttribute : TheoryAttribute
{
    public FakeTheoryAttribute() => Skip = FakeDriver.Skip;
}

/// <summary>The fake driver counts for the whole process: these tests run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class FakeDriverTests
{
    public const string Name = "fake driver";
}
