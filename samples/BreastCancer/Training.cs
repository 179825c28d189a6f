using System.Globalization;
using Reports;
using Reports.History;
using Reports.Progress;

namespace BreastCancer;

/// <summary>A run of the descent, with what is shown and recorded of it.</summary>
/// <param name="model">The model, which is trained.</param>
/// <param name="training">The patients to train on.</param>
/// <param name="heldOut">The patients to validate on.</param>
public sealed class Training(LogisticModel model, DiagnosticTable training, DiagnosticTable heldOut)
{
    private const int Records = 100, Rows = 20;

    private static readonly string[] Columns = ["epoch", "training loss", "validation loss", "accuracy", "zero weights"];

    private readonly List<double> trainingAccuracy = [], heldOutAccuracy = [];

    /// <summary>The losses on both tables, at evenly spaced epochs.</summary>
    public TrainingHistory History { get; } = new("cross-entropy", "elastic net");

    /// <summary>The accuracy on both tables, at the same epochs.</summary>
    public Curve[] Accuracy => [new("training", [.. trainingAccuracy]), new("validation", [.. heldOutAccuracy])];

    /// <summary>Trains, showing epochs as they come.</summary>
    /// <param name="epochs">A multiple of the hundred epochs that are recorded.</param>
    /// <param name="rate">The rate of the descent.</param>
    public void Run(int epochs, float rate) => ProgressTable.Show(Columns, Epochs(epochs, rate));

    private IEnumerable<string[]> Epochs(int epochs, float rate)
    {
        for (int epoch = 0; epoch <= epochs; epoch++)
        {
            if (epoch > 0)
                model.Step(training, rate);
            if (epoch % (epochs / Records) != 0)
                continue;
            Record(epoch);
            if (epoch % (epochs / Rows) == 0)
                yield return Row(epoch);
        }
    }

    private void Record(int epoch)
    {
        History.Add(epoch, Loss(training), Loss(heldOut));
        trainingAccuracy.Add(model.Accuracy(training));
        heldOutAccuracy.Add(model.Accuracy(heldOut));
    }

    private LossValue Loss(DiagnosticTable table)
    {
        float loss = model.Loss(table, out float data, out float penalty);
        return new LossValue(loss, data, penalty);
    }

    private string[] Row(int epoch) =>
    [
        epoch.ToString(CultureInfo.InvariantCulture),
        .. FourDecimals.Of(History.Training[^1], History.Validation[^1], heldOutAccuracy[^1]),
        model.ZeroWeights.ToString(CultureInfo.InvariantCulture),
    ];
}
