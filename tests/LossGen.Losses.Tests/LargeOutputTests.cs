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
        float scale = (float)(2.0 / Length);
        float? loss = null;
        foreach (int start in new[] { 0, 1, 2, 3, 5, 8 })
        {
            Array.Fill(memory, -7f);
            float found = CallThreads.With(threads, () => RegressionLosses.MeanSquaredErrorGradient(prediction, target, memory.AsSpan(start, Length)));
            Assert.Equal(loss ??= found, found);
            Assert.True(memory.AsSpan(0, start).IndexOfAnyExcept(-7f) < 0 && memory.AsSpan(start + Length).IndexOfAnyExcept(-7f) < 0);
            int wrong = 0;
            for (int i = 0; i < Length; i++)
                if (memory[start + i] != (prediction[i] - target[i]) * scale) wrong++;
            Assert.Equal(0, wrong);
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

    // Chunks end between vectors, where a neighbour's begin.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rows_from_end_to_end_have_the_gradient_of_a_few(int threads)
    {
        const int rows = 1 << 20, c = 10, slice = 1 << 11, start = 3;
        var random = new Random(2);
        float[] prediction = new float[rows * c], target = new float[rows * c], memory = new float[rows * c + 16], alone = new float[slice * c];
        for (int i = 0; i < rows * c; i++) (prediction[i], target[i]) = (random.NextSingle() + 0.01f, i % 7 == 0 ? 0 : random.NextSingle());
        Array.Fill(memory, -7f);
        CallThreads.With(threads, () => DivergenceLosses.KullbackLeiblerGradient(prediction, target, memory.AsSpan(start, rows * c), c));
        Assert.True(memory.AsSpan(0, start).IndexOfAnyExcept(-7f) < 0 && memory.AsSpan(start + (rows * c)).IndexOfAnyExcept(-7f) < 0);
        for (int row = 0; row < rows; row += slice)
        {
            DivergenceLosses.KullbackLeiblerGradient(prediction.AsSpan(row * c, slice * c), target.AsSpan(row * c, slice * c), alone, c, upstream: slice / (float)rows);
            Assert.True(memory.AsSpan(start + (row * c), slice * c).SequenceEqual(alone), $"from row {row}");
        }
    }
}
