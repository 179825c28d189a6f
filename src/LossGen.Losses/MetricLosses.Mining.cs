namespace LossGen.Losses;

public static partial class MetricLosses
{
    private const string BatchHardTripletFormula = """
        axis m = size(n);
        distance = norm[d](embedding - embedding[n: m]);
        farthest = max[m](labels == labels[n: m] ? distance : 0);
        nearest = min[m](labels == labels[n: m] ? inf : distance);
        mean(max(0, farthest - nearest + margin))
        """;

    /// <summary>Triplet loss with the hardest triplet of each anchor in the batch: <c>mean(max(0, farthest of its label - nearest of
    /// another + margin))</c>, of distances.</summary>
    /// <param name="embedding">Embeddings, <c>[n, d]</c>; each is an anchor.</param>
    /// <param name="labels">Label of each embedding, <c>[n]</c>.</param>
    /// <param name="margin">By how much the distance to another label shall exceed the one to the same label.</param>
    /// <returns>The loss, in units of the embedding.</returns>
    /// <remarks>
    /// <para>When to use: for embeddings that are compared by distance, with batches of a few samples each of several labels.</para>
    /// <para>Conventions: an anchor without others of its label has its positive at distance 0; one without any of another label
    /// contributes 0. Equal extremes share the gradient; at distance 0 and at the kink it is 0.</para>
    /// <para>Source: Hermans, Beyer and Leibe, "In Defense of the Triplet Loss for Person Re-Identification", 2017.</para>
    /// </remarks>
    [Loss(BatchHardTripletFormula)]
    public static partial float BatchHardTriplet(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> embedding, [Axes("n")] ReadOnlySpan<int> labels, float margin = 1f);

    /// <inheritdoc cref="BatchHardTriplet(ReadOnlySpan{float}, ReadOnlySpan{int}, float)" />
    [Loss(BatchHardTripletFormula, Program = "BatchHardTripletDoubleProgram")]
    public static partial double BatchHardTriplet(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> embedding, [Axes("n")] ReadOnlySpan<int> labels, double margin = 1);

    private const string SemiHardTripletFormula = """
        axis p = size(n);
        axis q = size(n);
        near = sum[d]((embedding - embedding[n: p])^2);
        far = sum[d]((embedding - embedding[n: q])^2);
        other = labels != labels[n: q];
        semihard = min[q](other && far > near ? far : inf);
        farthest = max[q](other ? far : -inf);
        negative = semihard < inf ? semihard : farthest;
        pair = labels == labels[n: p] && n != p && any[q](other);
        sum(pair ? max(0, near - negative + margin) : 0) / max(count(pair), 1)
        """;

    /// <summary>Triplet loss of all pairs of one label in the batch, each with the nearest negative that is farther than the positive:
    /// the mean of <c>max(0, |a - p|^2 - |a - q|^2 + margin)</c>.</summary>
    /// <param name="embedding">Embeddings, <c>[n, d]</c>, usually of length 1.</param>
    /// <param name="labels">Label of each embedding, <c>[n]</c>.</param>
    /// <param name="margin">By how much the squared distance to the negative shall exceed the one to the positive.</param>
    /// <returns>The loss, in squared units of the embedding; 0 where no pair has a negative.</returns>
    /// <remarks>
    /// <para>When to use: as BatchHardTriplet, where the hardest negatives make the embedding collapse, or labels are wrong at
    /// times.</para>
    /// <para>Conventions: where no negative is farther than the positive, the farthest one is taken. Which triplet is taken has no
    /// gradient; equal extremes share it, and at the kink it is 0.</para>
    /// <para>Source: Schroff, Kalenichenko and Philbin, "FaceNet", 2015; TensorFlow Addons' <c>triplet_semihard_loss</c> of squared
    /// distances.</para>
    /// </remarks>
    [Loss(SemiHardTripletFormula)]
    public static partial float SemiHardTriplet(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> embedding, [Axes("n")] ReadOnlySpan<int> labels, float margin = 1f);

    /// <inheritdoc cref="SemiHardTriplet(ReadOnlySpan{float}, ReadOnlySpan{int}, float)" />
    [Loss(SemiHardTripletFormula, Program = "SemiHardTripletDoubleProgram")]
    public static partial double SemiHardTriplet(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> embedding, [Axes("n")] ReadOnlySpan<int> labels, double margin = 1);
}
