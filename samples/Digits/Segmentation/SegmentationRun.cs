using System.Globalization;
using Reports;
using Reports.History;
using Reports.Progress;
using static System.FormattableString;

namespace Digits.Segmentation;

/// <summary>What came of training an ink finder on one of the losses.</summary>
/// <param name="Name">The loss in words.</param>
/// <param name="History">The losses of all epochs, on training and validation images.</param>
/// <param name="TrainingScore">The Dice score of all epochs on the training images.</param>
/// <param name="ValidationScore">The Dice score of all epochs on the validation images.</param>
/// <param name="TestLogits">The scores of the pixels of the test images.</param>
/// <param name="BestThreshold">The threshold with the highest Dice score on the validation images.</param>
public sealed record SegmentationRun(
    string Name, TrainingHistory History, double[] TrainingScore, double[] ValidationScore, float[] TestLogits, double BestThreshold)
{
    private const int Units = 24, BatchSize = 8;
    private const float Rate = 0.003f;

    private static readonly string[] Columns = ["epoch", "training loss", "validation loss", "bce", "dice loss", "Dice score"];

    /// <summary>How the network is trained, in words.</summary>
    public static string Training { get; } = Invariant($"Adam, rate {Rate}, batches of {BatchSize} images");

    /// <summary>The network in words.</summary>
    public static string Network { get; }
        = Invariant($"{Neighbourhoods.Size} pixels around each pixel, {Units} hidden units with relu, one score");

    /// <summary>Trains a network, showing the epochs as they come. The same every time for the same seed.</summary>
    public static SegmentationRun Train(
        string name, float diceWeight, NoisyInk training, NoisyInk validation, NoisyInk test, int epochs, int seed)
    {
        var model = new InkFinder(Units, diceWeight, seed);
        var history = new TrainingHistory("cross-entropy (bce)", "Dice loss");
        var scores = (Training: new List<double>(), Validation: new List<double>());
        Console.WriteLine();
        Console.WriteLine(Invariant($"{name}: {model.ParameterCount} parameters"));
        ProgressTable.Show(Columns, Epochs());
        return new SegmentationRun(name, history, [.. scores.Training], [.. scores.Validation], model.Logits(test),
            DiceScore.BestThreshold(model.Logits(validation), validation.Masks));

        IEnumerable<string[]> Epochs()
        {
            for (int epoch = 0; epoch <= epochs; epoch++)
            {
                if (epoch > 0)
                    model.TrainEpoch(training, BatchSize, Rate);
                float[] trainingLogits = model.Logits(training), validationLogits = model.Logits(validation);
                LossValue onTraining = model.Loss(trainingLogits, training), onValidation = model.Loss(validationLogits, validation);
                history.Add(epoch, onTraining, onValidation);
                scores.Training.Add(DiceScore.Mean(trainingLogits, training.Masks));
                scores.Validation.Add(DiceScore.Mean(validationLogits, validation.Masks));
                if (epoch % Math.Max(1, epochs / 10) == 0)
                    yield return [epoch.ToString(CultureInfo.InvariantCulture),
                        .. FourDecimals.Of([onTraining.Total, onValidation.Total, .. onValidation.Parts, scores.Validation[^1]])];
            }
        }
    }
}
