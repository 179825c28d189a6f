namespace LossGen.Runtime.Tests.Execution;

/// <summary>What calls allocate on the calling thread; other test projects compile this file, too.</summary>
internal static class AllocatedBytes
{
    private const int Attempts = 100;

    /// <summary>A collection in between counts the unused rest of the thread's allocation buffer as allocated: such an attempt tells nothing.</summary>
    internal static long By(Action calls)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int collections = GC.CollectionCount(0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            calls();
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated == 0 || GC.CollectionCount(0) == collections) return allocated;
        }

        throw new InvalidOperationException($"{Attempts} attempts in a row were interrupted by a collection.");
    }
}
