namespace LossGen.Losses;

/// <content>Temporal classification of each sequence, instead of their mean.</content>
public static partial class SequenceLosses
{
    private const string CtcElementsFormula = CtcLikelihood + "zeroInfinity && nll == inf ? 0 : nll";

    /// <summary>Negative log-likelihood of each sequence's labels without their times: of all sequences of labels and blanks that give them
    /// when repeats are merged and blanks left out; from logits.</summary>
    /// <param name="logits">Scores of each class at each step, <c>[n, t, c]</c>; log_softmax is taken of them.</param>
    /// <param name="labels">The right labels, <c>[n, s]</c>, each in 0 … c - 1 and not the blank; what stands behind a sequence's own
    /// length is not read.</param>
    /// <param name="inputLengths">Number of steps of each sequence, <c>[n]</c>, in 1 … t.</param>
    /// <param name="labelLengths">Number of labels of each sequence, <c>[n]</c>, in 0 … s.</param>
    /// <param name="losses">Receives the loss of each sequence, <c>[n]</c>, in nats, not divided by its labels.</param>
    /// <param name="c">Number of classes, with the blank.</param>
    /// <param name="blank">The class that stands for no label.</param>
    /// <param name="zeroInfinity">Whether a sequence too short for its labels has the loss 0 instead of infinity.</param>
    /// <remarks>
    /// <para>When to use: to weight sequences, or to divide their losses in another way than <c>Ctc</c>.</para>
    /// <para>Conventions: as <c>Ctc</c>; a sequence too short for its labels has the loss infinity and the gradient 0.</para>
    /// <para>Source: PyTorch's <c>ctc_loss</c> with <c>reduction='none'</c>, of <c>log_softmax</c>.</para>
    /// </remarks>
    [Loss(CtcElementsFormula)]
    public static partial void CtcElements(
        [Axes("n, t, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, s")] ReadOnlySpan<int> labels,
        [Axes("n")] ReadOnlySpan<int> inputLengths, [Axes("n")] ReadOnlySpan<int> labelLengths, [Axes("n")] Span<float> losses, int c,
        int blank = 0, bool zeroInfinity = false);

    /// <inheritdoc cref="CtcElements(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{int}, ReadOnlySpan{int}, Span{float}, int, int,
    /// bool)" />
    [Loss(CtcElementsFormula, Program = "CtcElementsDoubleProgram")]
    public static partial void CtcElements(
        [Axes("n, t, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, s")] ReadOnlySpan<int> labels,
        [Axes("n")] ReadOnlySpan<int> inputLengths, [Axes("n")] ReadOnlySpan<int> labelLengths, [Axes("n")] Span<double> losses, int c,
        int blank = 0, bool zeroInfinity = false);
}
