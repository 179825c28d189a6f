using Digits.Classification;
using LossGen.Gpu;
using Reports;
using Reports.History;
using Reports.Page;
using static System.FormattableString;

namespace GpuTraining;

/// <summary>What the report says of the two runs.</summary>
public static class GpuTrainingReport
{
    /// <summary>Puts the report together.</summary>
    /// <param name="device">The device.</param>
    /// <param name="onProcessor">The losses of the run with the generated method.</param>
    /// <param name="onDevice">The losses of the run on the device.</param>
    /// <param name="differences">How far both are apart in each epoch.</param>
    public static Report Of(GpuDevice device, TrainingHistory onProcessor, TrainingHistory onDevice, double[] differences)
    {
        string formula = DigitLoss.SmoothedFocalProgram.Formula;
        var both = new Curve[] { new("processor", onProcessor.Training), new("device", onDevice.Training) };
        return new Report(
            "One loss in two places",
            $"The network of the digits is trained twice from the same weights: with the generated method, and with the kernels of the same loss on {device.Name}. " +
            Invariant($"In {onProcessor.Epochs[^1]} epochs the curves are never further apart than {CurveDifference.Largest(differences):0.0E+0} of the first loss."),
            new ReportTable(["last epoch", "loss", "cross-entropy", "focal term", "validation loss"], Row("processor", onProcessor), Row("device", onDevice)),
            [
                new ReportRun("On the processor", "loss", formula, onProcessor, "training loss of both", both),
                new ReportRun("On the device", "loss", formula, onDevice, "difference between both", new Curve("difference", differences)),
            ],
            new ReportTable(["setting", "value"],
                ["device", device.ToString()],
                ["data", Invariant($"optical digits, {TrainingRun.TrainingImages} images to train on, {TrainingRun.ValidationImages} to validate")],
                ["loss", Invariant($"smoothing {DigitClassifier.Smoothing}, gamma {DigitClassifier.Gamma}, weight of the focal term {DigitClassifier.FocalWeight}")],
                ["training", Invariant($"Adam, rate {TrainingRun.Rate}, batches of {TrainingRun.BatchSize}, {onProcessor.Epochs[^1]} epochs, seed {TrainingRun.Seed}")]));
    }

    private static string[] Row(string name, TrainingHistory history) =>
        [name, .. FourDecimals.Of(history.Training[^1], history.TrainingPart(0)[^1], history.TrainingPart(1)[^1], history.Validation[^1])];
}
