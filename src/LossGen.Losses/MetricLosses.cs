namespace LossGen.Losses;

/// <summary>Losses of embeddings, which see only how they lie to each other, and of scores to be ranked.</summary>
public static partial class MetricLosses
{
    private const string ContrastiveFormula = """
        e = sum[d]((first - second)^2);
        mean(similar * e + (1 - similar) * max(0, margin - sqrt(e))^2) / 2
        """;

    /// <summary>Pulls similar pairs together and pushes the others apart up to a margin: <c>mean(y e + (1 - y) max(0, margin - sqrt(e))^2)
    /// / 2</c> with <c>e</c> the squared distance; gradients by both.</summary>
    /// <param name="first">Embeddings of the first of each pair, <c>[n, d]</c>.</param>
    /// <param name="second">Embeddings of the second of each pair, <c>[n, d]</c>.</param>
    /// <param name="similar">Whether each pair belongs together, <c>[n]</c>: 1 similar, 0 not.</param>
    /// <param name="margin">Distance beyond which a dissimilar pair is left alone.</param>
    /// <returns>The loss, in squared units of the embedding.</returns>
    /// <remarks>
    /// <para>When to use: for pairs known to be alike or not, as in verification.</para>
    /// <para>Conventions: a dissimilar pair at distance 0 has the gradient 0.</para>
    /// <para>Source: Hadsell, Chopra and LeCun, "Dimensionality Reduction by Learning an Invariant Mapping", 2006.</para>
    /// </remarks>
    [Loss(ContrastiveFormula)]
    public static partial float Contrastive(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> first, [Axes("n, d"), Differentiate] ReadOnlySpan<float> second,
        [Axes("n")] ReadOnlySpan<float> similar, float margin = 1f);

    /// <inheritdoc cref="Contrastive(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(ContrastiveFormula, Program = "ContrastiveDoubleProgram")]
    public static partial double Contrastive(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> first, [Axes("n, d"), Differentiate] ReadOnlySpan<double> second,
        [Axes("n")] ReadOnlySpan<double> similar, double margin = 1);

    private const string TripletFormula = "mean(max(0, sum[d]((anchor - positive)^2) - sum[d]((anchor - negative)^2) + margin))";

    /// <summary>Margin loss of squared distances: <c>mean(max(0, |a - p|^2 - |a - q|^2 + margin))</c>; gradients by all three.</summary>
    /// <param name="anchor">Embeddings of the anchors, <c>[n, d]</c>.</param>
    /// <param name="positive">Embeddings of samples like the anchors, <c>[n, d]</c>.</param>
    /// <param name="negative">Embeddings of samples unlike the anchors, <c>[n, d]</c>.</param>
    /// <param name="d">Number of features: the length of a row.</param>
    /// <param name="margin">By how much the squared distance to the negative shall exceed the one to the positive.</param>
    /// <returns>The loss, in squared units of the embedding.</returns>
    /// <remarks>
    /// <para>When to use: for embeddings that are compared by distance, with triplets chosen beforehand; usually on rows of length
    /// 1.</para>
    /// <para>Conventions: the gradient at the kink is 0.</para>
    /// <para>Source: Schroff, Kalenichenko and Philbin, "FaceNet", 2015.</para>
    /// </remarks>
    [Loss(TripletFormula)]
    public static partial float Triplet(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> anchor, [Axes("n, d"), Differentiate] ReadOnlySpan<float> positive,
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> negative, int d, float margin = 1f);

    /// <inheritdoc cref="Triplet(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, int, float)" />
    [Loss(TripletFormula, Program = "TripletDoubleProgram")]
    public static partial double Triplet(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> anchor, [Axes("n, d"), Differentiate] ReadOnlySpan<double> positive,
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> negative, int d, double margin = 1);

    // clamp passes the gradient at its ends, max(0, x) does not; PyTorch's function passes it.
    private const string TripletEuclideanFormula =
        "mean(clamp(norm[d](anchor - positive + eps) - norm[d](anchor - negative + eps) + margin, 0, inf))";

    /// <summary>Margin loss of distances: <c>mean(max(0, |a - p| - |a - q| + margin))</c>; gradients by all three.</summary>
    /// <param name="anchor">Embeddings of the anchors, <c>[n, d]</c>.</param>
    /// <param name="positive">Embeddings of samples like the anchors, <c>[n, d]</c>.</param>
    /// <param name="negative">Embeddings of samples unlike the anchors, <c>[n, d]</c>.</param>
    /// <param name="d">Number of features: the length of a row.</param>
    /// <param name="margin">By how much the distance to the negative shall exceed the one to the positive.</param>
    /// <param name="eps">Added to every component of the differences, so that the distance of equal embeddings is not 0.</param>
    /// <returns>The loss, in units of the embedding.</returns>
    /// <remarks>
    /// <para>When to use: as Triplet, when far pairs shall not count more than near ones.</para>
    /// <para>Conventions: the gradient at the kink is the one of its upper side, as in PyTorch.</para>
    /// <para>Source: Balntas et al., "Learning Local Feature Descriptors with Triplets and Shallow Convolutional Neural Networks", 2016;
    /// PyTorch's <c>triplet_margin_loss</c>.</para>
    /// </remarks>
    [Loss(TripletEuclideanFormula)]
    public static partial float TripletEuclidean(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> anchor, [Axes("n, d"), Differentiate] ReadOnlySpan<float> positive,
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> negative, int d, float margin = 1f, float eps = 1e-6f);

