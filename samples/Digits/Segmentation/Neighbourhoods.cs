namespace Digits.Segmentation;

/// <summary>The pixels around each pixel, which the network decides by.</summary>
public static class Neighbourhoods
{
    private const int Reach = 3;

    /// <summary>Pixels in a neighbourhood.</summary>
    public const int Size = (2 * Reach + 1) * (2 * Reach + 1);

    /// <summary>Copies the neighbourhood of every pixel of an image into a row of its own; beyond the edge is paper.</summary>
    /// <param name="image">The image, row after row.</param>
    /// <param name="rows">Receives the neighbourhoods, <c>[pixels, Size]</c>.</param>
    public static void Copy(ReadOnlySpan<float> image, Span<float> rows)
    {
        int next = 0;
        for (int pixel = 0; pixel < image.Length; pixel++)
        {
            for (int y = pixel / NoisyInk.Side - Reach; y <= pixel / NoisyInk.Side + Reach; y++)
            {
                for (int x = pixel % NoisyInk.Side - Reach; x <= pixel % NoisyInk.Side + Reach; x++)
                    rows[next++] = y is >= 0 and < NoisyInk.Side && x is >= 0 and < NoisyInk.Side ? image[y * NoisyInk.Side + x] : 0;
            }
        }
    }
}
