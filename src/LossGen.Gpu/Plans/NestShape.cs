using System.Globalization;

namespace LossGen.Gpu.Plans;

/// <summary>
/// How a nest is launched. Sizes and the device alone decide, so that sums are rounded in the same way on every run.
/// </summary>
/// <param name="Lanes">How many threads share an item.</param>
/// <param name="GroupSize">Threads in a group.</param>
/// <param name="Groups">Groups.</param>
/// <param name="Kept">What its lanes keep from one loop for the next.</param>
internal sealed record NestShape(int Lanes, int GroupSize, long Groups, KeptVectors Kept = default)
{
    public const int Threads = 256;

    public const long MostGroups = 1024;

    /// <summary>Groups where threads take items in vectors, which leaves few steps to each.</summary>
    public const long MostVectorGroups = 4096;

    /// <summary>Threads that share an item at most.</summary>
    public const int MostLanes = 1024;

    /// <summary>Tiles for each multiprocessor below which a group has as many threads as it may.</summary>
    public const long FewTiles = 4;

    /// <summary>Bytes for the arrays of all workers together.</summary>
    public const long MostScratch = 64L << 20;

    /// <summary>Workers whose arrays are added up afterwards.</summary>
    public const long MostMerged = 512;

    /// <summary>Groups of as many lanes have enough to keep for their number to matter.</summary>
    public const int FewLanes = 128;

    /// <summary>How many threads share an item, by the length of the loops that they share.</summary>
    public static readonly (long UpTo, int Lanes)[] LaneSteps = [(16, 1), (1024, 32), (long.MaxValue, Threads)];

    /// <summary>The same where threads take vectors, by the number of vectors.</summary>
    public static readonly (long UpTo, int Lanes)[] VectorLaneSteps = [(4, 1), (256, 32), (long.MaxValue, Threads)];

    /// <summary>The same where lanes keep what they have read: they are fewer, so that each has more registers.</summary>
    public static readonly (long UpTo, int Lanes)[] KeptLaneSteps = [(4, 1), (256, 32), (2048, 128), (4096, Threads), (long.MaxValue, 512)];

    /// <summary>How many workers there are, each with arrays of its own.</summary>
    public long Workers => Lanes > 1 ? Groups : Groups * GroupSize;

    /// <summary>The numbers that the text of the nest is compiled with.</summary>
    /// <param name="pass">The nest.</param>
    /// <param name="isAligned">Whether all rows of what it takes in vectors start where whole vectors may.</param>
    public string Definitions(PlanPass pass, bool isAligned)
    {
        string text = Define(LanesMacro(pass.Kernel), Lanes) + Define(GroupMacro(pass.Kernel), GroupSize);
        if (pass.Vectors is not null) text += Define(AlignedMacro(pass.Kernel), isAligned ? 1 : 0);
        if (pass.Vectors?.Kept is not null) text += Define(KeptMacro(pass.Kernel), Kept.Registers) + Define(RoomMacro(pass.Kernel), Kept.Room) + Define(RestMacro(pass.Kernel), Kept.IsAll ? 0 : 1);
        return text;
    }

    private static string Define(string macro, int value) => string.Create(CultureInfo.InvariantCulture, $"#define {macro} {value}\n");

    public static string LanesMacro(string kernel) => kernel + "_LANES";

    public static string GroupMacro(string kernel) => kernel + "_GROUP";

    public static string AlignedMacro(string kernel) => kernel + "_ALIGNED";

    public static string KeptMacro(string kernel) => kernel + "_KEPT";

    public static string RoomMacro(string kernel) => kernel + "_ROOM";

    public static string RestMacro(string kernel) => kernel + "_REST";

