using Reports;
using Reports.History;
using Reports.Page;
using static System.FormattableString;

namespace BreastCancer;

/// <summary>What the report says of the diagnosis model.</summary>
public static class DiagnosisReport
{
    /// <summary>Puts the report together.</summary>
    public static Report Of(LogisticModel model, Training run, ReportTable settings)
    {
        TrainingHistory history = run.History;
        var figures = new ReportTable(["", "loss", "cross-entropy", "elastic net", "accuracy"],
            ["training", .. FourDecimals.Of(
                history.Training[^1], history.TrainingPart(0)[^1], history.TrainingPart(1)[^1], run.Accuracy[0].Values[^1])],
            ["held out", .. FourDecimals.Of(
                history.Validation[^1], history.ValidationPart(0)[^1], history.ValidationPart(1)[^1], run.Accuracy[1].Values[^1])]);
        return new Report(
            "Breast cancer, malignant or benign",
            Invariant($"A logistic regression on {model.Weights.Length} features of real patients, ") +
            "with cross-entropy and an elastic net. " +
            Invariant($"It is right for {100 * run.Accuracy[1].Values[^1]:0.0} % of the patients that it has never seen, ") +
            Invariant($"and leaves {model.ZeroWeights} of the features out: the penalty holds their weights at exactly zero."),
            figures,
            [new ReportRun("Training", "loss", DiagnosisLoss.LogisticElasticNetProgram.Formula, history, "accuracy", run.Accuracy)],
            settings);
    }
}
