using Xunit;

namespace LossGen.Runtime.Tests.Execution;

[Collection(ProcessSettings.Name)]
public sealed class ChunkPlanTests
{
    [Theory]
    [InlineData(0, 1, 1, 0, 1, 1)]
    [InlineData(1, 16, 1, 0, 1, 1)]
    [InlineData(131072, 16, 1, 0, 1, 1)]
    [InlineData(131073, 16, 1, 0, 1, 2)]
    [InlineData(1 << 20, 16, 1, 0, 1, 8)]
    [InlineData(1 << 20, 1, 4, 0, 0, 32)]
    [InlineData(100, 1, 1 << 20, 0, 0, 100)]      // no more chunks than items
    [InlineData(1 << 30, 64, 1, 0, 0, 4096)]      // no more than 4096
    [InlineData(1 << 30, 64, 1, 65536, 0, 16384)] // unless items are limited
    [InlineData(100_000, 1, 64, 1024, 640, 98)]   // each item adds to a tenth of the partial results
    [InlineData(300_000, 256, 2, 1024, 300_000, 1)] // or to few of many: the limit grows with them
    [InlineData(200_000, 1, 32, 1024, 800_000, 1)]
    [InlineData(4096, 1, 4000, 0, 256 * 1024, 3)] // partial results: at most a sixteenth of the work
    [InlineData(1 << 20, 1, 1, 1, 1 << 20, 64)]   // partial results: at most 64 M in any case
    public void Cuts_into_the_expected_number(long length, long granule, long work, long maxItems, long partials, long count)
    {
        ChunkPlan plan = ChunkPlan.Create((nint)length, (nint)granule, (nint)work, (nint)maxItems, (nint)partials);
        Assert.Equal(count, plan.Count);
    }

    [Fact]
    public void Chunks_cover_the_range_once_at_multiples_of_the_granule()
    {
        Random random = new(20240607);
        for (int trial = 0; trial < 20_000; trial++)
        {
            nint length = (nint)random.NextInt64(0, 1L << random.Next(1, 24));
            nint granule = random.Next(1, 1 << random.Next(1, 12));
            nint work = random.Next(0, 1 << random.Next(1, 20));
            nint maxItems = random.Next(4) == 0 ? random.Next(64, 1 << 20) : 0;
            nint partials = random.Next(2) == 0 ? random.Next(1, 1 << random.Next(1, 20)) : 0;
            ChunkPlan plan = ChunkPlan.Create(length, granule, work, maxItems, partials);

            string given = $"{length}, {granule}, {work}, {maxItems}, {partials}";
            Assert.True(plan.Count >= 1, given);
            nint end = 0;
            for (nint index = 0; index < plan.Count; index++)
            {
                Chunk chunk = plan.At(index, worker: 3);
                Assert.True(chunk.Begin == end && chunk.Begin % granule == 0 && chunk.Index == index && chunk.Worker == 3, given);
                Assert.True(chunk.End > chunk.Begin || length == 0, given);
                end = chunk.End;
            }

            Assert.True(end == length, given);
            Assert.True(partials == 0 || plan.Count == 1 || plan.Count * partials <= ChunkPlan.MaxPartials, given);
            if (maxItems > 0 && partials == 0)
                Assert.True(plan.ItemsPerChunk <= Math.Max(maxItems, granule), given);
        }
    }

    [Fact]
    public void Work_that_exceeds_64_bits_saturates()
    {
        Assert.Equal(long.MaxValue, ChunkPlan.TotalWork(nint.MaxValue, 3));
        ChunkPlan plan = ChunkPlan.Create(nint.MaxValue, 1, nint.MaxValue, 0, 0);
        Assert.Equal(ChunkPlan.UsualChunks, plan.Count);
        Assert.Equal(nint.MaxValue, plan.At(plan.Count - 1, 0).End);
    }

    [Fact]
    public void The_plan_does_not_depend_on_threads()
    {
        nint Count(int threads) => CallThreads.With(threads, () => ChunkPlan.Create(12_345_678, 16, 3, 0, 7).Count);
        Assert.Equal(Count(1), Count(8));
    }

    [Fact]
    public void A_negative_length_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkPlan.Create(-1, 1, 1, 0, 0));
}
