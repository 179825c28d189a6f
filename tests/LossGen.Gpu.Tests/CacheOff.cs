using System.Runtime.CompilerServices;

namespace LossGen.Gpu.Tests;

/// <summary>Tests compile what they run: no program of an earlier run is taken, but where a test is about that.</summary>
internal static class CacheOff
{
    [ModuleInitializer]
    public static void Initialize() => GpuOptions.CacheFolder = null;
}
