namespace LossGen.Losses;

/// <summary>Losses of generative models: adversarial pairs, and variational autoencoders.</summary>
public static partial class GenerativeLosses
{
    private const string GanDiscriminatorFormula = "mean(softplus(-realLogits)) + mean(softplus(fakeLogits))";

    /// <summary>Cross-entropy of telling real samples from generated ones: <c>mean(softplus(-real)) + mean(softplus(fake))</c>; gradients
    /// by both.</summary>
    /// <param name="realLogits">Discriminator's scores before the sigmoid, of real samples, of any shape, flat.</param>
    /// <param name="fakeLogits">Discriminator's scores before the sigmoid, of generated samples, of any shape, flat.</param>
    /// <returns>The loss in nats; <c>2 log 2</c> for a discriminator that cannot tell.</returns>
    /// <remarks>
    /// <para>When to use: the discriminator's step of a classical adversarial pair.</para>
    /// <para>Conventions: the two may differ in number; each is averaged over its own.</para>
    /// <para>Source: Goodfellow et al., "Generative Adversarial Nets", 2014.</para>
    /// </remarks>
    [Loss(GanDiscriminatorFormula)]
    public static partial float GanDiscriminator(
        [Axes("r"), Differentiate] ReadOnlySpan<float> realLogits, [Axes("f"), Differentiate] ReadOnlySpan<float> fakeLogits);

    /// <inheritdoc cref="GanDiscriminator(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(GanDiscriminatorFormula, Program = "GanDiscriminatorDoubleProgram")]
    public static partial double GanDiscriminator(
        [Axes("r"), Differentiate] ReadOnlySpan<double> realLogits, [Axes("f"), Differentiate] ReadOnlySpan<double> fakeLogits);

    private const string GanGeneratorFormula = "-mean(softplus(fakeLogits))";

    /// <summary>The generator's side of the minimax game: <c>mean(log(1 - sigmoid(fake)))</c>, written
    /// <c>-mean(softplus(fake))</c>.</summary>
    /// <param name="fakeLogits">Discriminator's scores before the sigmoid, of generated samples, of any shape, flat.</param>
    /// <returns>The loss in nats, never positive.</returns>
    /// <remarks>
    /// <para>When to use: to follow the game as it was stated; its gradient fades where the discriminator is sure, so training uses
    /// <c>GanGeneratorNonSaturating</c>.</para>
    /// <para>Source: Goodfellow et al., "Generative Adversarial Nets", 2014.</para>
    /// </remarks>
    [Loss(GanGeneratorFormula)]
    public static partial float GanGenerator([Differentiate] ReadOnlySpan<float> fakeLogits);

    /// <inheritdoc cref="GanGenerator(ReadOnlySpan{float})" />
    [Loss(GanGeneratorFormula, Program = "GanGeneratorDoubleProgram")]
    public static partial double GanGenerator([Differentiate] ReadOnlySpan<double> fakeLogits);

    private const string GanGeneratorNonSaturatingFormula = "mean(softplus(-fakeLogits))";

    /// <summary>Cross-entropy of passing generated samples off as real: <c>mean(softplus(-fake))</c>.</summary>
    /// <param name="fakeLogits">Discriminator's scores before the sigmoid, of generated samples, of any shape, flat.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: the generator's step of a classical adversarial pair.</para>
    /// <para>Source: Goodfellow et al., "Generative Adversarial Nets", 2014, section 3.</para>
    /// </remarks>
    [Loss(GanGeneratorNonSaturatingFormula)]
    public static partial float GanGeneratorNonSaturating([Differentiate] ReadOnlySpan<float> fakeLogits);

    /// <inheritdoc cref="GanGeneratorNonSaturating(ReadOnlySpan{float})" />
    [Loss(GanGeneratorNonSaturatingFormula, Program = "GanGeneratorNonSaturatingDoubleProgram")]
    public static partial double GanGeneratorNonSaturating([Differentiate] ReadOnlySpan<double> fakeLogits);

    private const string LsGanDiscriminatorFormula = "0.5 * mean((realScores - 1)^2) + 0.5 * mean(fakeScores^2)";

    /// <summary>Least squares against 1 for real samples and 0 for generated ones: <c>mean((real - 1)^2) / 2 + mean(fake^2) / 2</c>;
    /// gradients by both.</summary>
    /// <param name="realScores">Discriminator's scores of real samples, of any shape, flat.</param>
    /// <param name="fakeScores">Discriminator's scores of generated samples, of any shape, flat.</param>
    /// <returns>The loss.</returns>
    /// <remarks>
    /// <para>When to use: the discriminator's step, when cross-entropy saturates.</para>
    /// <para>Source: Mao et al., "Least Squares Generative Adversarial Networks", 2017.</para>
    /// </remarks>
    [Loss(LsGanDiscriminatorFormula)]
    public static partial float LsGanDiscriminator(
        [Axes("r"), Differentiate] ReadOnlySpan<float> realScores, [Axes("f"), Differentiate] ReadOnlySpan<float> fakeScores);

