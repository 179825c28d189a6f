using Xunit;

namespace LossGen.Losses.Tests;

/// <summary>Tensors larger than the caches, which are announced before they are read, and gradients whose vectors go around them.</summary>
public class LargeOutputTests
{
    private const int Length = (8 << 20) + 4099;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_alignment_has_the_same_gradient(int threads)
    {
        float[] prediction = new float[Length], target = new float[Length], memory = new float[Length + 16];
        for (int i = 0; i < Length; i++) (prediction[i], target[i]) = (i % 1021 * 0.01f, i % 127 * 0.03f);
        int before = LossGenOptions.MaxDegreeOfParallelism;
        try
        {
            LossGenOptions.MaxDegreeOfParallelism = threads;
            float scale = (float)(2.0 / Length);
            float? loss = null;
            foreach (int start in new[] { 0, 1, 2, 3, 5, 8 })
            {
                Array.Fill(memory, -7f);
                float found = RegressionLosses.MeanSquaredErrorGradient(prediction, target, memory.AsSpan(start, Length));
                Assert.Equal(loss ??= found, found);
                Assert.True(memory.AsSpan(0, start).IndexOfAnyExcept(-7f) < 0 && memory.AsSpan(start + Length).IndexOfAnyExcept(-7f) < 0);
                int wrong = 0;
                for (int i = 0; i < Length; i++)
                    if (memory[start + i] != (prediction[i] - target[i]) * scale) wrong++;
                Assert.Equal(0, wrong);
            }
        }
        finally
        {
            LossGenOptions.MaxDegreeOfParallelism = before;
        }
    }

    // A call on a slice finds all of it in caches. Sizes are powers of two, so that its share of the mean is exact.
    [Theory]
    [InlineData(2 << 20)]
    [InlineData(8 << 20)]
    public void A_slice_alone_has_the_same_gradient(int length)
    {
        const int slice = 1 << 13;
        var random = new Random(1);
        float[] logits = new float[length], target = new float[length], found = new float[length], alone = new float[slice];
        for (int i = 0; i < length; i++) (logits[i], target[i]) = (20 * random.NextSingle() - 10, random.NextSingle());
        for (int i = 77; i < length; i += 1009) logits[i] = i % 2 == 0 ? 1e30f : float.NaN; // vectors that leave the loop
        ClassificationLosses.BinaryCrossEntropyWithLogitsGradient(logits, target, found);
        for (int start = 0; start < length; start += slice)
        {
            ClassificationLosses.BinaryCrossEntropyWithLogitsGradient(logits.AsSpan(start, slice), target.AsSpan(start, slice), alone, upstream: slice / (float)length);
            Assert.True(found.AsSpan(start, slice).SequenceEqual(alone), $"from {start}");
        }
    }
}