    /// <param name="pass">The nest.</param>
    /// <param name="sizes">The sizes of the call.</param>
    /// <param name="device">What it runs on.</param>
    /// <param name="workerBytes">Bytes of the arrays that each worker has.</param>
    public static NestShape Of(PlanPass pass, PlanSizes sizes, DeviceShape device, long workerBytes)
    {
        long items = Math.Max(1, sizes.Product(pass.Items));
        if (pass.Tile is { } tile) return OfTiles(tile, (items + tile.Items - 1) / tile.Items, device);
        int lanes = pass.Lanes is null || !device.SharesItems ? 1 : LanesFor(items, sizes.Of(pass.Lanes), pass.Vectors, device.MostThreads);
        KeptVectors kept = pass.Lanes is null || !device.SharesItems ? default : KeptVectors.Of(pass.Vectors?.Kept, sizes.Of(pass.Lanes), lanes, device.SharedBytes);
        long most = workerBytes == 0 ? long.MaxValue : Math.Max(1, MostScratch / workerBytes);
        if (pass.Merges == true) most = Math.Min(most, MostMerged);
        if (lanes > 1) return new NestShape(lanes, lanes, Math.Min(items, Math.Min(most, MostRows(lanes, pass.Vectors?.Kept is not null, device))), kept);
        bool isVector = pass.Vectors is not null && pass.Lanes is null;
        if (isVector) items = (items + pass.Vectors!.Width - 1) / pass.Vectors.Width;
        int threads = Threads;
        while (threads > 1 && threads > most) threads /= 2;
        return new NestShape(1, threads, Math.Clamp((items + threads - 1) / threads, 1, Math.Max(1, Math.Min(isVector ? MostVectorGroups : MostGroups, most / threads))), kept);
    }

    /// <summary>A pass over elements, a thread each.</summary>
    public static NestShape OfElements(long elements) => new(1, Threads, elements <= 0 ? 1 : Math.Min((elements + Threads - 1) / Threads, MostGroups));

    // A few small groups would leave most of a multiprocessor without work.
    private static NestShape OfTiles(PlanTile tile, long tiles, DeviceShape device)
    {
        bool isFew = device.SharesItems && device.MostThreads >= tile.Most && tiles < FewTiles * Math.Max(1, device.Multiprocessors);
        int threads = isFew ? tile.Most : tile.Threads;
        return new NestShape(1, threads, Math.Min(tiles, MostGroups * Threads / threads));
    }

    private static int LanesFor(long items, long length, PlanVectors? vectors, int mostThreads)
    {
        long steps = length / (vectors?.Width ?? 1);
        int lanes = (vectors is null ? LaneSteps : vectors.Kept is null ? VectorLaneSteps : KeptLaneSteps).First(step => steps <= step.UpTo).Lanes;

        // Few items: as many lanes as have something to do, while threads of the device are left over.
        while (lanes > 1 && lanes < steps && lanes < MostLanes && 2 * lanes * items <= MostGroups * Threads / 2) lanes *= 2;
        while (lanes > Threads && lanes > mostThreads) lanes /= 2;
        return lanes;
    }

    /// <summary>How many groups of lanes that keep what they have read run beside each other on a multiprocessor: while one loads, another computes or stores.</summary>
    public static int GroupsBesides(int lanes) => lanes < FewLanes ? 2 : Math.Max(1, 2 * Threads / lanes);

    // No more than run at a time: what is not kept of the longest rows is read again, and found in the cache.
    private static long MostRows(int lanes, bool isKept, DeviceShape device) =>
        isKept && lanes >= FewLanes && device.Multiprocessors > 0 ? (long)device.Multiprocessors * GroupsBesides(lanes) : MostGroups * Threads / lanes;
}

/// <summary>What of a device decides how nests are launched.</summary>
/// <param name="SharesItems">Whether threads of a group share long rows.</param>
/// <param name="Multiprocessors">How many groups of the largest size it runs at a time; 0 where it does not say.</param>
/// <param name="MostThreads">Threads in a group at most.</param>
/// <param name="SharedBytes">What a group may ask for at its launch of the memory that it shares; 0 for nothing.</param>
internal sealed record DeviceShape(bool SharesItems, int Multiprocessors, int MostThreads, int SharedBytes);
