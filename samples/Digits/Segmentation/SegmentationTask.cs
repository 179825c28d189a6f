using Reports;
using Reports.Page;
using static System.FormattableString;

namespace Digits.Segmentation;

/// <summary>Trains the same network on cross-entropy alone and with the Dice loss, compares the masks, and reports.</summary>
public static class SegmentationTask
{
    private const int Seed = 2026;

    /// <summary>Runs the task.</summary>
    /// <returns>0 where the Dice loss improved the Dice score of the held-out images, else 1.</returns>
    public static int Run(DigitSet digits, RunOptions options)
    {
        int epochs = options.Quick ? 12 : 25;
        var (training, validation, test) = digits.Split(options.Quick ? 200 : 500, 200, Seed);
        NoisyInk trainingInk = NoisyInk.Make(training, Seed), validationInk = NoisyInk.Make(validation, Seed + 1);
        NoisyInk testInk = NoisyInk.Make(test.Pick([.. Enumerable.Range(0, 400)]), Seed + 2);
        string data = Invariant($"{trainingInk.Count} noisy images to train on, {validationInk.Count} to validate, ") +
            Invariant($"{testInk.Count} held out; {100 * trainingInk.InkShare:0.0} % of the pixels are ink");
        Console.WriteLine(data);
        Console.WriteLine(Invariant($"{epochs} epochs, seed {Seed}, for both losses"));

        SegmentationRun bce = Train("BCE alone", 0), both = Train("Dice + BCE", 1);
        double bceScore = DiceScore.Mean(bce.TestLogits, testInk.Masks), bothScore = DiceScore.Mean(both.TestLogits, testInk.Masks);
        Console.WriteLine();
        Console.WriteLine(Invariant($"Dice score of held-out images: BCE alone {bceScore:F4}, Dice + BCE {bothScore:F4}"));
        foreach (SegmentationRun run in new[] { bce, both })
        {
            double score = DiceScore.Mean(run.TestLogits, testInk.Masks, run.BestThreshold);
            Console.WriteLine(Invariant($"with the best threshold of the validation images, {run.BestThreshold:F2}: {run.Name} {score:F4}"));
        }
        var settings = new ReportTable(["setting", "value"], ["data", data], ["network", SegmentationRun.Network],
            ["training", Invariant($"{SegmentationRun.Training}, {epochs} epochs, seed {Seed}; the same for both losses")]);
        Console.WriteLine("report: " + ReportPage.Write(SegmentationReport.Of(testInk, [bce, both], settings), options.ReportPath));
        return bothScore > bceScore ? 0 : 1;

        SegmentationRun Train(string name, float diceWeight)
            => SegmentationRun.Train(name, diceWeight, trainingInk, validationInk, testInk, epochs, Seed);
    }
}
