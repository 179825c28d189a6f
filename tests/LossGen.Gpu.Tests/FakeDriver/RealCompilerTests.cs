using System.Runtime.InteropServices;
using System.Text;
using LossGen.Compiler.Model;
using LossGen.Gpu.Drivers.Cuda;
using Xunit;

namespace LossGen.Gpu.Tests.FakeDriver;

/// <summary>
/// Kernels of the corpus through the real NVRTC and hipRTC, which need neither a card nor a driver, by the package's own calls and options. Nothing
/// installs these compilers: the tests run where the loader finds them. Some cases of every table, with LOSSGEN_GPU_ALL=1 every one.
/// </summary>
[Collection(FakeDriverTests.Name)]
public class RealCompilerTests
{
    [CompilerTheory(GpuApi.Cuda)]
    [InlineData(80, false)]
    [InlineData(80, true)]
    [InlineData(90, false)]
    public void Nvrtc_compiles_kernels(int capability, bool isDouble) =>
        Check(new CudaCompiler(Api(CudaLibraries.Cuda), capability), isDouble, binary => Assert.Equal("\u007fELF"u8, binary.AsSpan(0, 4)));

    /// <summary>A device that it does not know gets assembly for the newest that it does.</summary>
    [CompilerTheory(GpuApi.Cuda)]
    [InlineData(false)]
    public void Nvrtc_writes_assembly_for_newer_devices(bool isDouble)
    {
        CudaCompiler compiler = new(Api(CudaLibraries.Cuda), 999);
        Assert.StartsWith("--gpu-architecture=compute_", compiler.Options[0], StringComparison.Ordinal);
        Check(compiler, isDouble, binary => Assert.Contains(".target sm_", Encoding.UTF8.GetString(binary), StringComparison.Ordinal));
    }

    /// <summary>Without a device it has to be told one; a real one compiles for the current one.</summary>
    [CompilerTheory(GpuApi.Hip)]
    [InlineData("gfx90a", false)]
    [InlineData("gfx90a", true)]
    [InlineData("gfx1030", false)]
    public void HipRtc_compiles_kernels(string architecture, bool isDouble) =>
        Check(new CudaCompiler(Api(CudaLibraries.Hip with { Options = [.. CudaLibraries.Hip.Options, "--offload-arch=" + architecture] }), 0), isDouble, binary => Assert.True(binary.Length > 1000));

    [CompilerTheory(GpuApi.Cuda)]
    [InlineData("LG_KERNEL(256) f(LG_G float* a) { a[0] = missing; }", "missing")]
    public void What_does_not_compile_says_why(string kernel, string log)
    {
        GpuException failure = Assert.Throws<GpuException>(() => new CudaCompiler(Api(CudaLibraries.Cuda), 80).Compile(Prelude.With(kernel, isDouble: false)));
        Assert.Contains("NVRTC_ERROR_COMPILATION (6)", failure.Message, StringComparison.Ordinal);
        Assert.Contains(log, failure.BuildLog, StringComparison.Ordinal);
    }

    private static void Check(CudaCompiler compiler, bool isDouble, Action<byte[]> check)
    {
        ElementType real = isDouble ? ElementType.Double : ElementType.Single;
        int every = Environment.GetEnvironmentVariable("LOSSGEN_GPU_ALL") == "1" ? 1 : 24;
        string[] keys = [.. DeviceCorpus.Keys.Where(key => DeviceCorpus.Case(key).Reals.Contains(real)).Where((_, number) => number % every == 0)];
        Assert.NotEmpty(keys);
        foreach (string key in keys)
        {
            LossProgram program = DeviceCorpus.Program(key, real);
            check(compiler.Compile(Prelude.With(program.ValueKernels!.Source + "\n" + program.GradientKernels!.Source, isDouble)));
        }
    }

    private static CudaApi Api(CudaLibraries libraries) => FakeDriver.With(libraries, CompilerTheoryAttribute.Load(libraries));
}

/// <summary>A test that needs NVRTC or hipRTC.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompilerTheoryAttribute : TheoryAttribute
{
    public CompilerTheoryAttribute(GpuApi api)
    {
        CudaLibraries libraries = api == GpuApi.Hip ? CudaLibraries.Hip : CudaLibraries.Cuda;
        Skip = FakeDriver.Skip ?? (Load(libraries) == 0 ? $"{libraries.Compiler} was not found ({libraries.CompilerFiles[0]} or older)." : null);
    }

    public static nint Load(CudaLibraries libraries) => libraries.CompilerFiles.Select(file => NativeLibrary.TryLoad(file, out nint library) ? library : 0).FirstOrDefault(library => library != 0);
}
