namespace LossGen.Losses;

/// <summary>Divergences between distributions along the axis <c>c</c>, averaged over the axis <c>n</c>.</summary>
public static partial class DivergenceLosses
{
    private const string KullbackLeiblerFormula = "mean[n](sum[c](xlogy(target, target) - xlogy(target, prediction)))";

    /// <summary>Divergence of the prediction from the target: <c>mean[n](sum[c](t log(t) - t log(p)))</c>, with
    /// <c>0 log 0 = 0</c>.</summary>
    /// <param name="prediction">Predicted probabilities, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="target">Target probabilities, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="c">Number of classes: the length of a row.</param>
    /// <returns>The divergence in nats; infinite where the prediction is 0 and the target is not.</returns>
    /// <remarks>Where the target is 0 the gradient is 0. Source: Kullback and Leibler, "On Information and Sufficiency", 1951; PyTorch's
    /// <c>kl_div</c> with <c>batchmean</c> (which takes log-probabilities).</remarks>
    [Loss(KullbackLeiblerFormula)]
    public static partial float KullbackLeibler(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> prediction, [Axes("n, c")] ReadOnlySpan<float> target, int c);

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{float}, ReadOnlySpan{float}, int)" />
    [Loss(KullbackLeiblerFormula, Program = "KullbackLeiblerDoubleProgram")]
    public static partial double KullbackLeibler(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> prediction, [Axes("n, c")] ReadOnlySpan<double> target, int c);
}
