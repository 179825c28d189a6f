using Reports;
using Reports.Drawing;
using Reports.History;
using Reports.Page;
using static System.FormattableString;

namespace Digits.Segmentation;

/// <summary>What the report says of the ink finders.</summary>
public static class SegmentationReport
{
    private const int ImagesShown = 6;

    private static readonly (string Style, string Meaning)[] Keys =
        [("found", "ink that was found"), ("missed", "ink that was missed"), ("invented", "paper taken for ink")];

    /// <summary>Puts the report together.</summary>
    /// <param name="test">The held-out images.</param>
    /// <param name="runs">A run for each loss.</param>
    /// <param name="settings">What a reader needs to repeat them.</param>
    public static Report Of(NoisyInk test, SegmentationRun[] runs, ReportTable settings) => new(
        "Ink in noisy images",
        "Which pixels are ink? The same network, from the same first weights, is trained on cross-entropy alone and with the Dice loss. " +
        "Ink is rare, so cross-entropy alone says paper where it is unsure. " +
        Invariant($"Both are judged by the Dice score of {test.Count} held-out images, ") +
        "with ink where its probability is one half or more, and for comparison from the threshold that suits the validation images best.",
        new ReportTable(
            ["loss", "held-out Dice score", "with the best threshold", "best threshold"], [.. runs.Select(run => Figures(test, run))]),
        [.. runs.Select(Run)], settings)
    {
        Images = new ReportImages(
            "What is found",
            Invariant($"The first {ImagesShown} held-out images, and the pixels whose probability of ink is one half or more."),
            Keys, ["image", "ink", .. runs.Select(run => run.Name)],
            [.. Enumerable.Range(0, ImagesShown).Select(n => Images(test, runs, n))]),
    };

    private static string[] Figures(NoisyInk test, SegmentationRun run) =>
    [
        run.Name,
        .. FourDecimals.Of(DiceScore.Mean(run.TestLogits, test.Masks), DiceScore.Mean(run.TestLogits, test.Masks, run.BestThreshold)),
        Invariant($"{run.BestThreshold:F2}"),
    ];

    private static ReportRun Run(SegmentationRun run) => new(
        run.Name, "loss", InkLoss.BceDiceProgram.Formula, run.History, "Dice score",
        new Curve("training", run.TrainingScore), new Curve("validation", run.ValidationScore));

    private static ReportImage[] Images(NoisyInk test, SegmentationRun[] runs, int n)
    {
        test.Image(n, out ReadOnlySpan<float> image, out ReadOnlySpan<byte> mask);
        byte[] truth = mask.ToArray();
        float[] ink = [.. truth.Select(pixel => (float)pixel)];
        return
        [
            new(PixelImage.Grey(image.ToArray(), NoisyInk.Side, Invariant($"noisy image {n + 1}")), ""),
            new(PixelImage.Grey(ink, NoisyInk.Side, Invariant($"ink of image {n + 1}")), ""),
            .. runs.Select(run => Found(run, truth, n)),
        ];
    }

    private static ReportImage Found(SegmentationRun run, byte[] truth, int n)
    {
        float[] logits = run.TestLogits[(n * NoisyInk.PixelsPerImage)..((n + 1) * NoisyInk.PixelsPerImage)];
        string score = Invariant($"Dice score {DiceScore.Mean(logits, truth):F2}");
        bool[] found = [.. logits.Select(logit => logit >= 0)];
        return new(PixelImage.Overlap(found, truth, NoisyInk.Side, Invariant($"{run.Name}, image {n + 1}: {score}")), score);
    }
}
