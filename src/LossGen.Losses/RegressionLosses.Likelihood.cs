namespace LossGen.Losses;

/// <content>Negative log-likelihoods of counts and of values with an uncertainty of their own.</content>
public static partial class RegressionLosses
{
    private const string PoissonFormula = """
        stirling = target > 1 ? target * log(target) - target + 0.5 * log(2 * pi * target) : 0;
        mean(prediction - target * log(prediction + eps) + (full ? stirling : 0))
        """;

    /// <summary>Negative log-likelihood of counts: <c>mean(prediction - target log(prediction + eps))</c>.</summary>
    /// <param name="prediction">Predicted rates, 0 or more, of any shape, flat.</param>
    /// <param name="target">Observed counts, as many as there are rates.</param>
    /// <param name="full">Whether to add Stirling's approximation of <c>log(target!)</c>, for targets above 1.</param>
    /// <param name="eps">Added to the rate inside the logarithm, so that a rate of 0 has a finite loss.</param>
    /// <returns>The loss in nats, up to terms of the target alone.</returns>
    /// <remarks>
    /// <para>When to use: for counts, when the model predicts the rate itself; where it can predict the logarithm, <c>PoissonLog</c> is the
    /// safer form.</para>
    /// <para>Conventions: the approximated term has no gradient.</para>
    /// <para>Source: PyTorch's <c>poisson_nll_loss</c> with <c>log_input=False</c>.</para>
    /// </remarks>
    [Loss(PoissonFormula)]
    public static partial float Poisson(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, bool full = false, float eps = 1e-8f);

    /// <inheritdoc cref="Poisson(ReadOnlySpan{float}, ReadOnlySpan{float}, bool, float)" />
    [Loss(PoissonFormula, Program = "PoissonDoubleProgram")]
    public static partial double Poisson(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, bool full = false, double eps = 1e-8);

    private const string PoissonLogFormula = """
        stirling = target > 1 ? target * log(target) - target + 0.5 * log(2 * pi * target) : 0;
        mean(exp(prediction) - target * prediction + (full ? stirling : 0))
        """;

    /// <summary>Negative log-likelihood of counts under predicted log-rates: <c>mean(exp(prediction) - target prediction)</c>.</summary>
    /// <param name="prediction">Logarithms of the predicted rates, of any shape, flat.</param>
    /// <param name="target">Observed counts, as many as there are rates.</param>
    /// <param name="full">Whether to add Stirling's approximation of <c>log(target!)</c>, for targets above 1.</param>
    /// <returns>The loss in nats, up to terms of the target alone.</returns>
    /// <remarks>
    /// <para>When to use: for counts; every real prediction is a valid rate.</para>
    /// <para>Conventions: the approximated term has no gradient.</para>
    /// <para>Gradient: <c>(exp(prediction) - target) / n</c>.</para>
    /// <para>Source: PyTorch's <c>poisson_nll_loss</c>.</para>
    /// </remarks>
    [Loss(PoissonLogFormula)]
    public static partial float PoissonLog([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, bool full = false);

    /// <inheritdoc cref="PoissonLog(ReadOnlySpan{float}, ReadOnlySpan{float}, bool)" />
    [Loss(PoissonLogFormula, Program = "PoissonLogDoubleProgram")]
    public static partial double PoissonLog(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, bool full = false);

    // The floor without its derivative: v has the value of max(variance, eps) and the gradient of variance.
    private const string GaussianNllFormula = """
        v = detach(max(variance, eps)) + (variance - detach(variance));
        mean(0.5 * (log(v) + (prediction - target)^2 / v)) + (full ? 0.5 * log(2 * pi) : 0)
        """;

    /// <summary>Negative log-likelihood of normal distributions: <c>mean(log(v) + (prediction - target)^2 / v) / 2</c> with <c>v =
    /// max(variance, eps)</c>; gradients by mean and variance.</summary>
    /// <param name="prediction">Predicted means, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <param name="variance">Predicted variances, one for each mean, in squared units of the target; 0 or more.</param>
    /// <param name="full">Whether to add the constant <c>log(2 pi) / 2</c>.</param>
    /// <param name="eps">Floor of the variance, in squared units of the target.</param>
    /// <returns>The loss in nats; without <paramref name="full" /> up to a constant.</returns>
    /// <remarks>
    /// <para>When to use: when the noise differs from sample to sample and the model shall say how much.</para>
    /// <para>Conventions: the gradient passes the floor as if it were not there, so that a variance below it can come back.</para>
    /// <para>Source: Nix and Weigend, "Estimating the Mean and Variance of the Target Probability Distribution", 1994; PyTorch's
    /// <c>gaussian_nll_loss</c>.</para>
    /// </remarks>
    [Loss(GaussianNllFormula)]
    public static partial float GaussianNll(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, [Differentiate] ReadOnlySpan<float> variance,
        bool full = false, float eps = 1e-6f);

    /// <inheritdoc cref="GaussianNll(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, bool, float)" />
    [Loss(GaussianNllFormula, Program = "GaussianNllDoubleProgram")]
    public static partial double GaussianNll(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, [Differentiate] ReadOnlySpan<double> variance,
        bool full = false, double eps = 1e-6);
}
