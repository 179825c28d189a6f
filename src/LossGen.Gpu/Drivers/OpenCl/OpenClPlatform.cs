using System.Text;
using LossGen.Gpu.Plans;

namespace LossGen.Gpu.Drivers.OpenCl;

/// <summary>OpenCL, with the devices of all of its drivers.</summary>
internal sealed unsafe class OpenClPlatform : GpuPlatform
{
    private delegate int Query(nuint size, void* value, nuint* needed);

    public override GpuApi Api => GpuApi.OpenCl;

    public override IReadOnlyList<GpuDevice> Find(out string? reason)
    {
        try
        {
            GpuDevice[] devices = [.. Devices().Select(d => Device(d.Device, d.Platform, 0))];
            reason = devices.Length > 0 ? null : "OpenCL is installed, but has no device: a driver for one is missing.";
            return devices;
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException)
        {
            reason = "OpenCL is not available: its loader (libOpenCL.so.1, OpenCL.dll) was not found or is too old.";
            return [];
        }
    }

    public override GpuDevice FromContext(nint context, nint device)
    {
        nuint bytes;
        OpenClDriver.Check(OpenClApi.clGetContextInfo(context, OpenClApi.ContextDevices, 0, null, &bytes), "clGetContextInfo");
        nint[] devices = new nint[(int)bytes / sizeof(nint)];
        fixed (nint* list = devices) OpenClDriver.Check(OpenClApi.clGetContextInfo(context, OpenClApi.ContextDevices, bytes, list, null), "clGetContextInfo");
        if (device == 0) device = devices[0];
        if (!devices.Contains(device)) throw new ArgumentException("The device is not one of the context's.", nameof(device));
        nint platform;
        OpenClDriver.Check(OpenClApi.clGetDeviceInfo(device, OpenClApi.DevicePlatform, (nuint)sizeof(nint), &platform, null), "clGetDeviceInfo");
        return Device(device, platform, context);
    }

    /// <summary>Every device of every platform.</summary>
    private static List<(nint Device, nint Platform)> Devices()
    {
        List<(nint, nint)> found = [];
        uint count;

        // The loader without any platform says -1001.
        if (OpenClApi.clGetPlatformIDs(0, null, &count) != 0 || count == 0) return found;
        nint[] platforms = new nint[count];
        fixed (nint* list = platforms) OpenClDriver.Check(OpenClApi.clGetPlatformIDs(count, list, null), "clGetPlatformIDs");
        foreach (nint platform in platforms)
        {
            int error = OpenClApi.clGetDeviceIDs(platform, OpenClApi.DeviceTypeAll, 0, null, &count);
            if (error != 0 || count == 0) continue;
            nint[] devices = new nint[count];
            fixed (nint* list = devices) OpenClDriver.Check(OpenClApi.clGetDeviceIDs(platform, OpenClApi.DeviceTypeAll, count, list, null), "clGetDeviceIDs");
            found.AddRange(devices.Select(device => (device, platform)));
        }

        return found;
    }

    private GpuDevice Device(nint device, nint platform, nint context)
    {
        string name = Text(device, OpenClApi.DeviceName), version = Text(device, OpenClApi.DriverVersion);
        string platformName = Text((size, value, needed) => OpenClApi.clGetPlatformInfo(platform, OpenClApi.PlatformName, size, value, needed));
        string platformVersion = Text((size, value, needed) => OpenClApi.clGetPlatformInfo(platform, OpenClApi.PlatformVersion, size, value, needed));
        string identity = $"{name}\n{Text(device, OpenClApi.DeviceVersion)}\n{platformName}\n{platformVersion}\n{version}";
        ulong type;
        OpenClDriver.Check(OpenClApi.clGetDeviceInfo(device, OpenClApi.DeviceType, sizeof(ulong), &type, null), "clGetDeviceInfo");
        uint units;
        nuint threads;
        OpenClDriver.Check(OpenClApi.clGetDeviceInfo(device, OpenClApi.DeviceComputeUnits, sizeof(uint), &units, null), "clGetDeviceInfo");
        OpenClDriver.Check(OpenClApi.clGetDeviceInfo(device, OpenClApi.DeviceMostThreads, (nuint)sizeof(nuint), &threads, null), "clGetDeviceInfo");
        bool isCpu = (type & OpenClApi.DeviceTypeCpu) != 0;
        return new GpuDevice(
            Api, $"{name} ({platformName})", version, isCpu, Text(device, OpenClApi.DeviceExtensions).Split(' ').Contains("cl_khr_fp64"),
            new DeviceShape(SharesItems: !isCpu, (int)units, (int)Math.Min(threads, int.MaxValue), SharedBytes: 0),
            new Lazy<GpuDriver>(() => new OpenClDriver(device, identity, context)));
    }

    private static string Text(nint device, uint what) => Text((size, value, needed) => OpenClApi.clGetDeviceInfo(device, what, size, value, needed));

    private static string Text(Query query)
    {
        nuint size;
        if (query(0, null, &size) != 0 || size == 0) return "";
        byte[] bytes = new byte[size];
        fixed (byte* first = bytes)
        {
            if (query(size, first, null) != 0) return "";
        }

        return Encoding.UTF8.GetString(bytes).TrimEnd('\0').Trim();
    }
}
