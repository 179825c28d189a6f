namespace LossGen.Benchmarks.Rows;

/// <summary>How inputs are drawn.</summary>
public static class Distributions
{
    /// <summary>Scores: uniform in [-4, 4].</summary>
    public static float Score(Random random) => (random.NextSingle() * 8) - 4;

    /// <summary>Truth: 0 or 1.</summary>
    public static float Truth(Random random) => random.Next(2);

    /// <summary>Counts from 0 to 7.</summary>
    public static float Count(Random random) => random.Next(8);

    /// <summary>Components of unit length in <paramref name="dimensions"/> dimensions, about.</summary>
    public static Func<Random, float> Unit(int dimensions) => random => ((random.NextSingle() * 2) - 1) * MathF.Sqrt(3f / dimensions);

    /// <summary>Makes rows of positive numbers sum to 1.</summary>
    public static void Normalize(Span<float> values, int rowLength)
    {
        for (; !values.IsEmpty; values = values[rowLength..])
        {
            float sum = 0;
            foreach (float value in values[..rowLength]) sum += value;
            foreach (ref float value in values[..rowLength]) value /= sum;
        }
    }
}
