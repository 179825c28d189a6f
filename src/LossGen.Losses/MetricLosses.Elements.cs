namespace LossGen.Losses;

/// <content>Losses of each pair or triplet, instead of their mean.</content>
public static partial class MetricLosses
{
    private const string TripletEuclideanElementsFormula =
        "clamp(norm[d](anchor - positive + eps) - norm[d](anchor - negative + eps) + margin, 0, inf)";

    /// <summary>Margin loss of distances, of each triplet: <c>max(0, |a - p| - |a - q| + margin)</c>; gradients by all three.</summary>
    /// <param name="anchor">Embeddings of the anchors, <c>[n, d]</c>.</param>
    /// <param name="positive">Embeddings of samples like the anchors, <c>[n, d]</c>.</param>
    /// <param name="negative">Embeddings of samples unlike the anchors, <c>[n, d]</c>.</param>
    /// <param name="losses">Receives the loss of each triplet, <c>[n]</c>, in units of the embedding.</param>
    /// <param name="margin">By how much the distance to the negative shall exceed the one to the positive.</param>
    /// <param name="eps">Added to every component of the differences, so that the distance of equal embeddings is not 0.</param>
    /// <remarks>
    /// <para>When to use: to mine the triplets that still violate the margin, or to weight them.</para>
    /// <para>Conventions: the gradient at the kink is the one of its upper side, as in PyTorch.</para>
    /// <para>Source: PyTorch's <c>triplet_margin_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(TripletEuclideanElementsFormula)]
    public static partial void TripletEuclideanElements(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> anchor, [Axes("n, d"), Differentiate] ReadOnlySpan<float> positive,
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> negative, [Axes("n")] Span<float> losses, float margin = 1f, float eps = 1e-6f);

    /// <inheritdoc cref="TripletEuclideanElements(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, float,
    /// float)" />
    [Loss(TripletEuclideanElementsFormula, Program = "TripletEuclideanElementsDoubleProgram")]
    public static partial void TripletEuclideanElements(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> anchor, [Axes("n, d"), Differentiate] ReadOnlySpan<double> positive,
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> negative, [Axes("n")] Span<double> losses, double margin = 1,
        double eps = 1e-06);

    private const string TripletEuclideanSwapElementsFormula = """
        far = min(norm[d](anchor - negative + eps), norm[d](positive - negative + eps));
        clamp(norm[d](anchor - positive + eps) - far + margin, 0, inf)
        """;

    /// <summary>As TripletEuclideanElements, with the negative compared with whichever of anchor and positive is nearer to it: <c>max(0, |a
    /// - p| - min(|a - q|, |p - q|) + margin)</c>.</summary>
    /// <param name="anchor">Embeddings of the anchors, <c>[n, d]</c>.</param>
    /// <param name="positive">Embeddings of samples like the anchors, <c>[n, d]</c>.</param>
    /// <param name="negative">Embeddings of samples unlike the anchors, <c>[n, d]</c>.</param>
    /// <param name="losses">Receives the loss of each triplet, <c>[n]</c>, in units of the embedding.</param>
    /// <param name="margin">By how much the distance to the negative shall exceed the one to the positive.</param>
    /// <param name="eps">Added to every component of the differences, so that the distance of equal embeddings is not 0.</param>
    /// <remarks>
    /// <para>When to use: as TripletEuclideanElements; it takes the harder one of the two negatives that a triplet holds.</para>
    /// <para>Conventions: the gradient at the kink is the one of its upper side, as in PyTorch; equal distances share it.</para>
    /// <para>Source: PyTorch's <c>triplet_margin_loss</c> with <c>swap</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(TripletEuclideanSwapElementsFormula)]
    public static partial void TripletEuclideanSwapElements(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> anchor, [Axes("n, d"), Differentiate] ReadOnlySpan<float> positive,
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> negative, [Axes("n")] Span<float> losses, float margin = 1f, float eps = 1e-6f);

