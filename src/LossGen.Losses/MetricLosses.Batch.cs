namespace LossGen.Losses;

public static partial class MetricLosses
{
    private const string NtXentFormula = """
        axis m = size(n);
        p = first / max(norm[d](first), 1e-8);
        q = second / max(norm[d](second), 1e-8);
        pq = sum[d](p * q[n: m]) / temperature;
        qp = sum[d](q * p[n: m]) / temperature;
        pp = n == m ? -inf : sum[d](p * p[n: m]) / temperature;
        qq = n == m ? -inf : sum[d](q * q[n: m]) / temperature;
        all = logaddexp(logsumexp[m](pp), logsumexp[m](pq)) + logaddexp(logsumexp[m](qq), logsumexp[m](qp));
        mean(all / 2 - sum[d](p * q) / temperature)
        """;

    /// <summary>Cross-entropy of finding a sample's other view among all views of the batch, by cosine; gradients by both.</summary>
    /// <param name="first">Embeddings of one view of each sample, <c>[n, d]</c>, of any length.</param>
    /// <param name="second">Embeddings of another view of each sample, <c>[n, d]</c>.</param>
    /// <param name="d">Number of features: the length of a row.</param>
    /// <param name="temperature">What the cosines are divided by, above 0.</param>
    /// <returns>The loss in nats, the mean over all <c>2 n</c> views.</returns>
    /// <remarks>
    /// <para>When to use: to learn from two augmented views of each sample, without labels.</para>
    /// <para>Conventions: a view is compared with all others but itself; a vector of length 0 has the cosine 0.</para>
    /// <para>Source: Chen, Kornblith, Norouzi and Hinton, "A Simple Framework for Contrastive Learning of Visual Representations",
    /// 2020.</para>
    /// </remarks>
    [Loss(NtXentFormula)]
    public static partial float NtXent(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> first, [Axes("n, d"), Differentiate] ReadOnlySpan<float> second, int d,
        float temperature = 0.5f);

    /// <inheritdoc cref="NtXent(ReadOnlySpan{float}, ReadOnlySpan{float}, int, float)" />
    [Loss(NtXentFormula, Program = "NtXentDoubleProgram")]
    public static partial double NtXent(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> first, [Axes("n, d"), Differentiate] ReadOnlySpan<double> second, int d,
        double temperature = 0.5);

    private const string ClipFormula = """
        axis m = size(n);
        s = sum[d](image * text[n: m]) / temperature;
        (mean(logsumexp[m](s)) + mean(logsumexp[n](s))) / 2 - mean(sum[d](image * text)) / temperature
        """;

    /// <summary>Cross-entropies of finding each image's text among all texts and each text's image among all images, in the mean;
    /// gradients by both and by the temperature.</summary>
    /// <param name="image">Embeddings of the images, <c>[n, d]</c>, usually of length 1.</param>
    /// <param name="text">Embeddings of their texts, <c>[n, d]</c>, usually of length 1.</param>
    /// <param name="d">Number of features: the length of a row.</param>
    /// <param name="temperature">What the inner products are divided by, above 0; learned.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: to bring two kinds of data into one space by pairs.</para>
    /// <para>Conventions: rows are taken as they are; divide them by their length beforehand, in the same formula if you like.</para>
    /// <para>Source: Radford et al., "Learning Transferable Visual Models from Natural Language Supervision", 2021.</para>
    /// </remarks>
    [Loss(ClipFormula)]
    public static partial float Clip(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> image, [Axes("n, d"), Differentiate] ReadOnlySpan<float> text, int d,
        [Differentiate] float temperature = 0.07f);

    /// <inheritdoc cref="Clip(ReadOnlySpan{float}, ReadOnlySpan{float}, int, float)" />
    [Loss(ClipFormula, Program = "ClipDoubleProgram")]
    public static partial double Clip(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> image, [Axes("n, d"), Differentiate] ReadOnlySpan<double> text, int d,
        [Differentiate] double temperature = 0.07);
}
