namespace LossGen.Runtime.Tests;

/// <summary>Floats to test with: every so many bit patterns, and all of them close to where functions change their ways.</summary>
public static class SingleSample
{
    private const uint Stride = 4099;
    private const int Neighbours = 40;

    private static readonly float[] Landmarks =
    [
        0, -0f, 1, 0.5f, 0.6f, 0.625f, 0.693147182f, 2, 4, 8, 10.05f, 16, 20, 64, 86, 87, 87.3365479f, 88.3762589f, 88.7228394f, 89, 89.4159851f,
        103.972084f, 104, 1.57079637f, 3.14159274f, 6.28318548f, 131072, 16777216, 1.17549435e-38f, float.MaxValue, float.PositiveInfinity, float.NaN,
    ];

    private static readonly Lazy<float[]> Sample = new(Make);

    /// <summary>A whole number of 512-bit vectors.</summary>
    public static float[] Values => Sample.Value;

    private static float[] Make()
    {
        List<float> values = [];
        for (ulong bits = 0; bits <= uint.MaxValue; bits += Stride)
            values.Add(BitConverter.UInt32BitsToSingle((uint)bits));
        foreach (float landmark in Landmarks)
        {
            for (int i = -Neighbours; i <= Neighbours; i++)
            {
                uint bits = (uint)(BitConverter.SingleToInt32Bits(landmark) + i);
                values.Add(BitConverter.UInt32BitsToSingle(bits));
                values.Add(BitConverter.UInt32BitsToSingle(bits ^ 0x80000000));
            }
        }

        while (values.Count % 16 != 0)
            values.Add(1);
        return [.. values];
    }
}
