using Reports;
using Reports.Drawing;
using Reports.History;
using Reports.Page;
using static System.FormattableString;

namespace Digits.Classification;

/// <summary>What the report says of the classifier.</summary>
public static class ClassificationReport
{
    private const int ImagesInRow = 7, MostRows = 2;

    /// <summary>Puts the report together.</summary>
    public static Report Of(ClassificationResult result, ReportTable settings)
    {
        TrainingHistory history = result.History;
        var figures = new ReportTable(["", "loss", "cross-entropy", "focal term", "accuracy"],
            ["training", .. FourDecimals.Of(
                history.Training[^1], history.TrainingPart(0)[^1], history.TrainingPart(1)[^1], result.TrainingAccuracy[^1])],
            ["validation", .. FourDecimals.Of(
                history.Validation[^1], history.ValidationPart(0)[^1], history.ValidationPart(1)[^1], result.ValidationAccuracy[^1])],
            ["test", .. FourDecimals.Of([result.TestLoss.Total, .. result.TestLoss.Parts, result.TestAccuracy])]);
        var run = new ReportRun("Training", "loss", DigitLoss.SmoothedFocalProgram.Formula, history, "accuracy",
            new Curve("training", result.TrainingAccuracy), new Curve("validation", result.ValidationAccuracy));
        return new Report(
            "Handwritten digits",
            "A network with one hidden layer reads 8 × 8 pixels. It is trained on label-smoothed cross-entropy plus a focal term, " +
            Invariant($"and recognises {100 * result.TestAccuracy:0.0} % of {result.Test.Count} images that it has never seen."),
            figures, [run], settings)
        {
            Images = Misread(result),
        };
    }

    private static ReportImages? Misread(ClassificationResult result)
    {
        ReportImage[] images = [.. result.Misread.Take(MostRows * ImagesInRow).Select(n => Image(result, n))];
        return images.Length == 0 ? null : new ReportImages(
            "What was misread", Invariant($"{images.Length} of the {result.Misread.Length} test images whose digit was not recognised."),
            [], [], [.. images.Chunk(ImagesInRow)]);
    }

    private static ReportImage Image(ClassificationResult result, int n)
    {
        string text = Invariant($"{result.Test.Labels[n]} read as {result.Predicted[n]}");
        return new ReportImage(PixelImage.Grey(result.Test.Image(n).ToArray(), DigitSet.Side, text), text);
    }
}
