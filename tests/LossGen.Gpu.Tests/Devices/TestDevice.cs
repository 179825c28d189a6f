namespace LossGen.Gpu.Tests.Devices;

/// <summary>The device that the tests run on: the first one found that is no simulator, in CI a processor with PoCL.</summary>
internal static class TestDevice
{
    private static readonly Lazy<GpuDevice[]> All = new(() =>
    {
        _ = Simulator.Prepare();
        return [.. GpuDevice.Enumerate().Where(d => !Simulator.Is(d))];
    });

    private static GpuDevice? First => All.Value.FirstOrDefault();

    private static GpuDevice? FirstOpenCl => All.Value.FirstOrDefault(d => d.Api == GpuApi.OpenCl);

    public static bool IsRequired => Environment.GetEnvironmentVariable("LOSSGEN_REQUIRE_OPENCL") == "1";

    /// <summary>Why tests that need a device are skipped; null when they are not.</summary>
    public static string? Skip => IsRequired || First is not null ? null : GpuDevice.WhyUnavailable() ?? "There is no OpenCL device but a simulator.";

    /// <summary>Why tests that need a device of OpenCL are skipped; null when they are not.</summary>
    public static string? SkipOpenCl => IsRequired || FirstOpenCl is not null ? null : GpuDevice.WhyUnavailable(GpuApi.OpenCl) ?? "There is no OpenCL device but a simulator.";

    public static GpuDevice Get() => First ?? throw new InvalidOperationException($"LOSSGEN_REQUIRE_OPENCL is set, but: {GpuDevice.WhyUnavailable()}");

    /// <summary>The first one of OpenCL, where another interface has another device before it.</summary>
    public static GpuDevice GetOpenCl() => FirstOpenCl ?? throw new InvalidOperationException($"LOSSGEN_REQUIRE_OPENCL is set, but: {GpuDevice.WhyUnavailable(GpuApi.OpenCl)}");
}
