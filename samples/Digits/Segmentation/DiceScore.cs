namespace Digits.Segmentation;

/// <summary>How well masks agree with the true ones.</summary>
public static class DiceScore
{
    /// <summary>The mean over all images of <c>2 |P ∩ M| / (|P| + |M|)</c>, 1 where both are empty.</summary>
    /// <param name="logits">Scores of the pixels, image after image; P is where the probability of ink is the threshold or more.</param>
    /// <param name="masks">The ink M, as 1 and 0.</param>
    /// <param name="threshold">The probability from which a pixel counts as ink, in 0 … 1.</param>
    public static double Mean(ReadOnlySpan<float> logits, ReadOnlySpan<byte> masks, double threshold = 0.5)
    {
        float cut = (float)Math.Log(threshold / (1 - threshold));
        double sum = 0;
        for (int first = 0; first < masks.Length; first += NoisyInk.PixelsPerImage)
        {
            int both = 0, either = 0;
            for (int pixel = first; pixel < first + NoisyInk.PixelsPerImage; pixel++)
            {
                int predicted = logits[pixel] >= cut ? 1 : 0;
                both += predicted * masks[pixel];
                either += predicted + masks[pixel];
            }
            sum += either == 0 ? 1 : 2.0 * both / either;
        }
        return sum / (masks.Length / NoisyInk.PixelsPerImage);
    }

    /// <summary>The threshold, among 0.05, 0.10 … 0.95, at which the mean score is highest.</summary>
    public static double BestThreshold(float[] logits, byte[] masks)
        => Enumerable.Range(1, 19).Select(step => step / 20.0).MaxBy(threshold => Mean(logits, masks, threshold));
}
