using System.Globalization;

namespace LossGen.Gpu.Plans;

/// <summary>
/// How a nest is launched. Sizes and the device alone decide, so that sums are rounded in the same way on every run.
/// </summary>
/// <param name="Lanes">How many threads share an item.</param>
/// <param name="GroupSize">Threads in a group.</param>
/// <param name="Groups">Groups.</param>
internal sealed record NestShape(int Lanes, int GroupSize, long Groups)
{
    public const int Threads = 256;

    public const long MostGroups = 1024;

    /// <summary>Groups where threads take items in vectors, which leaves few steps to each.</summary>
    public const long MostVectorGroups = 4096;

    /// <summary>Threads that share an item at most.</summary>
    public const int MostLanes = 1024;

    /// <summary>Bytes for the arrays of all workers together.</summary>
    public const long MostScratch = 64L << 20;

    /// <summary>Workers whose arrays are added up afterwards.</summary>
    public const long MostMerged = 512;

    /// <summary>How many threads share an item, by the length of the loops that they share.</summary>
    public static readonly (long UpTo, int Lanes)[] LaneSteps = [(16, 1), (1024, 32), (long.MaxValue, Threads)];

    /// <summary>The same where threads take vectors, by the number of vectors: a group has to keep enough of them in flight.</summary>
    public static readonly (long UpTo, int Lanes)[] VectorLaneSteps = [(4, 1), (256, 32), (3072, Threads), (6144, 512), (long.MaxValue, 1024)];

    /// <summary>How many workers there are, each with arrays of its own.</summary>
    public long Workers => Lanes > 1 ? Groups : Groups * GroupSize;

    /// <summary>The numbers that the text of the nest is compiled with.</summary>
    /// <param name="pass">The nest.</param>
    /// <param name="isAligned">Whether all rows of what it takes in vectors start where whole vectors may.</param>
    public string Definitions(PlanPass pass, bool isAligned) => string.Create(
        CultureInfo.InvariantCulture,
        $"#define {LanesMacro(pass.Kernel)} {Lanes}\n#define {GroupMacro(pass.Kernel)} {GroupSize}\n{(pass.Vectors is null ? "" : $"#define {AlignedMacro(pass.Kernel)} {(isAligned ? 1 : 0)}\n")}");

    public static string LanesMacro(string kernel) => kernel + "_LANES";

    public static string GroupMacro(string kernel) => kernel + "_GROUP";

    public static string AlignedMacro(string kernel) => kernel + "_ALIGNED";

    /// <param name="pass">The nest.</param>
    /// <param name="sizes">The sizes of the call.</param>
    /// <param name="device">What it runs on.</param>
    /// <param name="workerBytes">Bytes of the arrays that each worker has.</param>
    public static NestShape Of(PlanPass pass, PlanSizes sizes, DeviceShape device, long workerBytes)
    {
        long items = Math.Max(1, sizes.Product(pass.Items));
        if (pass.Tile is { } tile) return new NestShape(1, tile.Threads, Math.Min((items + tile.Items - 1) / tile.Items, MostGroups * Threads / tile.Threads));
        int lanes = pass.Lanes is null || !device.SharesItems ? 1 : LanesFor(items, sizes.Of(pass.Lanes), pass.Vectors?.Width, device.MostThreads);
        long most = workerBytes == 0 ? long.MaxValue : Math.Max(1, MostScratch / workerBytes);
        if (pass.Merges == true) most = Math.Min(most, MostMerged);
        if (lanes > 1) return new NestShape(lanes, lanes, Math.Min(items, Math.Min(most, MostRows(lanes, device))));
        bool isVector = pass.Vectors is not null && pass.Lanes is null;
        if (isVector) items = (items + pass.Vectors!.Width - 1) / pass.Vectors.Width;
        int threads = Threads;
        while (threads > 1 && threads > most) threads /= 2;
        return new NestShape(1, threads, Math.Clamp((items + threads - 1) / threads, 1, Math.Max(1, Math.Min(isVector ? MostVectorGroups : MostGroups, most / threads))));
    }

    /// <summary>A pass over elements, a thread each.</summary>
    public static NestShape OfElements(long elements) => new(1, Threads, elements <= 0 ? 1 : Math.Min((elements + Threads - 1) / Threads, MostGroups));

    private static int LanesFor(long items, long length, int? width, int mostThreads)
    {
        long steps = length / (width ?? 1);
        int lanes = (width is null ? LaneSteps : VectorLaneSteps).First(step => steps <= step.UpTo).Lanes;

        // Few items: as many lanes as have something to do, while threads of the device are left over.
        while (lanes > 1 && lanes < steps && lanes < MostLanes && 2 * lanes * items <= MostGroups * Threads) lanes *= 2;
        while (lanes > Threads && lanes > mostThreads) lanes /= 2;
        return lanes;
    }

    // The longest rows are read twice: with one row at a time on each multiprocessor, the second time finds most of it in the cache.
    private static long MostRows(int lanes, DeviceShape device) =>
        lanes > 512 && device.Multiprocessors > 0 ? device.Multiprocessors : MostGroups * Threads / lanes;
}

/// <summary>What of a device decides how nests are launched.</summary>
/// <param name="SharesItems">Whether threads of a group share long rows.</param>
/// <param name="Multiprocessors">How many groups of the largest size it runs at a time; 0 where it does not say.</param>
/// <param name="MostThreads">Threads in a group at most.</param>
internal sealed record DeviceShape(bool SharesItems, int Multiprocessors, int MostThreads);
