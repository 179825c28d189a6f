namespace LossGen.Gpu.Drivers;

/// <summary>An interface to devices: whether it is there, and what it has.</summary>
internal abstract class GpuPlatform
{
    public abstract GpuApi Api { get; }

    /// <summary>Its devices; where there are none, the reason as a sentence.</summary>
    public abstract IReadOnlyList<GpuDevice> Find(out string? reason);

    /// <summary>The device of a caller's context, which is never released.</summary>
    /// <exception cref="NotSupportedException">The interface is not available.</exception>
    public abstract GpuDevice FromContext(nint context, nint device);
}
