namespace LossGen.Losses;

/// <content>Losses of variational autoencoders.</content>
public static partial class GenerativeLosses
{
    private const string VaeKlFormula = "0.5 * mean[n](sum[d](mean^2 + (expm1(logVariance) - logVariance)))";

    /// <summary>Divergence of the latent distributions from the standard normal one: <c>mean[n](sum[d](mean^2 + exp(v) - 1 - v)) / 2</c>
    /// with <c>v</c> the log-variance; gradients by both.</summary>
    /// <param name="mean">Means of the latent normal distributions, <c>[n, d]</c>.</param>
    /// <param name="logVariance">Logarithms of their variances, <c>[n, d]</c>.</param>
    /// <param name="d">Number of latent dimensions: the length of a row.</param>
    /// <returns>The divergence in nats.</returns>
    /// <remarks>
    /// <para>When to use: beside a reconstruction loss of your own.</para>
    /// <para>Source: Kingma and Welling, "Auto-Encoding Variational Bayes", 2014, appendix B.</para>
    /// </remarks>
    [Loss(VaeKlFormula)]
    public static partial float VaeKl(
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> mean, [Axes("n, d"), Differentiate] ReadOnlySpan<float> logVariance, int d);

    /// <inheritdoc cref="VaeKl(ReadOnlySpan{float}, ReadOnlySpan{float}, int)" />
    [Loss(VaeKlFormula, Program = "VaeKlDoubleProgram")]
    public static partial double VaeKl(
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> mean, [Axes("n, d"), Differentiate] ReadOnlySpan<double> logVariance, int d);

    private const string VaeElboFormula = """
        reconstruction = mean[n](sum[x](target * softplus(-logits) + (1 - target) * softplus(logits)));
        divergence = VaeKl(mean, logVariance);
        reconstruction + beta * divergence
        """;

    /// <summary>Negative evidence lower bound of an autoencoder of 0/1 values: cross-entropy of the reconstruction plus <c>beta</c> times
    /// the divergence of the latent distributions, both summed over a sample and averaged over the samples; gradients by scores, means and
    /// log-variances.</summary>
    /// <param name="logits">Scores of the reconstructed values before the sigmoid, <c>[n, x]</c>.</param>
    /// <param name="target">The values to be reconstructed, <c>[n, x]</c>, in 0 … 1.</param>
    /// <param name="mean">Means of the latent normal distributions, <c>[n, d]</c>.</param>
    /// <param name="logVariance">Logarithms of their variances, <c>[n, d]</c>.</param>
    /// <param name="n">Number of samples.</param>
    /// <param name="reconstruction">Receives the cross-entropy of the reconstruction, in nats a sample.</param>
    /// <param name="divergence">Receives the divergence of the latent distributions, in nats a sample, before it is weighted.</param>
    /// <param name="beta">Weight of the divergence; 1 makes the loss the negative evidence lower bound.</param>
    /// <returns>The loss in nats a sample.</returns>
    /// <remarks>
    /// <para>When to use: to train a variational autoencoder in one call.</para>
    /// <para>Source: Kingma and Welling, "Auto-Encoding Variational Bayes", 2014; with <c>beta</c>, Higgins et al., "beta-VAE",
    /// 2017.</para>
    /// </remarks>
    [Loss(VaeElboFormula)]
    public static partial float VaeElbo(
        [Axes("n, x"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, x")] ReadOnlySpan<float> target,
        [Axes("n, d"), Differentiate] ReadOnlySpan<float> mean, [Axes("n, d"), Differentiate] ReadOnlySpan<float> logVariance, int n,
        out float reconstruction, out float divergence, float beta = 1f);

    /// <inheritdoc cref="VaeElbo(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, int, out float, out
    /// float, float)" />
    [Loss(VaeElboFormula, Program = "VaeElboDoubleProgram")]
    public static partial double VaeElbo(
        [Axes("n, x"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, x")] ReadOnlySpan<double> target,
        [Axes("n, d"), Differentiate] ReadOnlySpan<double> mean, [Axes("n, d"), Differentiate] ReadOnlySpan<double> logVariance, int n,
        out double reconstruction, out double divergence, double beta = 1);
}
