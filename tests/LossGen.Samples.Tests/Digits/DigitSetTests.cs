using Digits;
using Xunit;

namespace LossGen.Samples.Tests.Digits;

public sealed class DigitSetTests
{
    private static readonly int[] Counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];

    public static DigitSet All { get; } = DigitSet.Read(Path.Combine(AppContext.BaseDirectory, "Data", "digits.txt"));

    [Fact]
    public void All_images_are_read()
    {
        Assert.Equal(1797, All.Count);
        Assert.Equal(Counts, All.Labels.CountBy(label => label).OrderBy(count => count.Key).Select(count => count.Value));
        Assert.Equal([0, 0, 5, 13, 9, 1, 0, 0], All.Image(0)[..8].ToArray().Select(pixel => 16 * pixel));
        Assert.Equal(561718, All.Pixels.Sum(pixel => 16.0 * pixel));
    }

    [Theory]
    [InlineData("too short 1")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000h 1")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000 x")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000,1")]
    public void A_line_that_looks_different_is_an_error(string line)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, line);
            Assert.Throws<FormatException>(() => DigitSet.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_split_shares_nothing_and_is_the_same_for_a_seed()
    {
        var (training, validation, test) = All.Split(1000, 400, 7);
        Assert.Equal((1000, 400, 397), (training.Count, validation.Count, test.Count));
        Assert.Equal(training.Pixels, All.Split(1000, 400, 7).Training.Pixels);
        Assert.NotEqual(training.Pixels, All.Split(1000, 400, 8).Training.Pixels);
        Assert.Equal(All.Labels.Order(), training.Labels.Concat(validation.Labels).Concat(test.Labels).Order());
        Assert.Equal(All.Pixels.Order(), training.Pixels.Concat(validation.Pixels).Concat(test.Pixels).Order());
    }
}
