namespace LossGen.Gpu;

/// <summary>Settings that hold for every device in the process. They may be read and changed by any thread at any time.</summary>
public static class GpuOptions
{
    private static volatile string? cacheFolder = DefaultFolder();

    private static long cacheBytes = 256L << 20;

    /// <summary>
    /// Where compiled programs are kept between processes: a folder, made when it is first needed; <see langword="null"/> keeps none. By
    /// default <c>LossGen/programs</c> in the user's folder for local application data.
    /// </summary>
    /// <remarks>
    /// What lies there is run by devices: only whoever may run programs as this user should be able to write to it. A file that is damaged,
    /// or that a new driver does not take, is compiled anew.
    /// </remarks>
    public static string? CacheFolder
    {
        get => cacheFolder;
        set => cacheFolder = string.IsNullOrWhiteSpace(value) ? null : Path.GetFullPath(value);
    }

    /// <summary>How many bytes that folder may hold, 256 MiB by default: those programs that were not used for longest go first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static long CacheBytes
    {
        get => Volatile.Read(ref cacheBytes);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Volatile.Write(ref cacheBytes, value);
        }
    }

    // A process without a home has no such folder.
    private static string? DefaultFolder()
    {
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length == 0 ? null : Path.Combine(data, "LossGen", "programs");
    }
}
