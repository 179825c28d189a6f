using System.Runtime.InteropServices;
using LossGen.Gpu.Plans;

namespace LossGen.Gpu.Drivers.Cuda;

/// <summary>CUDA or HIP, if driver and compiler are there.</summary>
internal sealed unsafe class CudaPlatform : GpuPlatform
{
    private readonly CudaLibraries _libraries;
    private readonly Lazy<(CudaApi? Api, string? Reason)> _opened;

    public CudaPlatform(CudaLibraries libraries)
    {
        _libraries = libraries;
        _opened = new(Open);
    }

    public override GpuApi Api => _libraries.Api;

    public override IReadOnlyList<GpuDevice> Find(out string? reason)
    {
        if (_opened.Value.Api is not { } api)
        {
            reason = _opened.Value.Reason;
            return [];
        }

        try
        {
            int count;
            api.Check(api.DeviceCount(&count), "count its devices");
            List<GpuDevice> devices = [];
            for (int number = 0; number < count; number++)
            {
                int device;
                api.Check(api.DeviceGet(&device, number), "name its devices");
                devices.Add(Device(api, CudaDeviceInfo.Of(api, device), context: 0));
            }

            reason = count > 0 ? null : $"{_libraries.Name} is installed, but has no device.";
            return devices;
        }
        catch (GpuException failure)
        {
            reason = failure.Message;
            return [];
        }
    }

    public override GpuDevice FromContext(nint context, nint device)
    {
        CudaApi api = _opened.Value.Api ?? throw new NotSupportedException(_opened.Value.Reason);
        int found;
        using (new CudaContext(api, context)) api.Check(api.ContextDevice(&found), "name the context's device");
        return Device(api, CudaDeviceInfo.Of(api, found), context);
    }

    private GpuDevice Device(CudaApi api, CudaDeviceInfo device, nint context) => new(
        Api, $"{device.Name} ({_libraries.Name})", device.DriverVersion, isCpu: false, hasDouble: true,
        new DeviceShape(SharesItems: true, device.Multiprocessors, MostThreads: 1024, device.SharedBytes), new Lazy<GpuDriver>(() => new CudaDriver(api, device, context)));

    private (CudaApi? Api, string? Reason) Open()
    {
        if (!TryLoad(_libraries.DriverFiles, out nint driver)) return (null, $"{_libraries.Name} is not available: its driver ({_libraries.DriverFiles[0]}) was not found.");
        if (!TryLoad(_libraries.CompilerFiles, out nint compiler))
            return (null, $"{_libraries.Name} is not available: the driver is installed, its compiler {_libraries.Compiler} ({_libraries.CompilerFiles[0]} or older) was not found.");
        try
        {
            CudaApi api = new(_libraries, driver, compiler);
            int code = api.Init(0);
            return code == 0 ? (api, null) : (null, $"{_libraries.Name} is not available: its driver says {api.Describe(code)}.");
        }
        catch (EntryPointNotFoundException failure)
        {
            return (null, $"{_libraries.Name} is not available: its driver or compiler is too old. {failure.Message}");
        }
    }

    private static bool TryLoad(string[] files, out nint library)
    {
        foreach (string file in files)
            if (NativeLibrary.TryLoad(file, out library)) return true;
        library = 0;
        return false;
    }
}
