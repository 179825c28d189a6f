namespace LossGen.Runtime;

/// <summary>How [0, length) is cut into chunks. It depends on sizes alone, never on threads: partial results are merged by chunk, so it decides rounding.</summary>
internal readonly struct ChunkPlan
{
    /// <summary>One unit is about one cheap element-wise step: a load, an operation, a store, some 0.02 ns.</summary>
    internal const long WorkPerChunk = 128 * 1024;

    /// <summary>More chunks than this only cost merging; the chunks grow instead.</summary>
    internal const long UsualChunks = 4096;

    /// <summary>Bound on the doubles that all chunks' partial results take together.</summary>
    internal const long MaxPartials = 64L << 20;

    // Partial results beyond this share of the work would cost more than they save.
    private const long WorkPerPartial = 16;

    // An item that touches one in so many of the partial results or fewer, as a row of a table, adds to each of them rarely.
    private const long RareShare = 64;

    private ChunkPlan(nint length, nint itemsPerChunk, nint count, long work)
    {
        Length = length;
        ItemsPerChunk = itemsPerChunk;
        Count = count;
        Work = work;
    }

    internal nint Length { get; }

    internal nint ItemsPerChunk { get; }

    internal nint Count { get; }

    internal long Work { get; }

    internal static ChunkPlan Create(nint length, nint granule, nint workPerItem, nint maxItemsPerChunk, nint partialsPerChunk)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        long work = TotalWork(length, workPerItem);
        if (length <= 1)
            return new ChunkPlan(length, 1, 1, work);
        long step = Math.Clamp(granule, 1, length);
        long count = Math.Clamp(DivideUp(work, WorkPerChunk), 1, UsualChunks);
        if (partialsPerChunk > 0)
            count = Math.Min(count, Math.Max(1, work / WorkPerPartial / partialsPerChunk));
        long items = RoundUp(DivideUp(length, count), step);
        if (maxItemsPerChunk > 0)
        {
            long rarity = Math.Max(1, partialsPerChunk / Math.Max(workPerItem, 1) / RareShare);
            if (maxItemsPerChunk <= length / rarity)
                items = Math.Min(items, Math.Max(step, maxItemsPerChunk * rarity / step * step));
        }

        if (partialsPerChunk > 0)
        {
            long affordable = Math.Max(1, MaxPartials / partialsPerChunk);
            if (DivideUp(length, items) > affordable)
                items = RoundUp(DivideUp(length, affordable), step);
        }

        items = Math.Min(items, length);
        return new ChunkPlan(length, (nint)items, (nint)DivideUp(length, items), work);
    }

    /// <summary>Length times work per item, or the greatest number where that is exceeded.</summary>
    internal static long TotalWork(nint length, nint workPerItem)
    {
        long perItem = Math.Max(workPerItem, 1);
        return length > long.MaxValue / perItem ? long.MaxValue : length * perItem;
    }

    internal Chunk At(nint index, int worker)
    {
        nint begin = index * ItemsPerChunk;
        return new Chunk(index, begin, Length - begin < ItemsPerChunk ? Length : begin + ItemsPerChunk, worker, Work);
    }

    private static long DivideUp(long a, long b) => a / b + (a % b == 0 ? 0 : 1);

    // The greatest multiple stays below overflow: lengths of real data are far below 2^62.
    private static long RoundUp(long value, long step)
    {
        long rest = value % step;
        return rest == 0 ? value : value > long.MaxValue - step ? long.MaxValue : value + (step - rest);
    }
}
