using Xunit;

namespace LossGen.Runtime.Tests.Execution;

[Collection(ProcessSettings.Name)]
public sealed class LossGenOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    public void Fewer_than_one_thread_is_refused_and_changes_nothing(int threads)
    {
        int before = LossGenOptions.MaxDegreeOfParallelism;
        ArgumentOutOfRangeException thrown =
            Assert.Throws<ArgumentOutOfRangeException>(() => LossGenOptions.MaxDegreeOfParallelism = threads);
        Assert.Equal(threads, thrown.ActualValue);
        Assert.Contains(threads.ToString(System.Globalization.CultureInfo.InvariantCulture), thrown.Message, StringComparison.Ordinal);
        Assert.Equal(before, LossGenOptions.MaxDegreeOfParallelism);
    }

    [Fact]
    public void By_default_every_processor_is_used() => Assert.Equal(Environment.ProcessorCount, LossGenOptions.MaxDegreeOfParallelism);
}
