using System.Runtime.InteropServices;

namespace LossGen.Gpu.Tests.Devices;

/// <summary>Oclgrind: it runs kernels one thread after the other, and reports accesses out of bounds, races, and barriers that not all threads reach.</summary>
internal static partial class Simulator
{
    private const string Library = "/usr/lib/oclgrind/liboclgrind-rt-icd.so";

    private static readonly string Log = Path.Combine(Path.GetTempPath(), $"lossgen-oclgrind-{Environment.ProcessId}.log");

    private static string? _vendors;

    private static readonly Lazy<bool> IsPrepared = new(() =>
    {
        if (!File.Exists(Library)) return false;

        // Its package does not register it: the loader gets a folder of drivers in which it stands beside the others. The loader and the
        // library read the process' own environment, which .NET does not write.
        DirectoryInfo vendors = Directory.CreateTempSubdirectory("lossgen-vendors");
        foreach (string driver in Directory.Exists("/etc/OpenCL/vendors") ? Directory.GetFiles("/etc/OpenCL/vendors", "*.icd") : [])
            File.Copy(driver, Path.Combine(vendors.FullName, Path.GetFileName(driver)));
        File.WriteAllText(Path.Combine(vendors.FullName, "oclgrind.icd"), Library + "\n");
        _vendors = vendors.FullName;
        foreach ((string name, string value) in Variables(Log)) _ = setenv(name, value, 1);
        return true;
    });

    private static readonly Lazy<GpuDevice?> Found = new(() => Prepare() ? GpuDevice.Enumerate().FirstOrDefault(Is) : null);

    public static string? Skip => TestDevice.IsRequired || Found.Value is not null ? null : "Oclgrind was not found.";

    /// <summary>Makes it one of the devices, if it is installed. Comes before anything else that has to do with OpenCL.</summary>
    public static bool Prepare() => IsPrepared.Value;

    /// <summary>The environment of a process that finds it, once it is prepared.</summary>
    public static (string Name, string Value)[] Variables(string log) =>
        [("OCL_ICD_VENDORS", _vendors!), ("OCLGRIND_DATA_RACES", "1"), ("OCLGRIND_CHECK_API", "1"), ("OCLGRIND_LOG", log)];

    public static bool Is(GpuDevice device) => device.Name.Contains("Oclgrind", StringComparison.OrdinalIgnoreCase);

    public static GpuDevice Get() => Found.Value ?? throw new InvalidOperationException("LOSSGEN_REQUIRE_OPENCL is set, but there is no Oclgrind.");

    /// <summary>What it has reported since the last time; empty for nothing.</summary>
    public static string TakeReport()
    {
        if (!File.Exists(Log)) return "";
        using FileStream file = new(Log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        string report = reader.ReadToEnd();
        file.SetLength(0);
        return report;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
