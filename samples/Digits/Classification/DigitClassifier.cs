using System.Numerics.Tensors;
using Digits.Network;
using Reports.History;

namespace Digits.Classification;

/// <summary>The network with its loss: scores for ten digits from 64 pixels.</summary>
/// <param name="hidden">Units in the hidden layer.</param>
/// <param name="seed">The seed of the first weights and of the order of the batches.</param>
public sealed class DigitClassifier(int hidden, int seed)
{
    /// <summary>Settings of the loss.</summary>
    public const float Smoothing = 0.1f, Gamma = 2f, FocalWeight = 1f;

    private readonly HiddenLayerNetwork network = new(DigitSet.PixelsPerImage, hidden, DigitSet.Classes, seed);
    private readonly Random random = new(seed);

    /// <summary>How many numbers are trained.</summary>
    public int ParameterCount => network.ParameterCount;

    /// <summary>Trains on each image once, in batches at random.</summary>
    public void TrainEpoch(DigitSet digits, int batchSize, float rate)
    {
        int[] order = [.. Enumerable.Range(0, digits.Count)];
        random.Shuffle(order);
        for (int first = 0; first < order.Length; first += batchSize)
        {
            DigitSet batch = digits.Pick(order.AsSpan(first, Math.Min(batchSize, order.Length - first)));
            float[] scores = Scores(batch), gradient = new float[scores.Length];
            // One call: the loss of the batch and its gradient by the scores.
            DigitLoss.SmoothedFocalGradient(scores, batch.Labels, gradient, out _, out _, Smoothing, Gamma, FocalWeight);
            network.Backward(batch.Pixels, gradient);
            network.Step(rate);
        }
    }

    /// <summary>The loss on all images, with its parts.</summary>
    public LossValue Loss(DigitSet digits)
    {
        float loss = DigitLoss.SmoothedFocal(
            Scores(digits), digits.Labels, out float cross, out float focal, Smoothing, Gamma, FocalWeight);
        return new LossValue(loss, cross, focal);
    }

    /// <summary>The digit with the highest score, for each image.</summary>
    public int[] Predict(DigitSet digits)
    {
        float[] scores = Scores(digits);
        return [.. Enumerable.Range(0, digits.Count).Select(
            n => TensorPrimitives.IndexOfMax<float>(scores.AsSpan(n * DigitSet.Classes, DigitSet.Classes)))];
    }

    /// <summary>The share of images whose digit has the highest score.</summary>
    public double Accuracy(DigitSet digits)
        => Predict(digits).Zip(digits.Labels).Count(pair => pair.First == pair.Second) / (double)digits.Count;

    private float[] Scores(DigitSet digits)
    {
        float[] scores = new float[digits.Count * DigitSet.Classes];
        network.Forward(digits.Pixels, scores);
        return scores;
    }
}
