using Xunit;

namespace LossGen.Kernels.Tests.Declared;

/// <summary>
/// Losses whose functions wait for each other, in strips: an element has the value and the slope that it has in a call of its own, wherever it stands and
/// whatever stands beside it.
/// </summary>
[Collection(ProcessSettings.Name)]
public partial class StagedLoopTests
{
    // A strip is up to 128 elements; three and a rest.
    private const int Length = (3 * 128) + 37;

    private static readonly float[] Unusual = [0, -0f, 1e-40f, -3e38f, 3e38f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 200, -200];

    private delegate void OfEach(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> values, Span<float> slopes);

    public static TheoryData<string> Losses => ["focal", "asymmetric", "gaussian", "powers", "gelu"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Ordinary_elements(string name) => Check(name, Numbers(1), Numbers(2, positive: true));

    [Theory]
    [MemberData(nameof(Losses))]
    public void One_unusual_element_at_any_place_of_a_strip(string name)
    {
        for (int place = 0; place < 200; place += 7)
        {
            float[] x = Numbers(3), y = Numbers(4, positive: true);
            x[place] = Unusual[place % Unusual.Length];
            Check(name, x, y);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Many_unusual_elements(string name)
    {
        float[] x = Numbers(5), y = Numbers(6, positive: true);
        for (int i = 0; i < Length; i += 5) x[i] = Unusual[i / 5 % Unusual.Length];
        for (int i = 3; i < Length; i += 31) y[i] = float.NaN;
        Check(name, x, y);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Same_bits_at_every_thread_count_and_alignment(string name)
    {
        float[] x = Enumerable.Repeat(Numbers(7), 300).SelectMany(a => a).ToArray(), y = Enumerable.Repeat(Numbers(8, positive: true), 300).SelectMany(a => a).ToArray();
        float[] Slopes(int threads, int shift)
        {
            var room = new float[x.Length + shift];
            CallThreads.With(threads, () =>
            {
                Of(name)(x, y, new float[x.Length], room.AsSpan(shift));
                return 0;
            });
            return room[shift..];
        }

        float[] one = Slopes(1, 0);
        foreach ((int threads, int shift) in new[] { (2, 0), (3, 1), (8, 5) })
            Assert.True(one.AsSpan().SequenceEqual(Slopes(threads, shift)), $"{threads} threads, {shift} elements further");
    }

    private static void Check(string name, float[] x, float[] y)
    {
        OfEach loss = Of(name);
        float[] values = new float[Length], slopes = new float[Length], value = new float[1], slope = new float[1];
        loss(x, y, values, slopes);
        for (int i = 0; i < Length; i++)
        {
            loss(x.AsSpan(i, 1), y.AsSpan(i, 1), value, slope);
            AssertNear(value[0], values[i], $"value {i} of {x[i]}, {y[i]}");
            AssertNear(slope[0], slopes[i], $"slope {i} of {x[i]}, {y[i]}");
        }
    }

    // Two forms of a function may differ by a unit in the last place, and what is computed of them by some.
    private static void AssertNear(float expected, float given, string what)
    {
        bool isSame = float.IsFinite(expected) ? Math.Abs(expected - given) <= (2e-6 * Math.Abs(expected)) + 1e-37 : expected.Equals(given);
        Assert.True(isSame, $"{what}: {expected} alone, {given} among others");
    }

    private static float[] Numbers(int seed, bool positive = false)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, Length).Select(_ => (float)(positive ? random.NextDouble() : (random.NextDouble() * 8) - 4)).ToArray();
    }

    private static OfEach Of(string name) => name switch
    {
        "focal" => (x, y, values, slopes) => FocalOfEachGradient(x, y, values, slopes),
        "asymmetric" => (x, y, values, slopes) => AsymmetricOfEachGradient(x, y, values, slopes),
        "gaussian" => (x, y, values, slopes) => GaussianOfEachGradient(x, y, values, slopes),
        "powers" => (x, y, values, slopes) => PowersOfEachGradient(x, y, values, slopes),
        "gelu" => (x, y, values, slopes) => GeluOfEachGradient(x, y, values, slopes),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    [Loss("ce = y * softplus(-x) + (1 - y) * softplus(x); (1 - exp(-ce))^gamma * ce")]
    private static partial void FocalOfEach([Differentiate] ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> each, float gamma = 1.5f);

    [Loss("p = sigmoid(x); q = max(p - 0.05, 0); -(y * (1 - p) * log(max(p, 1e-8)) + (1 - y) * q^4 * log(max(1 - q, 1e-8)))")]
    private static partial void AsymmetricOfEach([Differentiate] ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> each);

    [Loss("s = softplus(x) + 0.001; 0.5 * (y / s)^2 + log(s)")]
    private static partial void GaussianOfEach([Differentiate] ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> each);

    [Loss("m = exp(x); -y * m^(1 - b) / (1 - b) + m^(2 - b) / (2 - b)")]
    private static partial void PowersOfEach([Differentiate] ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> each, float b = 1.5f);

    [Loss("m = 0.5 * x * (1 + erf(x / 1.4142135)); log(cosh(m - y))")]
    private static partial void GeluOfEach([Differentiate] ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> each);
}
