using Xunit;

namespace LossGen.Runtime.Tests.Execution;

/// <summary>Tests that change the number of threads or look at pools of the whole process run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessSettings
{
    public const string Name = "process settings";

    internal static float[] Samples(int count, int seed)
    {
        Random random = new(seed);
        float[] samples = new float[count];
        foreach (ref float sample in samples.AsSpan())
            sample = (float)((random.NextDouble() - 0.5) * 8);
        return samples;
    }
}
