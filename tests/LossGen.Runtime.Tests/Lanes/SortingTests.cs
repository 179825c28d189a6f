using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>Positions of sorted rows against a stable sort by comparison: rows that are compared and rows that are counted, with ties, both zeros, infinities and NaN.</summary>
public class SortingTests
{
    private static readonly double[] Special =
        [double.NaN, -double.NaN, 0, -0.0, 1, -1, 1, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, float.Epsilon, -float.Epsilon, double.MaxValue, float.MinValue];

    public static TheoryData<int> Counts => [0, 1, 2, 15, 63, 64, 65, 127, 128, 129, 1000, 70_000];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Floats_are_in_stable_order(int count)
    {
        foreach (double[] keys in Rows(count))
        {
            float[] row = [.. keys.Select(k => (float)k)], positions = new float[count];
            Sorting.Positions(ref MemoryOf(row), 0, 1, ref MemoryOf(positions), 0, 1, count);
            Assert.Equal(Expected([.. row.Select(k => (double)k)]), positions.Select(p => (int)p));
        }
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Doubles_are_in_stable_order(int count)
    {
        foreach (double[] row in Rows(count))
        {
            double[] positions = new double[count];
            Sorting.Positions(ref MemoryOf(row), 0, 1, ref MemoryOf(positions), 0, 1, count);
            Assert.Equal(Expected(row), positions.Select(p => (int)p));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(300)]
    public void Columns_are_read_and_written_at_their_strides(int count)
    {
        const int Stride = 3;
        float[] keys = [.. Enumerable.Range(0, Stride * count).Select(i => i % Stride == 1 ? (float)((i * 7919) % 1009) : float.NaN)];
        float[] positions = Enumerable.Repeat(-1f, 2 * count).ToArray();
        Sorting.Positions(ref keys[0], 1, Stride, ref positions[0], 0, 2, count);
        Assert.Equal(Expected([.. Enumerable.Range(0, count).Select(i => (double)keys[(Stride * i) + 1])]), Enumerable.Range(0, count).Select(i => (int)positions[2 * i]));
        Assert.All(Enumerable.Range(0, count), i => Assert.Equal(-1f, positions[(2 * i) + 1]));
    }

    private static ref T MemoryOf<T>(T[] row) => ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(row);

    private static IEnumerable<double[]> Rows(int count)
    {
        Random random = new(count);
        yield return [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() - 0.5) * Math.Exp(random.Next(-40, 40)))];
        yield return [.. Enumerable.Range(0, count).Select(_ => Special[random.Next(Special.Length)])];
        yield return [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(3))];
        yield return [.. Enumerable.Range(0, count).Select(i => (double)-i)];
        yield return [.. Enumerable.Repeat(0.25, count)];
    }

    // OrderBy is stable; its comparison has NaN first, and both zeros equal.
    private static IEnumerable<int> Expected(double[] keys) => Enumerable.Range(0, keys.Length).OrderBy(i => double.IsNaN(keys[i])).ThenBy(i => keys[i]);
}
