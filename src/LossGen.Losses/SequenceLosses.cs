namespace LossGen.Losses;

/// <summary>Losses of sequences along the axis <c>t</c> that sum over all ways to label them.</summary>
public static partial class SequenceLosses
{
    private const string LinearChainCrfFormula = """
        alpha = scan[t](emissions, prev => logsumexp[k](prev[c: k] + transitions) + emissions);
        path = sum[t](emissions[c: labels]) + sum[t](transitions[k: labels[t: t - 1], c: labels]);
        mean(logsumexp[c](alpha[t: size(t) - 1]) - path)
        """;

    /// <summary>Negative log-likelihood of a sequence of labels whose score is the sum of its emissions and transitions; gradients by
    /// both.</summary>
    /// <param name="emissions">Score of each label at each step, <c>[n, t, c]</c>.</param>
    /// <param name="transitions">Score of each step from a label to the next one, <c>[k, c]</c>: row the one before, column the one
    /// after.</param>
    /// <param name="labels">The right labels, <c>[n, t]</c>, each in 0 … c - 1.</param>
    /// <param name="t">Number of steps, from 1.</param>
    /// <returns>The loss in nats, the mean over the sequences.</returns>
    /// <remarks>
    /// <para>When to use: to label each step of a sequence where neighbouring labels depend on each other, as in tagging words.</para>
    /// <para>Conventions: no scores of starting and ending labels; add them to the emissions of the first and the last step.</para>
    /// <para>Source: Lafferty, McCallum and Pereira, "Conditional Random Fields: Probabilistic Models for Segmenting and Labeling Sequence
    /// Data", 2001.</para>
    /// </remarks>
    [Loss(LinearChainCrfFormula)]
    public static partial float LinearChainCrf(
        [Axes("n, t, c"), Differentiate] ReadOnlySpan<float> emissions, [Axes("k = c, c"), Differentiate] ReadOnlySpan<float> transitions,
        [Axes("n, t")] ReadOnlySpan<int> labels, int t);

    /// <inheritdoc cref="LinearChainCrf(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, int)" />
    [Loss(LinearChainCrfFormula, Program = "LinearChainCrfDoubleProgram")]
    public static partial double LinearChainCrf(
        [Axes("n, t, c"), Differentiate] ReadOnlySpan<double> emissions, [Axes("k = c, c"), Differentiate] ReadOnlySpan<double> transitions,
        [Axes("n, t")] ReadOnlySpan<int> labels, int t);
}
