using Digits.Segmentation;
using Xunit;

namespace LossGen.Samples.Tests.Digits;

public sealed class SegmentationTests
{
    [Fact]
    public void The_Dice_score_is_twice_the_common_part_of_the_sum()
    {
        // Two images: 4 pixels of ink of which 3 are found, and 2 of paper taken for ink; then an empty one.
        float[] logits = new float[2 * NoisyInk.PixelsPerImage];
        byte[] masks = new byte[logits.Length];
        Array.Fill(logits, -1);
        masks.AsSpan(0, 4).Fill(1);
        logits.AsSpan(1, 5).Fill(1);
        Assert.Equal((2 * 3 / 9.0 + 1) / 2, DiceScore.Mean(logits, masks), 12);
        // All is ink from a probability of 0.25, nothing from 0.75.
        Assert.Equal(2 * 4 / (4.0 + NoisyInk.PixelsPerImage) / 2, DiceScore.Mean(logits, masks, 0.25), 12);
        Assert.Equal(0.5, DiceScore.Mean(logits, masks, 0.75), 12);
        Assert.InRange(DiceScore.BestThreshold(logits, masks), 0.3, 0.7);
    }

    [Fact]
    public void Noisy_images_keep_the_digit_and_are_the_same_for_a_seed()
    {
        NoisyInk ink = NoisyInk.Make(DigitSetTests.All, 4);
        Assert.Equal(DigitSetTests.All.Count, ink.Count);
        Assert.Equal(DigitSetTests.All.Pixels.Count(pixel => pixel >= 0.5f), ink.Masks.Sum(mask => mask));
        Assert.Equal(ink.Images, NoisyInk.Make(DigitSetTests.All, 4).Images);
        double paper = ink.Images.Zip(ink.Masks).Where(pixel => pixel.Second == 0).Average(pixel => pixel.First);
        double inked = ink.Images.Zip(ink.Masks).Where(pixel => pixel.Second == 1).Average(pixel => pixel.First);
        Assert.InRange(paper, 0, 0.05);
        Assert.InRange(inked, 0.5, 0.7);
    }

    [Fact]
    public void Neighbourhoods_hold_the_pixel_in_their_middle_and_paper_beyond_the_edge()
    {
        float[] image = [.. Enumerable.Range(1, NoisyInk.PixelsPerImage).Select(value => (float)value)];
        float[] rows = new float[image.Length * Neighbourhoods.Size];
        Neighbourhoods.Copy(image, rows);
        for (int pixel = 0; pixel < image.Length; pixel++)
            Assert.Equal(image[pixel], rows[pixel * Neighbourhoods.Size + Neighbourhoods.Size / 2]);
        Assert.Equal(0, rows[0]);
        Assert.Equal(image[NoisyInk.Side + 1], rows[Neighbourhoods.Size / 2 + 8]);
        Assert.Equal(0, rows[^1]);
    }
}
