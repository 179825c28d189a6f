namespace Digits;

/// <summary>Images of written digits and what was written.</summary>
/// <param name="Pixels">Ink from 0 to 1, <c>[n, 64]</c>: image after image, row after row.</param>
/// <param name="Labels">The digits, <c>[n]</c>.</param>
public sealed record DigitSet(float[] Pixels, int[] Labels)
{
    /// <summary>Pixels in a row, and rows in an image.</summary>
    public const int Side = 8;

    /// <summary>Pixels in an image.</summary>
    public const int PixelsPerImage = Side * Side;

    /// <summary>How many digits there are to tell apart.</summary>
    public const int Classes = 10;

    private const string Shades = "0123456789abcdefg";

    /// <summary>How many images the set has.</summary>
    public int Count => Labels.Length;

    /// <summary>Reads a file of lines with 64 pixels to the base 17, a blank, and the digit.</summary>
    /// <exception cref="FormatException">A line looks different.</exception>
    public static DigitSet Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        float[] pixels = new float[lines.Length * PixelsPerImage];
        int[] labels = new int[lines.Length];
        for (int n = 0; n < lines.Length; n++)
        {
            string line = lines[n];
            if (line.Length != PixelsPerImage + 2 || line[PixelsPerImage] != ' ' || !char.IsAsciiDigit(line[^1]))
                throw new FormatException($"Line {n + 1} is not an image and a digit: {line}");
            for (int i = 0; i < PixelsPerImage; i++)
            {
                int shade = Shades.IndexOf(line[i]);
                if (shade < 0)
                    throw new FormatException($"Line {n + 1} has the pixel '{line[i]}'; 0 to 9 and a to g are expected.");
                pixels[n * PixelsPerImage + i] = shade / 16f;
            }
            labels[n] = line[^1] - '0';
        }
        return new DigitSet(pixels, labels);
    }

    /// <summary>An image.</summary>
    public ReadOnlySpan<float> Image(int n) => Pixels.AsSpan(n * PixelsPerImage, PixelsPerImage);

    /// <summary>Some of the images, in the given order.</summary>
    public DigitSet Pick(ReadOnlySpan<int> images)
    {
        float[] pixels = new float[images.Length * PixelsPerImage];
        int[] labels = new int[images.Length];
        for (int n = 0; n < images.Length; n++)
        {
            Image(images[n]).CopyTo(pixels.AsSpan(n * PixelsPerImage));
            labels[n] = Labels[images[n]];
        }
        return new DigitSet(pixels, labels);
    }

    /// <summary>Splits the images at random, the same way for the same seed, into three sets that share none.</summary>
    /// <param name="training">How many are to train on.</param>
    /// <param name="validation">How many are to watch the training by; the others are to test the result with.</param>
    /// <param name="seed">The seed of the order.</param>
    public (DigitSet Training, DigitSet Validation, DigitSet Test) Split(int training, int validation, int seed)
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        new Random(seed).Shuffle(order);
        return (Pick(order.AsSpan(0, training)), Pick(order.AsSpan(training, validation)), Pick(order.AsSpan(training + validation)));
    }
}
