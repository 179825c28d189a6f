using Xunit;

namespace LossGen.Kernels.Tests.Declared;

/// <summary>Tests that change the number of threads, or measure the thread they run on, run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessSettings
{
    public const string Name = "process settings";

    internal static float[] Samples(int count, int seed, float scale = 3)
    {
        Random random = new(seed);
        var samples = new float[count];
        foreach (ref float sample in samples.AsSpan()) sample = (float)((random.NextDouble() - 0.5) * 2 * scale);
        return samples;
    }

    internal static int[] Labels(int count, int classes, int seed)
    {
        Random random = new(seed);
        var labels = new int[count];
        foreach (ref int label in labels.AsSpan()) label = random.Next(classes);
        return labels;
    }
}
