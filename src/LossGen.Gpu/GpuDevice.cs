using System.Collections.Concurrent;
using LossGen.Gpu.Drivers;
using LossGen.Gpu.Drivers.OpenCl;

namespace LossGen.Gpu;

/// <summary>A device that runs losses. Safe for concurrent use; programs that it has compiled stay with it.</summary>
public sealed class GpuDevice
{
    private readonly Lazy<GpuDriver> _driver;
    private readonly ConcurrentDictionary<string, Lazy<nint>> _programs = new(StringComparer.Ordinal);

    private GpuDevice(string name, string driverVersion, bool isCpu, bool hasDouble, Func<GpuDriver> driver)
        : this(name, driverVersion, isCpu, hasDouble, new Lazy<GpuDriver>(driver))
    {
    }

    private GpuDevice(string name, string driverVersion, bool isCpu, bool hasDouble, Lazy<GpuDriver> driver)
    {
        Name = name;
        DriverVersion = driverVersion;
        IsCpu = isCpu;
        HasDouble = hasDouble;
        _driver = driver;
        SharesItems = !isCpu;
    }

    /// <summary>The device's name, with that of its platform.</summary>
    public string Name { get; }

    /// <summary>The version of its driver.</summary>
    public string DriverVersion { get; }

    /// <summary>Whether it is a processor that runs kernels as a graphics card would.</summary>
    public bool IsCpu { get; }

    /// <summary>Whether it has float64, which losses of type <see langword="double"/> need.</summary>
    public bool HasDouble { get; }

    internal GpuDriver Driver => _driver.Value;

    /// <summary>Whether threads of a group share long rows: on a processor they would only wait for each other.</summary>
    internal bool SharesItems { get; private init; }

    /// <summary>The same device, on which threads share long rows.</summary>
    internal GpuDevice WithLanes() => new(Name, DriverVersion, IsCpu, HasDouble, _driver) { SharesItems = true };

    /// <summary>All devices that can be used; none where there is no driver. <see cref="WhyUnavailable"/> says why.</summary>
    /// <returns>The devices, graphics cards first.</returns>
    public static IReadOnlyList<GpuDevice> Enumerate() => Find(out _);

    /// <summary>Why <see cref="Enumerate"/> finds nothing.</summary>
    /// <returns>A sentence, or <see langword="null"/> when there are devices.</returns>
    public static string? WhyUnavailable()
    {
        _ = Find(out string? reason);
        return reason;
    }

    /// <summary>A queue of its own on this device.</summary>
    /// <returns>The queue, to be disposed.</returns>
    public GpuQueue CreateQueue() => new(this);

    /// <summary>Makes a loss ready for this device. Kernels are compiled when they are first needed.</summary>
    /// <param name="program">The loss.</param>
    /// <returns>The loss on this device.</returns>
    /// <exception cref="NotSupportedException">The loss has no kernels for devices, or is computed in float64, which this device lacks.</exception>
    public GpuLoss Load(LossProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new GpuLoss(this, program);
    }

    /// <summary>Name and driver.</summary>
    /// <returns>A line of text.</returns>
    public override string ToString() => $"{Name}, driver {DriverVersion}";

    /// <summary>A compiled program, the same for the same text.</summary>
    internal nint Build(string text)
    {
        try
        {
            return _programs.GetOrAdd(text, key => new Lazy<nint>(() => Driver.Build(key))).Value;
        }
        catch (GpuException)
        {
            // The next call tries again, and has the log again.
            _programs.TryRemove(text, out _);
            throw;
        }
    }

    private static List<GpuDevice> Find(out string? reason)
    {
        try
        {
            List<GpuDevice> devices = [.. OpenClDriver.Devices().Select(d => new GpuDevice(
                $"{OpenClDriver.Text(d.Device, OpenClApi.DeviceName)} ({d.Platform})",
                OpenClDriver.Text(d.Device, OpenClApi.DriverVersion),
                OpenClDriver.IsCpu(d.Device),
                OpenClDriver.Text(d.Device, OpenClApi.DeviceExtensions).Split(' ').Contains("cl_khr_fp64"),
                () => new OpenClDriver(d.Device))).OrderBy(d => d.IsCpu)];
            reason = devices.Count > 0 ? null : "OpenCL is installed, but has no device: a driver for one is missing.";
            return devices;
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException)
        {
            reason = "OpenCL is not available: its loader (libOpenCL.so.1, OpenCL.dll) was not found or is too old.";
            return [];
        }
    }
}
