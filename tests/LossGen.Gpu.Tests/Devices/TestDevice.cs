namespace LossGen.Gpu.Tests.Devices;

/// <summary>The device that the tests run on: the first one found that is no simulator, in CI a processor with PoCL.</summary>
internal static class TestDevice
{
    private static readonly Lazy<GpuDevice?> First = new(() =>
    {
        _ = Simulator.Prepare();
        return GpuDevice.Enumerate().FirstOrDefault(d => !Simulator.Is(d));
    });

    public static bool IsRequired => Environment.GetEnvironmentVariable("LOSSGEN_REQUIRE_OPENCL") == "1";

    /// <summary>Why tests that need a device are skipped; null when they are not.</summary>
    public static string? Skip => IsRequired || First.Value is not null ? null : GpuDevice.WhyUnavailable() ?? "There is no OpenCL device but a simulator.";

    public static GpuDevice Get() => First.Value ?? throw new InvalidOperationException($"LOSSGEN_REQUIRE_OPENCL is set, but: {GpuDevice.WhyUnavailable()}");
}