    /// <inheritdoc cref="TripletEuclidean(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, int, float, float)" />
    [Loss(TripletEuclideanFormula, Program = "TripletEuclideanDoubleProgram")]
    public static partial double TripletEuclidean(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> anchor, [Axes("n, d"), Differentiate] ReadOnlySpan<double> positive,
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> negative, int d, double margin = 1, double eps = 1e-6);

    private const string TripletEuclideanSwapFormula = """
        far = min(norm[d](anchor - negative + eps), norm[d](positive - negative + eps));
        mean(clamp(norm[d](anchor - positive + eps) - far + margin, 0, inf))
        """;

    /// <summary>As TripletEuclidean, with the negative compared with whichever of anchor and positive is nearer to it: <c>mean(max(0, |a -
    /// p| - min(|a - q|, |p - q|) + margin))</c>.</summary>
    /// <param name="anchor">Embeddings of the anchors, <c>[n, d]</c>.</param>
    /// <param name="positive">Embeddings of samples like the anchors, <c>[n, d]</c>.</param>
    /// <param name="negative">Embeddings of samples unlike the anchors, <c>[n, d]</c>.</param>
    /// <param name="d">Number of features: the length of a row.</param>
    /// <param name="margin">By how much the distance to the negative shall exceed the one to the positive.</param>
    /// <param name="eps">Added to every component of the differences, so that the distance of equal embeddings is not 0.</param>
    /// <returns>The loss, in units of the embedding.</returns>
    /// <remarks>
    /// <para>When to use: as TripletEuclidean; it takes the harder one of the two negatives that a triplet holds.</para>
    /// <para>Conventions: the gradient at the kink is the one of its upper side, as in PyTorch; equal distances share it.</para>
    /// <para>Source: Balntas et al., 2016; PyTorch's <c>triplet_margin_loss</c> with <c>swap</c>.</para>
    /// </remarks>
    [Loss(TripletEuclideanSwapFormula)]
    public static partial float TripletEuclideanSwap(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> anchor, [Axes("n, d"), Differentiate] ReadOnlySpan<float> positive,
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> negative, int d, float margin = 1f, float eps = 1e-6f);

    /// <inheritdoc cref="TripletEuclideanSwap(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, int, float, float)" />
    [Loss(TripletEuclideanSwapFormula, Program = "TripletEuclideanSwapDoubleProgram")]
    public static partial double TripletEuclideanSwap(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> anchor, [Axes("n, d"), Differentiate] ReadOnlySpan<double> positive,
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> negative, int d, double margin = 1, double eps = 1e-6);

    private const string MarginRankingFormula = "mean(clamp(margin - target * (first - second), 0, inf))";

    /// <summary>Margin loss of pairs of scores: <c>mean(max(0, margin - y (a - b)))</c>; gradients by both.</summary>
    /// <param name="first">Scores of the first of each pair, of any shape, flat.</param>
    /// <param name="second">Scores of the second of each pair, as many.</param>
    /// <param name="target">1 where the first shall rank higher, -1 where the second shall; as many as there are pairs.</param>
    /// <param name="margin">By how much the higher score shall exceed the lower one.</param>
    /// <returns>The loss, in units of the scores.</returns>
    /// <remarks>
    /// <para>When to use: to learn an order from pairs.</para>
    /// <para>Conventions: the gradient at the kink is the one of its upper side, as in PyTorch: equal scores are moved apart even at a
    /// margin of 0.</para>
    /// <para>Source: Herbrich, Graepel and Obermayer, "Large Margin Rank Boundaries for Ordinal Regression", 2000; PyTorch's
    /// <c>margin_ranking_loss</c>.</para>
    /// </remarks>
    [Loss(MarginRankingFormula)]
    public static partial float MarginRanking(
        [Differentiate] ReadOnlySpan<float> first, [Differentiate] ReadOnlySpan<float> second, ReadOnlySpan<float> target,
        float margin = 0f);

    /// <inheritdoc cref="MarginRanking(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(MarginRankingFormula, Program = "MarginRankingDoubleProgram")]
    public static partial double MarginRanking(
        [Differentiate] ReadOnlySpan<double> first, [Differentiate] ReadOnlySpan<double> second, ReadOnlySpan<double> target,
        double margin = 0);

    private const string CosineProximityFormula =
        "-mean(sum[d](prediction * target) / (max(norm[d](prediction), eps) * max(norm[d](target), eps)))";