    /// <inheritdoc cref="TripletEuclideanSwapElements(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, float,
    /// float)" />
    [Loss(TripletEuclideanSwapElementsFormula, Program = "TripletEuclideanSwapElementsDoubleProgram")]
    public static partial void TripletEuclideanSwapElements(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> anchor, [Axes("n, d"), Differentiate] ReadOnlySpan<double> positive,
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> negative, [Axes("n")] Span<double> losses, double margin = 1,
        double eps = 1e-06);

    private const string MarginRankingElementsFormula = "clamp(margin - target * (first - second), 0, inf)";

    /// <summary>Margin loss of each pair of scores: <c>max(0, margin - y (a - b))</c>; gradients by both.</summary>
    /// <param name="first">Scores of the first of each pair, of any shape, flat.</param>
    /// <param name="second">Scores of the second of each pair, as many.</param>
    /// <param name="target">Which shall be larger, for each pair: 1 the first, -1 the second.</param>
    /// <param name="losses">Receives the loss of each pair, as many as there are pairs, in units of the scores.</param>
    /// <param name="margin">By how much the larger score shall exceed the other.</param>
    /// <remarks>
    /// <para>When to use: to weight pairs, as by the difference of their ranks.</para>
    /// <para>Conventions: the gradient at the kink is the one of its upper side, as in PyTorch.</para>
    /// <para>Source: PyTorch's <c>margin_ranking_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(MarginRankingElementsFormula)]
    public static partial void MarginRankingElements(
        [Differentiate] ReadOnlySpan<float> first, [Differentiate] ReadOnlySpan<float> second, ReadOnlySpan<float> target,
        Span<float> losses, float margin = 0f);

    /// <inheritdoc cref="MarginRankingElements(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, float)" />
    [Loss(MarginRankingElementsFormula, Program = "MarginRankingElementsDoubleProgram")]
    public static partial void MarginRankingElements(
        [Differentiate] ReadOnlySpan<double> first, [Differentiate] ReadOnlySpan<double> second, ReadOnlySpan<double> target,
        Span<double> losses, double margin = 0);

    private const string CosineEmbeddingElementsFormula = """
        cosine = sum[d](first * second) / (sqrt(sum[d](first^2) + 1e-12) * sqrt(sum[d](second^2) + 1e-12));
        target > 0 ? 1 - cosine : clamp(cosine - margin, 0, inf)
        """;

    /// <summary>Loss of each pair: <c>1 - cos</c> where the target is 1 and <c>max(0, cos - margin)</c> elsewhere; gradients by
    /// both.</summary>
    /// <param name="first">Embeddings of the first of each pair, <c>[n, d]</c>.</param>
    /// <param name="second">Embeddings of the second of each pair, <c>[n, d]</c>.</param>
    /// <param name="target">Whether each pair belongs together, <c>[n]</c>: 1 similar, -1 not.</param>
    /// <param name="losses">Receives the loss of each pair, <c>[n]</c>, in 0 … 2.</param>
    /// <param name="margin">Cosine up to which a dissimilar pair is left alone, in -1 … 1.</param>
    /// <remarks>
    /// <para>When to use: to weight or mine pairs that are compared by their cosine.</para>
    /// <para>Conventions: the gradient at the kink is the one of its upper side, as in PyTorch.</para>
    /// <para>Source: PyTorch's <c>cosine_embedding_loss</c> with <c>reduction='none'</c>, whose 1e-12 under the roots this is.</para>
    /// </remarks>
    [Loss(CosineEmbeddingElementsFormula)]
    public static partial void CosineEmbeddingElements(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> first, [Axes("n, d"), Differentiate] ReadOnlySpan<float> second,
        [Axes("n")] ReadOnlySpan<float> target, [Axes("n")] Span<float> losses, float margin = 0f);

    /// <inheritdoc cref="CosineEmbeddingElements(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, float)" />
    [Loss(CosineEmbeddingElementsFormula, Program = "CosineEmbeddingElementsDoubleProgram")]
    public static partial void CosineEmbeddingElements(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> first, [Axes("n, d"), Differentiate] ReadOnlySpan<double> second,
        [Axes("n")] ReadOnlySpan<double> target, [Axes("n")] Span<double> losses, double margin = 0);
}
