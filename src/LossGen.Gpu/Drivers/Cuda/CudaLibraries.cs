namespace LossGen.Gpu.Drivers.Cuda;

/// <summary>
/// Where CUDA is found, and HIP, which has the same functions under other names: one row each. The names with a folder are where the
/// installers put the libraries without telling the loader. Early versions of HIP have the compiler in the driver's library.
/// </summary>
/// <param name="Api">The interface.</param>
/// <param name="Name">Its name.</param>
/// <param name="Compiler">The name of its compiler for run time.</param>
/// <param name="DriverFiles">The driver's library, the newest first.</param>
/// <param name="CompilerFiles">The compiler's.</param>
/// <param name="Options">Options of the compiler: products and sums are contracted where the kernels say so, as on the CPU, and nowhere else.</param>
internal sealed record CudaLibraries(GpuApi Api, string Name, string Compiler, string[] DriverFiles, string[] CompilerFiles, string[] Options)
{
    public static readonly CudaLibraries Cuda = new(
        GpuApi.Cuda, "CUDA", "NVRTC",
        OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "libcuda.so"],
        OperatingSystem.IsWindows()
            ? ["nvrtc64_130_0.dll", "nvrtc64_120_0.dll", "nvrtc64_112_0.dll"]
            : ["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2", "libnvrtc.so", "/usr/local/cuda/lib64/libnvrtc.so"],
        ["--fmad=false"]);

    public static readonly CudaLibraries Hip = new(
        GpuApi.Hip, "HIP", "hipRTC",
        OperatingSystem.IsWindows()
            ? ["amdhip64_7.dll", "amdhip64_6.dll", "amdhip64.dll"]
            : ["libamdhip64.so.7", "libamdhip64.so.6", "libamdhip64.so.5", "libamdhip64.so", "/opt/rocm/lib/libamdhip64.so"],
        OperatingSystem.IsWindows()
            ? ["hiprtc0701.dll", "hiprtc0604.dll", "hiprtc0507.dll", "hiprtc.dll"]
            : ["libhiprtc.so.7", "libhiprtc.so.6", "libhiprtc.so.5", "libhiprtc.so", "/opt/rocm/lib/libhiprtc.so", "libamdhip64.so.5"],
        ["-ffp-contract=off"]);

    public bool IsHip => Api == GpuApi.Hip;
}
