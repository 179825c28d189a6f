namespace LossGen.Losses;

/// <content>Distances of similar pairs kept small, those of others above a margin.</content>
public static partial class MetricLosses
{
    private const string HingeEmbeddingFormula = "mean(target > 0 ? distance : clamp(margin - distance, 0, inf))";

    /// <summary>The distance of similar pairs and <c>max(0, margin - distance)</c> of the others, in the mean.</summary>
    /// <param name="distance">Distance of each pair, of any shape, flat.</param>
    /// <param name="target">Whether each pair belongs together: 1 similar, -1 not.</param>
    /// <param name="margin">Distance beyond which a dissimilar pair is left alone.</param>
    /// <returns>The loss, in units of the distance.</returns>
    /// <remarks>
    /// <para>When to use: for pairs known to be alike or not, by a distance of any kind.</para>
    /// <para>Conventions: the gradient at the kink is the one of its upper side, as in PyTorch.</para>
    /// <para>Source: PyTorch's <c>hinge_embedding_loss</c>.</para>
    /// </remarks>
    [Loss(HingeEmbeddingFormula)]
    public static partial float HingeEmbedding([Differentiate] ReadOnlySpan<float> distance, ReadOnlySpan<float> target, float margin = 1f);

    /// <inheritdoc cref="HingeEmbedding(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(HingeEmbeddingFormula, Program = "HingeEmbeddingDoubleProgram")]
    public static partial double HingeEmbedding(
        [Differentiate] ReadOnlySpan<double> distance, ReadOnlySpan<double> target, double margin = 1);

    private const string HingeEmbeddingElementsFormula = "target > 0 ? distance : clamp(margin - distance, 0, inf)";

    /// <summary>The distance of each similar pair, and <c>max(0, margin - distance)</c> of each other one.</summary>
    /// <param name="distance">Distance of each pair, of any shape, flat.</param>
    /// <param name="target">Whether each pair belongs together: 1 similar, -1 not.</param>
    /// <param name="losses">Receives the loss of each pair, as many as there are distances, in units of the distance.</param>
    /// <param name="margin">Distance beyond which a dissimilar pair is left alone.</param>
    /// <remarks>
    /// <para>When to use: to weight pairs, or to mine those within the margin.</para>
    /// <para>Conventions: the gradient at the kink is the one of its upper side, as in PyTorch.</para>
    /// <para>Source: PyTorch's <c>hinge_embedding_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(HingeEmbeddingElementsFormula)]
    public static partial void HingeEmbeddingElements(
        [Differentiate] ReadOnlySpan<float> distance, ReadOnlySpan<float> target, Span<float> losses, float margin = 1f);

    /// <inheritdoc cref="HingeEmbeddingElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, float)" />
    [Loss(HingeEmbeddingElementsFormula, Program = "HingeEmbeddingElementsDoubleProgram")]
    public static partial void HingeEmbeddingElements(
        [Differentiate] ReadOnlySpan<double> distance, ReadOnlySpan<double> target, Span<double> losses, double margin = 1);
}
