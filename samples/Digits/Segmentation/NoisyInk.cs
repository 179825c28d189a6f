namespace Digits.Segmentation;

/// <summary>Noisy images in which a digit stands somewhere, and where its ink is.</summary>
/// <param name="Images">Grey values, <c>[n, 400]</c>: image after image, row after row; before the noise up to 1 in ink.</param>
/// <param name="Masks">The ink, <c>[n, 400]</c>, as 1 and 0.</param>
public sealed record NoisyInk(float[] Images, byte[] Masks)
{
    /// <summary>Pixels in a row, and rows in an image.</summary>
    public const int Side = 20;

    /// <summary>Pixels in an image.</summary>
    public const int PixelsPerImage = Side * Side;

    private const float InkFrom = 0.5f, FaintestContrast = 0.5f, Noise = 0.5f;

    /// <summary>How many images there are.</summary>
    public int Count => Masks.Length / PixelsPerImage;

    /// <summary>The share of pixels that are ink.</summary>
    public double InkShare => Masks.Sum(mask => mask) / (double)Masks.Length;

    /// <summary>An image and its mask.</summary>
    public void Image(int n, out ReadOnlySpan<float> image, out ReadOnlySpan<byte> mask)
    {
        image = Images.AsSpan(n * PixelsPerImage, PixelsPerImage);
        mask = Masks.AsSpan(n * PixelsPerImage, PixelsPerImage);
    }

    /// <summary>Puts each digit at a random place of a larger image, some fainter than others, and adds noise.</summary>
    public static NoisyInk Make(DigitSet digits, int seed)
    {
        float[] images = new float[digits.Count * PixelsPerImage];
        byte[] masks = new byte[images.Length];
        var random = new Random(seed);
        for (int n = 0; n < digits.Count; n++)
        {
            int top = random.Next(Side - DigitSet.Side + 1), left = random.Next(Side - DigitSet.Side + 1);
            float contrast = FaintestContrast + (1 - FaintestContrast) * random.NextSingle();
            ReadOnlySpan<float> digit = digits.Image(n);
            for (int i = 0; i < digit.Length; i++)
            {
                int pixel = n * PixelsPerImage + (top + i / DigitSet.Side) * Side + left + i % DigitSet.Side;
                images[pixel] = contrast * digit[i];
                masks[pixel] = digit[i] >= InkFrom ? (byte)1 : (byte)0;
            }
        }
        foreach (ref float pixel in images.AsSpan())
            pixel += Noise * Gaussian(random);
        return new NoisyInk(images, masks);
    }

    // Source: Box, Muller, "A note on the generation of random normal deviates", 1958.
    private static float Gaussian(Random random)
        => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
