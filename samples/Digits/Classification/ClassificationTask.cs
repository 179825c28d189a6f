using System.Globalization;
using Reports;
using Reports.History;
using Reports.Page;
using Reports.Progress;
using static System.FormattableString;

namespace Digits.Classification;

/// <summary>Trains the classifier, tests it, and reports.</summary>
public static class ClassificationTask
{
    /// <summary>The test accuracy that the sample must reach.</summary>
    public const double RequiredAccuracy = 0.95;

    private const int TrainingImages = 1197, ValidationImages = 300, Seed = 2026, Units = 64, BatchSize = 32;
    private const float Rate = 0.002f;

    private static readonly string[] Columns = ["epoch", "training loss", "validation loss", "cross-entropy", "focal", "accuracy"];

    /// <summary>Runs the task.</summary>
    /// <returns>0 where the test accuracy is what is required, else 1.</returns>
    public static int Run(DigitSet digits, RunOptions options)
    {
        int epochs = options.Quick ? 15 : 60;
        ClassificationResult result = Train(digits, epochs);
        LossValue loss = result.TestLoss;
        Console.WriteLine();
        Console.WriteLine(Invariant($"test loss {loss.Total:F4} = cross-entropy {loss.Parts[0]:F4} + focal {loss.Parts[1]:F4}"));
        Console.WriteLine(Invariant($"test accuracy {result.TestAccuracy:F4} (required: {RequiredAccuracy})"));
        var settings = new ReportTable(["setting", "value"],
            ["data", "optical digits, " +
                Invariant($"{TrainingImages} images to train on, {ValidationImages} to validate, {result.Test.Count} to test")],
            ["network", Invariant($"{DigitSet.PixelsPerImage} pixels, {Units} hidden units with relu, {DigitSet.Classes} scores")],
            ["loss", Invariant($"smoothing {DigitClassifier.Smoothing}, gamma {DigitClassifier.Gamma}, ") +
                Invariant($"weight of the focal term {DigitClassifier.FocalWeight}")],
            ["training", Invariant($"Adam, rate {Rate}, batches of {BatchSize}, {epochs} epochs, seed {Seed}")]);
        Console.WriteLine("report: " + ReportPage.Write(ClassificationReport.Of(result, settings), options.ReportPath));
        return result.TestAccuracy >= RequiredAccuracy ? 0 : 1;
    }

    /// <summary>Trains and tests, showing the epochs as they come. The same every time.</summary>
    public static ClassificationResult Train(DigitSet digits, int epochs)
    {
        var (training, validation, test) = digits.Split(TrainingImages, ValidationImages, Seed);
        var model = new DigitClassifier(Units, Seed);
        var history = new TrainingHistory("cross-entropy", "focal term");
        var accuracies = (Training: new List<double>(), Validation: new List<double>());
        Console.WriteLine(Invariant($"{training.Count} images to train on, {validation.Count} to validate, {test.Count} to test"));
        Console.WriteLine(Invariant($"{Units} hidden units, {model.ParameterCount} parameters, {epochs} epochs, seed {Seed}"));
        Console.WriteLine();
        ProgressTable.Show(Columns, Epochs());
        return new ClassificationResult(
            history, [.. accuracies.Training], [.. accuracies.Validation], test, model.Loss(test), model.Predict(test));

        IEnumerable<string[]> Epochs()
        {
            for (int epoch = 0; epoch <= epochs; epoch++)
            {
                if (epoch > 0)
                    model.TrainEpoch(training, BatchSize, Rate);
                LossValue onTraining = model.Loss(training), onValidation = model.Loss(validation);
                history.Add(epoch, onTraining, onValidation);
                accuracies.Training.Add(model.Accuracy(training));
                accuracies.Validation.Add(model.Accuracy(validation));
                if (epoch % Math.Max(1, epochs / 15) == 0)
                    yield return [epoch.ToString(CultureInfo.InvariantCulture),
                        .. FourDecimals.Of([onTraining.Total, onValidation.Total, .. onValidation.Parts, accuracies.Validation[^1]])];
            }
        }
    }
}
