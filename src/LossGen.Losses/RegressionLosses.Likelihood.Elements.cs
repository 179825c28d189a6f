namespace LossGen.Losses;

/// <content>Negative log-likelihoods of each count or value.</content>
public static partial class RegressionLosses
{
    private const string PoissonElementsFormula = """
        stirling = target > 1 ? target * log(target) - target + 0.5 * log(2 * pi * target) : 0;
        prediction - target * log(prediction + eps) + (full ? stirling : 0)
        """;

    /// <summary>Negative log-likelihood of each count: <c>prediction - target log(prediction + eps)</c>.</summary>
    /// <param name="prediction">Predicted rates, 0 or more, of any shape, flat.</param>
    /// <param name="target">Observed counts, as many as there are rates.</param>
    /// <param name="losses">Receives the loss of each count, as many as there are rates, in nats, up to terms of the target alone.</param>
    /// <param name="full">Whether to add Stirling's approximation of <c>log(target!)</c>, for targets above 1.</param>
    /// <param name="eps">Added to the rate inside the logarithm, so that a rate of 0 has a finite loss.</param>
    /// <remarks>
    /// <para>When to use: where each count's own loss is needed, as for exposures that weight it.</para>
    /// <para>Conventions: the approximated term has no gradient.</para>
    /// <para>Source: PyTorch's <c>poisson_nll_loss</c> with <c>log_input=False</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(PoissonElementsFormula)]
    public static partial void PoissonElements(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> losses, bool full = false,
        float eps = 1e-8f);

    /// <inheritdoc cref="PoissonElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, bool, float)" />
    [Loss(PoissonElementsFormula, Program = "PoissonElementsDoubleProgram")]
    public static partial void PoissonElements(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, Span<double> losses, bool full = false,
        double eps = 1e-08);

    private const string PoissonLogElementsFormula = """
        stirling = target > 1 ? target * log(target) - target + 0.5 * log(2 * pi * target) : 0;
        exp(prediction) - target * prediction + (full ? stirling : 0)
        """;

    /// <summary>Negative log-likelihood of each count under a predicted log-rate: <c>exp(prediction) - target prediction</c>.</summary>
    /// <param name="prediction">Logarithms of the predicted rates, of any shape, flat.</param>
    /// <param name="target">Observed counts, as many as there are rates.</param>
    /// <param name="losses">Receives the loss of each count, as many as there are rates, in nats, up to terms of the target alone.</param>
    /// <param name="full">Whether to add Stirling's approximation of <c>log(target!)</c>, for targets above 1.</param>
    /// <remarks>
    /// <para>When to use: where each count's own loss is needed; every real prediction is a valid rate.</para>
    /// <para>Conventions: the approximated term has no gradient.</para>
    /// <para>Gradient: <c>exp(prediction) - target</c>.</para>
    /// <para>Source: PyTorch's <c>poisson_nll_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(PoissonLogElementsFormula)]
    public static partial void PoissonLogElements(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> losses, bool full = false);

    /// <inheritdoc cref="PoissonLogElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, bool)" />
    [Loss(PoissonLogElementsFormula, Program = "PoissonLogElementsDoubleProgram")]
    public static partial void PoissonLogElements(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, Span<double> losses, bool full = false);

    private const string GaussianNllElementsFormula = """
        v = detach(max(variance, eps)) + (variance - detach(variance));
        0.5 * (log(v) + (prediction - target)^2 / v) + (full ? 0.5 * log(2 * pi) : 0)
        """;

    /// <summary>Negative log-likelihood of each value under a normal distribution of its own: <c>(log(v) + (prediction - target)^2 / v) /
    /// 2</c> with <c>v = max(variance, eps)</c>; gradients by mean and variance.</summary>
    /// <param name="prediction">Predicted means, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <param name="variance">Predicted variances, one for each mean, in squared units of the target; 0 or more.</param>
    /// <param name="losses">Receives the loss of each value, as many as there are predictions, in nats; without <paramref name="full" /> up
    /// to a constant.</param>
    /// <param name="full">Whether to add the constant <c>log(2 pi) / 2</c>.</param>
    /// <param name="eps">Floor of the variance, in squared units of the target.</param>
    /// <remarks>
    /// <para>When to use: to see which values the model finds unlikely, or to weight them.</para>
    /// <para>Conventions: the gradient passes the floor as if it were not there, as in <c>GaussianNll</c>.</para>
    /// <para>Source: PyTorch's <c>gaussian_nll_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(GaussianNllElementsFormula)]
    public static partial void GaussianNllElements(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, [Differentiate] ReadOnlySpan<float> variance,
        Span<float> losses, bool full = false, float eps = 1e-6f);

    /// <inheritdoc cref="GaussianNllElements(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, bool, float)" />
    [Loss(GaussianNllElementsFormula, Program = "GaussianNllElementsDoubleProgram")]
    public static partial void GaussianNllElements(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, [Differentiate] ReadOnlySpan<double> variance,
        Span<double> losses, bool full = false, double eps = 1e-06);
}