    /// <summary>Minus the cosine of the angle between prediction and target: <c>-mean(x y / (|x| |y|))</c>.</summary>
    /// <param name="prediction">Predicted vectors, <c>[n, d]</c>.</param>
    /// <param name="target">Target vectors, <c>[n, d]</c>.</param>
    /// <param name="d">Number of features: the length of a row.</param>
    /// <param name="eps">Floor of each length.</param>
    /// <returns>The loss, in -1 … 1; -1 where all directions agree.</returns>
    /// <remarks>
    /// <para>When to use: when the direction counts and the length does not.</para>
    /// <para>Conventions: a vector of length 0 has the cosine 0; below the floor a length has no gradient.</para>
    /// <para>Source: Keras' <c>CosineSimilarity</c>; minus the mean of PyTorch's <c>cosine_similarity</c>.</para>
    /// </remarks>
    [Loss(CosineProximityFormula)]
    public static partial float CosineProximity(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> prediction, [Axes("n, d")] ReadOnlySpan<float> target, int d, float eps = 1e-8f);

    /// <inheritdoc cref="CosineProximity(ReadOnlySpan{float}, ReadOnlySpan{float}, int, float)" />
    [Loss(CosineProximityFormula, Program = "CosineProximityDoubleProgram")]
    public static partial double CosineProximity(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> prediction, [Axes("n, d")] ReadOnlySpan<double> target, int d,
        double eps = 1e-8);

    private const string CosineEmbeddingFormula = """
        cosine = sum[d](first * second) / (sqrt(sum[d](first^2) + 1e-12) * sqrt(sum[d](second^2) + 1e-12));
        mean(target > 0 ? 1 - cosine : clamp(cosine - margin, 0, inf))
        """;

    /// <summary>Turns similar pairs to one direction and the others apart: the mean of <c>1 - cos</c> where the target is 1 and <c>max(0,
    /// cos - margin)</c> elsewhere; gradients by both.</summary>
    /// <param name="first">Embeddings of the first of each pair, <c>[n, d]</c>.</param>
    /// <param name="second">Embeddings of the second of each pair, <c>[n, d]</c>.</param>
    /// <param name="target">Whether each pair belongs together, <c>[n]</c>: 1 similar, -1 not.</param>
    /// <param name="margin">Cosine up to which a dissimilar pair is left alone, in -1 … 1.</param>
    /// <returns>The loss, in 0 … 2.</returns>
    /// <remarks>
    /// <para>When to use: for embeddings that are compared by their cosine.</para>
    /// <para>Conventions: the gradient at the kink is the one of its upper side, as in PyTorch.</para>
    /// <para>Source: PyTorch's <c>cosine_embedding_loss</c>, whose 1e-12 under the roots this is.</para>
    /// </remarks>
    [Loss(CosineEmbeddingFormula)]
    public static partial float CosineEmbedding(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> first, [Axes("n, d"), Differentiate] ReadOnlySpan<float> second,
        [Axes("n")] ReadOnlySpan<float> target, float margin = 0f);

    /// <inheritdoc cref="CosineEmbedding(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(CosineEmbeddingFormula, Program = "CosineEmbeddingDoubleProgram")]
    public static partial double CosineEmbedding(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> first, [Axes("n, d"), Differentiate] ReadOnlySpan<double> second,
        [Axes("n")] ReadOnlySpan<double> target, double margin = 0);

    private const string InfoNceFormula = """
        s = sum[d](anchor * candidate) / temperature;
        mean(logsumexp[m](s) - s[m: labels])
        """;

    /// <summary>Cross-entropy of picking the right candidate by similarity: <c>mean(logsumexp[m](s) - s[m: labels])</c> with <c>s = a b /
    /// temperature</c>; gradients by both.</summary>
    /// <param name="anchor">Embeddings of the anchors, <c>[n, d]</c>.</param>
    /// <param name="candidate">Embeddings to choose from, <c>[m, d]</c>.</param>
    /// <param name="labels">Which candidate belongs to each anchor, <c>[n]</c>, in 0 … m - 1; another value throws <see
    /// cref="ArgumentOutOfRangeException" />.</param>
    /// <param name="d">Number of features: the length of a row.</param>
    /// <param name="temperature">What the similarities are divided by, above 0.</param>
    /// <returns>The loss in nats; <c>log(m)</c> for similarities that say nothing.</returns>
    /// <remarks>
    /// <para>When to use: for contrastive learning with many negatives; usually on rows of length 1.</para>
    /// <para>Source: van den Oord, Li and Vinyals, "Representation Learning with Contrastive Predictive Coding", 2018; PyTorch's
    /// <c>cross_entropy</c> of the similarities.</para>
    /// </remarks>
    [Loss(InfoNceFormula)]
    public static partial float InfoNce(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> anchor, [Axes("m, d"), Differentiate] ReadOnlySpan<float> candidate,
        [Axes("n")] ReadOnlySpan<int> labels, int d, float temperature = 0.07f);

    /// <inheritdoc cref="InfoNce(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, int, float)" />
    [Loss(InfoNceFormula, Program = "InfoNceDoubleProgram")]
    public static partial double InfoNce(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> anchor, [Axes("m, d"), Differentiate] ReadOnlySpan<double> candidate,
        [Axes("n")] ReadOnlySpan<int> labels, int d, double temperature = 0.07);
}
