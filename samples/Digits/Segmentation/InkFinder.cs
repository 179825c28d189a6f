using Digits.Network;
using Reports.History;

namespace Digits.Segmentation;

/// <summary>The network with its loss: one score for each pixel, from the pixels around it.</summary>
/// <param name="units">Units in the hidden layer.</param>
/// <param name="diceWeight">How much the Dice loss counts against the cross-entropy.</param>
/// <param name="seed">The seed of the first weights and of the order of the batches.</param>
public sealed class InkFinder(int units, float diceWeight, int seed)
{
    private readonly HiddenLayerNetwork network = new(Neighbourhoods.Size, units, 1, seed);
    private readonly Random random = new(seed);

    /// <summary>How many numbers are trained.</summary>
    public int ParameterCount => network.ParameterCount;

    /// <summary>Trains on each image once, in batches at random.</summary>
    public void TrainEpoch(NoisyInk ink, int batchSize, float rate)
    {
        int[] order = [.. Enumerable.Range(0, ink.Count)];
        random.Shuffle(order);
        float[] rows = new float[batchSize * NoisyInk.PixelsPerImage * Neighbourhoods.Size];
        float[] logits = new float[batchSize * NoisyInk.PixelsPerImage], gradient = new float[logits.Length];
        byte[] masks = new byte[logits.Length];
        // Images that do not fill a batch wait for another epoch's order.
        for (int first = 0; first + batchSize <= order.Length; first += batchSize)
        {
            for (int i = 0; i < batchSize; i++)
            {
                ink.Image(order[first + i], out ReadOnlySpan<float> image, out ReadOnlySpan<byte> mask);
                Neighbourhoods.Copy(image, rows.AsSpan(i * NoisyInk.PixelsPerImage * Neighbourhoods.Size));
                mask.CopyTo(masks.AsSpan(i * NoisyInk.PixelsPerImage));
            }
            network.Forward(rows, logits);
            // One call: the loss of the batch and its gradient by the scores.
            InkLoss.BceDiceGradient(logits, masks, gradient, out _, out _, diceWeight);
            network.Backward(rows, gradient);
            network.Step(rate);
        }
    }

    /// <summary>The scores of all pixels, image after image.</summary>
    public float[] Logits(NoisyInk ink)
    {
        float[] rows = new float[NoisyInk.PixelsPerImage * Neighbourhoods.Size], logits = new float[ink.Masks.Length];
        for (int n = 0; n < ink.Count; n++)
        {
            ink.Image(n, out ReadOnlySpan<float> image, out _);
            Neighbourhoods.Copy(image, rows);
            network.Forward(rows, logits.AsSpan(n * NoisyInk.PixelsPerImage, NoisyInk.PixelsPerImage));
        }
        return logits;
    }

    /// <summary>The loss of all images, with its parts.</summary>
    public LossValue Loss(float[] logits, NoisyInk ink)
    {
        float loss = InkLoss.BceDice(logits, ink.Masks, out float bce, out float dice, diceWeight);
        return new LossValue(loss, bce, dice);
    }
}
