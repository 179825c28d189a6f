using Reports.History;

namespace GpuTraining;

/// <summary>How far two runs of the same training are apart.</summary>
public static class CurveDifference
{
    /// <summary>
    /// How far the curves may be apart. Each training step starts from what the two places have rounded in different ways, some 1e-7 at first.
    /// </summary>
    public const double Allowed = 0.001;

    /// <summary>For each epoch the largest difference between losses or parts of losses, of the total at epoch 0.</summary>
    public static double[] Of(TrainingHistory one, TrainingHistory other)
    {
        double scale = one.Training[0];
        return [.. Enumerable.Range(0, one.Epochs.Length).Select(n => Largest(Curves(one).Zip(Curves(other), (a, b) => Math.Abs(a[n] - b[n]))) / scale)];
    }

    /// <summary>The largest of some differences; one that is not a number is larger than all.</summary>
    public static double Largest(IEnumerable<double> differences) => differences.Aggregate(0.0, Math.Max);

    private static IEnumerable<double[]> Curves(TrainingHistory history) =>
        Enumerable.Range(0, history.PartNames.Count).SelectMany(part => new[] { history.TrainingPart(part), history.ValidationPart(part) })
            .Prepend(history.Validation).Prepend(history.Training);
}
