using LossGen;

/// <summary>Losses with 16 bits in memory, which the catalogue leaves to whoever needs them.</summary>
public static partial class HalfLosses
{
    /// <summary>Softmax cross-entropy of logits that are declared <see cref="Half"/>; on a device they may be bfloat16.</summary>
    /// <param name="logits">A row of logits for each sample, <c>[n, c]</c>.</param>
    /// <param name="labels">The class of each sample, <c>[n]</c>.</param>
    /// <returns>The mean over samples, in nats.</returns>
    [Loss("-mean(log_softmax[c](logits)[c: labels])")]
    public static partial float CrossEntropy([Axes("n, c")] ReadOnlySpan<Half> logits, [Axes("n")] ReadOnlySpan<int> labels);
}
