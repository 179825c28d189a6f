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
}