    /// <inheritdoc cref="LsGanDiscriminator(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(LsGanDiscriminatorFormula, Program = "LsGanDiscriminatorDoubleProgram")]
    public static partial double LsGanDiscriminator(
        [Axes("r"), Differentiate] ReadOnlySpan<double> realScores, [Axes("f"), Differentiate] ReadOnlySpan<double> fakeScores);

    private const string LsGanGeneratorFormula = "0.5 * mean((fakeScores - 1)^2)";

    /// <summary>Least squares of generated samples against 1: <c>mean((fake - 1)^2) / 2</c>.</summary>
    /// <param name="fakeScores">Discriminator's scores of generated samples, of any shape, flat.</param>
    /// <returns>The loss.</returns>
    /// <remarks>
    /// <para>When to use: the generator's step beside <c>LsGanDiscriminator</c>.</para>
    /// <para>Source: Mao et al., "Least Squares Generative Adversarial Networks", 2017.</para>
    /// </remarks>
    [Loss(LsGanGeneratorFormula)]
    public static partial float LsGanGenerator([Differentiate] ReadOnlySpan<float> fakeScores);

    /// <inheritdoc cref="LsGanGenerator(ReadOnlySpan{float})" />
    [Loss(LsGanGeneratorFormula, Program = "LsGanGeneratorDoubleProgram")]
    public static partial double LsGanGenerator([Differentiate] ReadOnlySpan<double> fakeScores);

    private const string WassersteinCriticFormula = "mean(fakeScores) - mean(realScores)";

    /// <summary>Minus the distance between the two sides as the critic measures it: <c>mean(fake) - mean(real)</c>; gradients by
    /// both.</summary>
    /// <param name="realScores">Critic's scores of real samples, of any shape, flat.</param>
    /// <param name="fakeScores">Critic's scores of generated samples, of any shape, flat.</param>
    /// <returns>The loss, in units of the critic; it has no lower bound, the critic must be held to slope 1.</returns>
    /// <remarks>
    /// <para>When to use: the critic's step, with <c>GradientPenalty</c> or clipped weights.</para>
    /// <para>Source: Arjovsky, Chintala and Bottou, "Wasserstein Generative Adversarial Networks", 2017.</para>
    /// </remarks>
    [Loss(WassersteinCriticFormula)]
    public static partial float WassersteinCritic(
        [Axes("r"), Differentiate] ReadOnlySpan<float> realScores, [Axes("f"), Differentiate] ReadOnlySpan<float> fakeScores);

    /// <inheritdoc cref="WassersteinCritic(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(WassersteinCriticFormula, Program = "WassersteinCriticDoubleProgram")]
    public static partial double WassersteinCritic(
        [Axes("r"), Differentiate] ReadOnlySpan<double> realScores, [Axes("f"), Differentiate] ReadOnlySpan<double> fakeScores);

    private const string WassersteinGeneratorFormula = "-mean(fakeScores)";

    /// <summary>Minus the critic's mean score of generated samples: <c>-mean(fake)</c>.</summary>
    /// <param name="fakeScores">Critic's scores of generated samples, of any shape, flat.</param>
    /// <returns>The loss, in units of the critic.</returns>
    /// <remarks>
    /// <para>When to use: the generator's step beside <c>WassersteinCritic</c>.</para>
    /// <para>Source: Arjovsky, Chintala and Bottou, "Wasserstein Generative Adversarial Networks", 2017.</para>
    /// </remarks>
    [Loss(WassersteinGeneratorFormula)]
    public static partial float WassersteinGenerator([Differentiate] ReadOnlySpan<float> fakeScores);

    /// <inheritdoc cref="WassersteinGenerator(ReadOnlySpan{float})" />
    [Loss(WassersteinGeneratorFormula, Program = "WassersteinGeneratorDoubleProgram")]
    public static partial double WassersteinGenerator([Differentiate] ReadOnlySpan<double> fakeScores);

    private const string GradientPenaltyFormula = "lambda * mean((norm[d](gradients) - 1)^2)";

    /// <summary>Penalty that holds a critic to slope 1: <c>lambda mean((|g| - 1)^2)</c>.</summary>
    /// <param name="gradients">The critic's gradients by its inputs, <c>[n, d]</c>: one row for each input.</param>
    /// <param name="d">Number of inputs of the critic: the length of a row.</param>
    /// <param name="lambda">Strength of the penalty.</param>
    /// <returns>The penalty.</returns>
    /// <remarks>
    /// <para>When to use: beside <c>WassersteinCritic</c>, at points between real and generated samples.</para>
    /// <para>Conventions: the gradient is by the given slopes; a slope of length 0 has the gradient 0.</para>
    /// <para>Source: Gulrajani et al., "Improved Training of Wasserstein GANs", 2017.</para>
    /// </remarks>
    [Loss(GradientPenaltyFormula)]
    public static partial float GradientPenalty([Axes("n, d"), Differentiate] ReadOnlySpan<float> gradients, int d, float lambda = 10f);

    /// <inheritdoc cref="GradientPenalty(ReadOnlySpan{float}, int, float)" />
    [Loss(GradientPenaltyFormula, Program = "GradientPenaltyDoubleProgram")]
    public static partial double GradientPenalty([Axes("n, d"), Differentiate] ReadOnlySpan<double> gradients, int d, double lambda = 10);
}
