using System.Runtime.Intrinsics;
using Xunit;
using static LossGen.Runtime.Tests.LaneArrays;

namespace LossGen.Runtime.Tests;

/// <summary>Every Half as a float and back, and floats on and around every boundary between two Halves, against the framework's own conversions.</summary>
[EveryWidth]
public sealed partial class HalfConversionTests
{
    [Fact]
    public void Every_half_as_a_float_128()
    {
        Half[] all = [.. Enumerable.Range(0, 65536).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];
        for (int i = 0; i < all.Length; i += Vector128<float>.Count)
        {
            float[] got = Of(Lanes.LoadHalf128(ref all[0], i));
            for (int k = 0; k < got.Length; k++) AssertSame((float)all[i + k], got[k]);
        }
    }

    [Fact]
    public void Every_half_comes_back_128()
    {
        Half[] all = [.. Enumerable.Range(0, 65536).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))], back = new Half[all.Length];
        for (int i = 0; i < all.Length; i += Vector128<float>.Count) Lanes.StoreHalf128(ref back[0], i, Lanes.LoadHalf128(ref all[0], i));
        for (int i = 0; i < all.Length; i++) AssertSame(all[i], back[i]);
    }

    [Fact]
    public void Floats_round_to_the_nearest_half_128()
    {
        float[] samples = [.. Samples()];
        Half[] got = new Half[samples.Length];
        for (int i = 0; i < samples.Length; i += Vector128<float>.Count)
            Lanes.StoreHalf128(ref got[0], i, Vector128.Create(samples.AsSpan(i)));
        for (int i = 0; i < samples.Length; i++) AssertSame((Half)samples[i], got[i]);
    }

    /// <summary>The middle between neighbours, the floats beside it, and random bits; a multiple of 16 in number.</summary>
    private static IEnumerable<float> Samples()
    {
        for (int bits = 0; bits < 0x7C00; bits++)
        {
            // The one after the greatest finite Half would be 2^16.
            float low = (float)BitConverter.UInt16BitsToHalf((ushort)bits), high = bits == 0x7BFF ? 65536 : (float)BitConverter.UInt16BitsToHalf((ushort)(bits + 1));
            float middle = low + ((high - low) / 2);
            foreach (float x in new[] { middle, MathF.BitDecrement(middle), MathF.BitIncrement(middle), low })
            {
                yield return x;
                yield return -x;
            }
        }

        Random random = new(1);
        for (int i = 0; i < 1 << 16; i++) yield return BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        foreach (float x in new[] { float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, -0f })
        {
            yield return x;
            yield return x;
        }
    }

    private static void AssertSame(float expected, float got) =>
        Assert.True(float.IsNaN(expected) ? float.IsNaN(got) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(got), $"{got:R} is not {expected:R}");

    private static void AssertSame(Half expected, Half got) =>
        Assert.True(Half.IsNaN(expected) ? Half.IsNaN(got) : BitConverter.HalfToInt16Bits(expected) == BitConverter.HalfToInt16Bits(got), $"{got} is not {expected}");
}
