using System.Globalization;
using System.Text;

namespace LossGen.Gpu.Drivers.Cuda;

/// <summary>What is known of a device before anything is opened.</summary>
/// <param name="Handle">The driver's number of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uuid">What tells it from others of its name; empty where the driver does not say.</param>
/// <param name="Capability">Its compute capability, such as 90; 0 for HIP.</param>
/// <param name="Multiprocessors">How many it has; 0 for HIP.</param>
/// <param name="SharedBytes">What a group may ask for of shared memory; 0 for HIP, and where the driver is too old to be asked.</param>
/// <param name="DriverVersion">The version of the interface that the driver has.</param>
internal sealed record CudaDeviceInfo(int Handle, string Name, string Uuid, int Capability, int Multiprocessors, int SharedBytes, string DriverVersion)
{
    public static unsafe CudaDeviceInfo Of(CudaApi api, int device)
    {
        byte[] name = new byte[256], uuid = new byte[16];
        int major = 0, minor = 0, multiprocessors = 0, shared = 0, version = 0;
        fixed (byte* first = name) api.Check(api.DeviceName(first, name.Length, device), "name its device");
        fixed (byte* first = uuid)
        {
            if (api.DeviceUuid == null || api.DeviceUuid(first, device) != 0) uuid = [];
        }

        if (!api.Libraries.IsHip)
        {
            api.Check(api.DeviceAttribute(&major, CudaApi.ComputeCapabilityMajor, device), "tell a device's capability");
            api.Check(api.DeviceAttribute(&minor, CudaApi.ComputeCapabilityMinor, device), "tell a device's capability");
            api.Check(api.DeviceAttribute(&multiprocessors, CudaApi.Multiprocessors, device), "count a device's multiprocessors");
            if (api.FunctionAttribute != null) api.Check(api.DeviceAttribute(&shared, CudaApi.SharedBytes, device), "tell a device's shared memory");
        }

        api.Check(api.DriverVersion(&version), "tell the driver's version");
        return new CudaDeviceInfo(
            device, Encoding.UTF8.GetString(name).Split('\0')[0], Convert.ToHexString(uuid), (major * 10) + minor, multiprocessors, shared,
            api.Libraries.IsHip
                ? string.Create(CultureInfo.InvariantCulture, $"{version / 10_000_000}.{version / 100_000 % 100}.{version % 100_000}")
                : string.Create(CultureInfo.InvariantCulture, $"{version / 1000}.{version % 1000 / 10}"));
    }
}
