using Digits;
using Digits.Network;
using GpuTraining.Losses;
using Reports.History;

namespace GpuTraining;

/// <summary>Trains the network of the digits, with the loss and its gradient from one place. The same every time on that place.</summary>
public sealed class TrainingRun
{
    /// <summary>Images to train on, and to validate with.</summary>
    public const int TrainingImages = 1197, ValidationImages = 300;

    /// <summary>Settings of the training.</summary>
    public const int Seed = 2026, Units = 64, BatchSize = 32;

    /// <summary>The rate of Adam.</summary>
    public const float Rate = 0.002f;

    private readonly IScoreLoss loss;
    private readonly HiddenLayerNetwork network = new(DigitSet.PixelsPerImage, Units, DigitSet.Classes, Seed);
    private readonly Random random = new(Seed);
    private readonly DigitSet training, validation;

    /// <summary>Prepares a run.</summary>
    /// <param name="digits">All images.</param>
    /// <param name="loss">Where the loss is computed.</param>
    public TrainingRun(DigitSet digits, IScoreLoss loss)
    {
        this.loss = loss;
        (training, validation, _) = digits.Split(TrainingImages, ValidationImages, Seed);
    }

    /// <summary>The losses of all epochs so far.</summary>
    public TrainingHistory History { get; } = new("cross-entropy", "focal term");

    /// <summary>Trains on each image once, except for epoch 0, and records the losses.</summary>
    public void RunEpoch(int epoch)
    {
        if (epoch > 0)
            Train();
        History.Add(epoch, Loss(training), Loss(validation));
    }

    private void Train()
    {
        int[] order = [.. Enumerable.Range(0, training.Count)];
        random.Shuffle(order);
        foreach (int[] images in order.Chunk(BatchSize))
        {
            DigitSet batch = training.Pick(images);
            float[] gradient = new float[batch.Count * DigitSet.Classes];
            Loss(batch, gradient);
            network.Backward(batch.Pixels, gradient);
            network.Step(Rate);
        }
    }

    private LossValue Loss(DigitSet digits) => Loss(digits, new float[digits.Count * DigitSet.Classes]);

    private LossValue Loss(DigitSet digits, float[] gradient)
    {
        float[] scores = new float[gradient.Length];
        network.Forward(digits.Pixels, scores);
        return loss.Gradient(scores, digits.Labels, gradient);
    }
}
