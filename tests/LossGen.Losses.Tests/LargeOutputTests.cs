using Xunit;

namespace LossGen.Losses.Tests;

/// <summary>Gradients larger than the caches, whose vectors go around them.</summary>
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
}
