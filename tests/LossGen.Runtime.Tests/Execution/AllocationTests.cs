using Xunit;

namespace LossGen.Runtime.Tests.Execution;

[Collection(ProcessSettings.Name)]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(16, 1)]
    [InlineData(16, 8)]
    [InlineData(1 << 20, 1)]
    [InlineData(1 << 20, 8)]
    public void Calls_after_the_first_allocate_nothing(int count, int threads)
    {
        float[] x = ProcessSettings.Samples(count, seed: 1), y = new float[count], gradient = new float[count];
        long allocated = CallThreads.With(threads, () =>
        {
            // Enough to fill the pools and the thread pool's queue once.
            for (int i = 0; i < 200; i++)
                SquaredSum.Gradient(x, y, gradient);
            // The thread pool itself may create a thread now and then; what calls allocate would show in every batch.
            long least = long.MaxValue;
            for (int batch = 0; batch < 5; batch++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 50; i++)
                    SquaredSum.Gradient(x, y, gradient);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void The_second_serial_call_allocates_nothing()
    {
        float[] x = ProcessSettings.Samples(100_000, seed: 1), y = new float[x.Length], gradient = new float[x.Length];
        long allocated = CallThreads.With(1, () =>
        {
            SquaredSum.Gradient(x, y, gradient, maxItemsPerChunk: 64);
            return AllocatedBytes.By(() => SquaredSum.Gradient(x, y, gradient, maxItemsPerChunk: 64));
        });
        Assert.Equal(0, allocated);
    }
}
