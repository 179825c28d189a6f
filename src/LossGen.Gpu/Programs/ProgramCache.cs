using System.Security.Cryptography;
using System.Text;
using LossGen.Gpu.Drivers;

namespace LossGen.Gpu.Programs;

/// <summary>Takes a program from the folder of <see cref="GpuOptions.CacheFolder"/>, or compiles it and puts it there.</summary>
internal static class ProgramCache
{
    public static nint GetOrBuild(GpuDriver driver, string source)
    {
        if (GpuOptions.CacheFolder is not { } path) return driver.Build(source).Handle;
        ProgramFolder folder = new(path, GpuOptions.CacheBytes);
        string key = Key(driver, source);
        if (folder.Read(key) is { } kept)
        {
            try
            {
                return driver.Load(kept);
            }
            catch (GpuException)
            {
                // Another driver that calls itself by the same name and version: what is compiled now replaces it.
            }
        }

        BuiltProgram built = driver.Build(source);
        try
        {
            folder.Write(key, built.Binary());
        }
        catch (GpuException)
        {
            // A driver that does not give its programs away.
        }

        return built.Handle;
    }

    /// <summary>Text, options, device and driver.</summary>
    private static string Key(GpuDriver driver, string source) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{driver.Identity}\0{source}")));
}
