namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>All losses of these tests by name.</summary>
internal static class NamedLosses
{
    public static IReadOnlyDictionary<string, Func<ScheduledLoss>> All { get; } = new Dictionary<string, Func<ScheduledLoss>>
    {
        ["mse"] = () => KnownLosses.MeanSquaredError().ToScheduled(),
        ["rmse"] = () => KnownLosses.RootMeanSquaredError().ToScheduled(),
        ["bce"] = () => KnownLosses.BinaryCrossEntropy().ToScheduled(),
        ["dice+bce by hand"] = () => KnownLosses.DiceAndCrossEntropy().ToScheduled(),
        ["ce by hand"] = () => KnownLosses.CrossEntropy().ToScheduled(),
        ["weighted ce by hand"] = () => KnownLosses.WeightedCrossEntropy().ToScheduled(),
        ["triplet by hand"] = () => KnownLosses.Triplet().ToScheduled(),
        ["elastic"] = () => KnownLosses.ElasticRegression().ToScheduled(),
        ["dice+bce"] = () => DifferentiatedLosses.DiceAndCrossEntropy(),
        ["ce"] = () => DifferentiatedLosses.CrossEntropy(),
        ["weighted ce"] = DifferentiatedLosses.WeightedCrossEntropy,
        ["focal"] = DifferentiatedLosses.FocalLoss,
        ["segmentation"] = DifferentiatedLosses.SegmentationDiceAndCrossEntropy,
        ["triplet"] = DifferentiatedLosses.Triplet,
        ["clip"] = DifferentiatedLosses.Clip,
        ["batch hard"] = DifferentiatedLosses.BatchHard,
    };
}
