using LossGen;

namespace Digits.Classification;

/// <summary>The loss that the classifier is trained on; LossGen writes its body and its gradient.</summary>
public static partial class DigitLoss
{
    /// <summary>Label-smoothed cross-entropy, plus a focal term that counts the digits which are still unsure.</summary>
    /// <param name="z">Scores, <c>[n, c]</c>: a row of ten for each image.</param>
    /// <param name="label">The digit of each image, <c>[n]</c>.</param>
    /// <param name="cross">Receives the cross-entropy against the smoothed labels, in nats.</param>
    /// <param name="focal">Receives the focal term, before it is weighted.</param>
    /// <param name="smoothing">The share of a label that is spread over all classes.</param>
    /// <param name="gamma">How much less a digit counts that is recognised already.</param>
    /// <param name="weight">How much the focal term counts.</param>
    /// <returns>The weighted sum of both parts.</returns>
    /// <remarks>Sources: Szegedy et al., "Rethinking the inception architecture", 2016; Lin et al., "Focal loss", 2017.</remarks>
    [Loss("""
        logp  = log_softmax[c](z);
        y     = (c == label ? 1 - smoothing : 0) + smoothing / size(c);   // the smoothed label, never stored
        cross = -mean[n](sum[c](y * logp));
        logt  = logp[c: label];                                           // log-probability of the right digit
        focal = -mean((1 - exp(logt))^gamma * logt);
        cross + weight * focal
        """)]
    public static partial float SmoothedFocal(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> z, [Axes("n")] ReadOnlySpan<int> label, out float cross, out float focal,
        float smoothing, float gamma, float weight);
}
