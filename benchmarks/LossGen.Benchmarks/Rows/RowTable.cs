using LossGen.Losses;
using static LossGen.Benchmarks.Rows.Distributions;

namespace LossGen.Benchmarks.Rows;

/// <summary>All rows.</summary>
public static class RowTable
{
    public static readonly Row[] All =
    [
        Pairs("mse", "MSE", Score, Score, (p, g) => g
            ? RegressionLosses.MeanSquaredErrorGradient(p.X, p.Y, p.G)
            : RegressionLosses.MeanSquaredError(p.X, p.Y)) with { Bound = Bound.Memory },
        Pairs("huber", "Huber", Score, Score, (p, g) => g
            ? RegressionLosses.HuberGradient(p.X, p.Y, p.G, 1f)
            : RegressionLosses.Huber(p.X, p.Y, 1f)) with { Parameters = [1], Bound = Bound.Memory },
        Pairs("log_cosh", "log-cosh", Score, Score, (p, g) => g
            ? RegressionLosses.LogCoshGradient(p.X, p.Y, p.G)
            : RegressionLosses.LogCosh(p.X, p.Y)),
        Pairs("poisson", "Poisson, log-rates", Score, Count, (p, g) => g
            ? RegressionLosses.PoissonLogGradient(p.X, p.Y, p.G)
            : RegressionLosses.PoissonLog(p.X, p.Y)),
        Pairs("bce", "BCE with logits", Score, Truth, (p, g) => g
            ? ClassificationLosses.BinaryCrossEntropyWithLogitsGradient(p.X, p.Y, p.G)
            : ClassificationLosses.BinaryCrossEntropyWithLogits(p.X, p.Y)),
        Pairs("focal", "focal, exponent 2", Score, Truth, (p, g) => g
            ? Losses.BinaryFocalSquaredGradient(p.X, p.Y, p.G, 0.25f)
            : Losses.BinaryFocalSquared(p.X, p.Y, 0.25f)) with { Parameters = [0.25f] },
        Pairs("focal_gamma", "focal, exponent a parameter", Score, Truth, (p, g) => g
            ? ClassificationLosses.BinaryFocalGradient(p.X, p.Y, p.G, 0.25f, 1.5f)
            : ClassificationLosses.BinaryFocal(p.X, p.Y, 0.25f, 1.5f)) with { Parameters = [0.25f, 1.5f] },
        Pairs("dice_bce", "Dice + BCE", Score, Truth, (p, g) => g
            ? SegmentationLosses.DiceBceGradient(p.X, p.Y, p.G, out _, out _)
            : SegmentationLosses.DiceBce(p.X, p.Y, out _, out _)) with { Parameters = [1] },
        new("elastic_net", "elastic net", Size.Flat, new("1003", 1003), p =>
        {
            p.AddReal(p.N, Score);
            p.AddGradient(p.N);
        }, (p, g) => g ? Regularizers.ElasticNetGradient(p.X, p.G, 1e-3f, 1e-2f) : Regularizers.ElasticNet(p.X, 1e-3f, 1e-2f))
        {
            Parameters = [1e-3f, 1e-2f], Bound = Bound.Memory,
        },
        new("kl", "KL divergence, rows of 16", Size.InRows(16), new("7 × 19", 7, 19), p =>
        {
            Normalize(p.AddReal(p.N * p.C, r => r.NextSingle() + 0.01f), p.C);
            Normalize(p.AddReal(p.N * p.C, r => r.NextSingle() + 0.01f), p.C);
            p.AddGradient(p.N * p.C);
        }, (p, g) => g ? DivergenceLosses.KullbackLeiblerGradient(p.X, p.Y, p.G, p.C) : DivergenceLosses.KullbackLeibler(p.X, p.Y, p.C)),
        new("softmax_ce", "softmax CE", [new("4096 × 1000", 4096, 1000), new("512 × 50257", 512, 50257), new("65536 × 10", 65536, 10)], new("19 × 37", 19, 37), p =>
        {
            p.AddReal(p.N * p.C, Score);
            p.AddIntegers(p.N, r => r.Next(p.C));
            p.AddGradient(p.N * p.C);
        }, (p, g) => g
            ? ClassificationLosses.SparseCategoricalCrossEntropyGradient(p.X, p.Labels, p.G)
            : ClassificationLosses.SparseCategoricalCrossEntropy(p.X, p.Labels)),
        new("dice_ce", "Dice + CE, NCHW", [new("8 × 21 × 256 × 256", 8, 21, 256 * 256)], new("2 × 5 × 16 × 32", 2, 5, 512), p =>
        {
            p.AddReal(p.N * p.C * p.D, Score);
            p.AddIntegers(p.N * p.D, r => r.Next(p.C));
            p.AddGradient(p.N * p.C * p.D);
        }, (p, g) => g
            ? SegmentationLosses.DiceCeGradient(p.X, p.Labels, p.G, p.N, out _, out _, 1f, 1f, 1e-5f)
            : SegmentationLosses.DiceCe(p.X, p.Labels, p.N, out _, out _, 1f, 1f, 1e-5f)) { Parameters = [1e-5f] },
        new("triplet", "triplet", [new("8192 × 256", 8192, 256)], new("11 × 19", 11, 19), p =>
        {
            for (int i = 0; i < 3; i++) p.AddReal(p.N * p.C, Unit(p.C));
            for (int i = 0; i < 3; i++) p.AddGradient(p.N * p.C);
        }, (p, g) => g
            ? MetricLosses.TripletGradient(p.X, p.Y, p.Z, p.G, p.Gradient(1), p.Gradient(2), p.C, 1f)
            : MetricLosses.Triplet(p.X, p.Y, p.Z, p.C, 1f)) { Parameters = [1], Bound = Bound.Memory },
        new("clip", "CLIP", [new("1024 × 512", 1024, 512)], new("24 × 40", 24, 40), p =>
        {
            for (int i = 0; i < 2; i++) p.AddReal(p.N * p.C, Unit(p.C));
            for (int i = 0; i < 2; i++) p.AddGradient(p.N * p.C);
            p.AddGradient(1);
        }, (p, g) => g
            ? MetricLosses.ClipGradient(p.X, p.Y, p.G, p.Gradient(1), out p.Gradient(2)[0], p.C, 0.07f)
            : MetricLosses.Clip(p.X, p.Y, p.C, 0.07f))
        {
            Parameters = [0.07f], Bound = Bound.Contraction, Operations = size => 2.0 * size.N * size.N * size.C,
        },
        new("ctc", "CTC, 60 labels", [new("32 × 500 × 64", 32, 64, 500, 60)], new("3 × 20 × 7", 3, 7, 20, 6), p =>
        {
            p.AddReal(p.N * p.D * p.C, Score);
            p.AddIntegers(p.N * p.S, r => 1 + r.Next(p.C - 1));
            p.AddIntegers(p.N, r => p.D);
            p.AddIntegers(p.N, r => p.S - r.Next(p.S / 2));
            p.AddGradient(p.N * p.D * p.C);
        }, (p, g) => g
            ? SequenceLosses.CtcGradient(p.X, p.Labels, p.Integer(1), p.Integer(2), p.G, p.C)
            : SequenceLosses.Ctc(p.X, p.Labels, p.Integer(1), p.Integer(2), p.C))
        {
            // The logarithm of a prefix's probability in one float, as C and PyTorch keep it, has few digits left after 500 steps.
            GradientTolerance = 1e-2,
        },
    ];

    /// <summary>The sizes that only one row has.</summary>
    public static IEnumerable<string> Own => All.SelectMany(row => row.Sizes).Select(size => size.Name).Where(name => Size.Flat.All(flat => flat.Name != name));

    /// <summary>A loss of two tensors of the same length, with a gradient by the first.</summary>
    private static Row Pairs(string key, string title, Func<Random, float> x, Func<Random, float> y, LossCall call) =>
        new(key, title, Size.Flat, new("1003", 1003), p =>
        {
            p.AddReal(p.N, x);
            p.AddReal(p.N, y);
            p.AddGradient(p.N);
        }, call);
}
