namespace LossGen.Losses;

/// <content>The terms of the divergences, one for each probability.</content>
public static partial class DivergenceLosses
{
    private const string KullbackLeiblerElementsFormula = "xlogy(target, target) - xlogy(target, prediction)";

    /// <summary>Terms of the divergence of the prediction from the target: <c>t log(t) - t log(p)</c>, with <c>0 log 0 = 0</c>.</summary>
    /// <param name="prediction">Predicted probabilities, of any shape, flat.</param>
    /// <param name="target">Target probabilities, as many as there are predictions.</param>
    /// <param name="losses">Receives the term of each probability, as many as there are predictions, in nats; their sum along the classes
    /// is the divergence. A term alone may be negative.</param>
    /// <remarks>
    /// <para>When to use: to sum the divergence over axes of one's own, or to mask parts of it.</para>
    /// <para>Conventions: where the target is 0 the gradient is 0.</para>
    /// <para>Gradient: <c>-t / p</c>.</para>
    /// <para>Source: PyTorch's <c>kl_div</c> with <c>reduction='none'</c> (which takes log-probabilities).</para>
    /// </remarks>
    [Loss(KullbackLeiblerElementsFormula)]
    public static partial void KullbackLeiblerElements(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> losses);

    /// <inheritdoc cref="KullbackLeiblerElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})" />
    [Loss(KullbackLeiblerElementsFormula, Program = "KullbackLeiblerElementsDoubleProgram")]
    public static partial void KullbackLeiblerElements(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, Span<double> losses);

    private const string KullbackLeiblerLogTargetElementsFormula = "target > -inf ? exp(target) * (target - prediction) : 0";

    /// <summary>Terms of the divergence of the prediction from the target, both given by logarithms: <c>exp(t) (t - p)</c>.</summary>
    /// <param name="prediction">Logarithms of the predicted probabilities, of any shape, flat.</param>
    /// <param name="target">Logarithms of the target probabilities, as many as there are predictions.</param>
    /// <param name="losses">Receives the term of each probability, as many as there are predictions, in nats; their sum along the classes
    /// is the divergence.</param>
    /// <remarks>
    /// <para>When to use: when both come out of <c>log_softmax</c>, and the divergence is summed or masked by the caller.</para>
    /// <para>Conventions: a target of minus infinity, a probability of 0, contributes nothing.</para>
    /// <para>Gradient: <c>-exp(t)</c>.</para>
    /// <para>Source: PyTorch's <c>kl_div</c> with <c>log_target</c> and <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(KullbackLeiblerLogTargetElementsFormula)]
    public static partial void KullbackLeiblerLogTargetElements(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> losses);

    /// <inheritdoc cref="KullbackLeiblerLogTargetElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})" />
    [Loss(KullbackLeiblerLogTargetElementsFormula, Program = "KullbackLeiblerLogTargetElementsDoubleProgram")]
    public static partial void KullbackLeiblerLogTargetElements(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, Span<double> losses);
}
