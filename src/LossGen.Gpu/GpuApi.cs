namespace LossGen.Gpu;

/// <summary>The interface through which a device is reached.</summary>
public enum GpuApi
{
    /// <summary>NVIDIA's driver interface, with NVRTC as the compiler.</summary>
    Cuda,

    /// <summary>AMD's HIP, with hipRTC as the compiler.</summary>
    Hip,

    /// <summary>OpenCL 1.2, whose drivers bring a compiler.</summary>
    OpenCl,
}
