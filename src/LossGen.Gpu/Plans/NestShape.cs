using System.Globalization;

namespace LossGen.Gpu.Plans;

/// <summary>
/// How a nest is launched. Sizes and the kind of device alone decide, so that sums are rounded in the same way on every run.
/// </summary>
/// <param name="Lanes">How many threads share an item.</param>
/// <param name="GroupSize">Threads in a group.</param>
/// <param name="Groups">Groups.</param>
internal sealed record NestShape(int Lanes, int GroupSize, long Groups)
{
    public const int Threads = 256;

    public const long MostGroups = 1024;

    /// <summary>Bytes for the arrays of all workers together.</summary>
    public const long MostScratch = 64L << 20;

    /// <summary>Workers whose arrays are added up afterwards.</summary>
    public const long MostMerged = 512;

    /// <summary>How many threads share an item, by the length of the loops that they share.</summary>
    public static readonly (long UpTo, int Lanes)[] LaneSteps = [(16, 1), (1024, 32), (long.MaxValue, Threads)];

    /// <summary>How many workers there are, each with arrays of its own.</summary>
    public long Workers => Lanes > 1 ? Groups : Groups * GroupSize;

    /// <summary>The two numbers that the text of the nest is compiled with.</summary>
    public string Definitions(string kernel) => string.Create(CultureInfo.InvariantCulture, $"#define {LanesMacro(kernel)} {Lanes}\n#define {GroupMacro(kernel)} {GroupSize}\n");

    public static string LanesMacro(string kernel) => kernel + "_LANES";

    public static string GroupMacro(string kernel) => kernel + "_GROUP";

    public static NestShape Of(PlanPass pass, PlanSizes sizes, bool sharesItems, long workerBytes)
    {
        long items = Math.Max(1, sizes.Product(pass.Items));
        int lanes = pass.Lanes is null || !sharesItems ? 1 : LaneSteps.First(step => sizes.Of(pass.Lanes) <= step.UpTo).Lanes;
        long most = workerBytes == 0 ? long.MaxValue : Math.Max(1, MostScratch / workerBytes);
        if (pass.Merges == true) most = Math.Min(most, MostMerged);
        if (lanes > 1) return new NestShape(lanes, lanes, Math.Min(items, Math.Min(most, MostGroups * Threads / lanes)));
        int threads = Threads;
        while (threads > 1 && threads > most) threads /= 2;
        return new NestShape(1, threads, Math.Clamp((items + threads - 1) / threads, 1, Math.Max(1, Math.Min(MostGroups, most / threads))));
    }

    /// <summary>A pass over elements, a thread each.</summary>
    public static NestShape OfElements(long elements) => new(1, Threads, elements <= 0 ? 1 : Math.Min((elements + Threads - 1) / Threads, MostGroups));
}
