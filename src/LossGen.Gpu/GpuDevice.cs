using System.Collections.Concurrent;
using LossGen.Gpu.Drivers;
using LossGen.Gpu.Drivers.Cuda;
using LossGen.Gpu.Drivers.OpenCl;
using LossGen.Gpu.Plans;
using LossGen.Gpu.Programs;

namespace LossGen.Gpu;

/// <summary>A device that runs losses. Safe for concurrent use; programs that it has compiled stay with it.</summary>
public sealed class GpuDevice
{
    private static readonly GpuPlatform[] Platforms = [new CudaPlatform(CudaLibraries.Cuda), new CudaPlatform(CudaLibraries.Hip), new OpenClPlatform()];

    private readonly Lazy<GpuDriver> _driver;
    private readonly ConcurrentDictionary<string, Lazy<nint>> _programs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(LossProgram Program, HalfFormat Half), GpuLoss> _losses = new();

    internal GpuDevice(GpuApi api, string name, string driverVersion, bool isCpu, bool hasDouble, DeviceShape shape, Lazy<GpuDriver> driver)
    {
        Api = api;
        Name = name;
        DriverVersion = driverVersion;
        IsCpu = isCpu;
        HasDouble = hasDouble;
        _driver = driver;
        Shape = shape;
    }

    /// <summary>The interface through which it is reached.</summary>
    public GpuApi Api { get; }

    /// <summary>The device's name, with that of its platform.</summary>
    public string Name { get; }

    /// <summary>The version of its driver; for CUDA and HIP, of the interface that the driver has.</summary>
    public string DriverVersion { get; }

    /// <summary>Whether it is a processor that runs kernels as a graphics card would.</summary>
    public bool IsCpu { get; }

    /// <summary>Whether it has float64, which losses of type <see langword="double"/> need.</summary>
    public bool HasDouble { get; }

    internal GpuDriver Driver => _driver.Value;

    /// <summary>What of it decides how nests are launched. On a processor, threads that share rows would only wait for each other.</summary>
    internal DeviceShape Shape { get; }

    /// <summary>The same device, on which threads share long rows.</summary>
    internal GpuDevice WithLanes() => new(Api, Name, DriverVersion, IsCpu, HasDouble, Shape with { SharesItems = true }, _driver);

    /// <summary>The same device, as if it had no float64.</summary>
    internal GpuDevice WithoutDouble() => new(Api, Name, DriverVersion, IsCpu, hasDouble: false, Shape, _driver);

    /// <summary>
    /// All devices that can be used; none where there is no driver. <see cref="WhyUnavailable()"/> says why. A card with drivers for
    /// several interfaces is there once for each.
    /// </summary>
    /// <returns>The devices: graphics cards first, and of those CUDA's, then HIP's, then OpenCL's.</returns>
    public static IReadOnlyList<GpuDevice> Enumerate() => Enumerate(Platforms);

    /// <summary>Why <see cref="Enumerate()"/> finds nothing.</summary>
    /// <returns>A sentence for each interface, or <see langword="null"/> when there are devices.</returns>
    public static string? WhyUnavailable() => WhyUnavailable(Platforms);

    /// <summary>Why there are no devices of one interface.</summary>
    /// <param name="api">The interface.</param>
    /// <returns>A sentence, or <see langword="null"/> when there are devices.</returns>
    public static string? WhyUnavailable(GpuApi api) => WhyUnavailable([PlatformOf(api)]);

    /// <summary>
    /// The device of a context that somebody else has made, for memory and queues of that context. The context is never released, and
    /// must outlive all that is made here. A framework that uses CUDA's primary context, as PyTorch does, needs none of this: devices
    /// from <see cref="Enumerate()"/> use the same one.
    /// </summary>
    /// <param name="api">The interface.</param>
    /// <param name="context">The driver's handle of the context: a <c>CUcontext</c>, <c>hipCtx_t</c> or <c>cl_context</c>.</param>
    /// <param name="device">For OpenCL the <c>cl_device_id</c>, 0 for the first of the context; elsewhere not used, since a context has one device.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentException">The context is null, or the device is not one of it.</exception>
    /// <exception cref="NotSupportedException">The interface is not available.</exception>
    /// <exception cref="GpuException">The driver does not know the context.</exception>
    public static GpuDevice FromContext(GpuApi api, nint context, nint device = 0)
    {
        if (context == 0) throw new ArgumentException("The context is null.", nameof(context));
        return PlatformOf(api).FromContext(context, device);
    }

    /// <summary>A queue of its own on this device.</summary>
    /// <returns>The queue, to be disposed.</returns>
    public GpuQueue CreateQueue() => new(this);

    /// <summary>Makes a loss ready for this device. Kernels are compiled when they are first needed.</summary>
    /// <param name="program">The loss.</param>
    /// <param name="half">What tensors that are declared <see cref="Half"/> hold on the device.</param>
    /// <returns>The loss on this device, the same for the same program.</returns>
    /// <exception cref="NotSupportedException">The loss has no kernels for devices, or is computed in float64, which this device lacks.</exception>
    public GpuLoss Load(LossProgram program, HalfFormat half = HalfFormat.Ieee)
    {
        ArgumentNullException.ThrowIfNull(program);
        return _losses.GetOrAdd((program, half), key => new GpuLoss(this, key.Program, key.Half));
    }

    /// <summary>Name and driver.</summary>
    /// <returns>A line of text.</returns>
    public override string ToString() => $"{Name}, driver {DriverVersion}";

    internal static IReadOnlyList<GpuDevice> Enumerate(IEnumerable<GpuPlatform> platforms) => [.. platforms.SelectMany(p => p.Find(out _)).OrderBy(d => d.IsCpu)];

    internal static string? WhyUnavailable(IEnumerable<GpuPlatform> platforms)
    {
        List<string> reasons = [];
        foreach (GpuPlatform platform in platforms)
        {
            if (platform.Find(out string? reason).Count > 0) return null;
            reasons.Add(reason!);
        }

        return string.Join(" ", reasons);
    }

    /// <summary>A compiled program, the same for the same text.</summary>
    internal nint Build(string text)
    {
        try
        {
            return _programs.GetOrAdd(text, key => new Lazy<nint>(() => ProgramCache.GetOrBuild(Driver, key))).Value;
        }
        catch (GpuException)
        {
            // The next call tries again, and has the log again.
            _programs.TryRemove(text, out _);
            throw;
        }
    }

    private static GpuPlatform PlatformOf(GpuApi api) =>
        Platforms.FirstOrDefault(p => p.Api == api) ?? throw new ArgumentOutOfRangeException(nameof(api), api, "There is no such interface.");
}
