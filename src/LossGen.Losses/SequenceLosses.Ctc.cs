namespace LossGen.Losses;

/// <content>Temporal classification.</content>
public static partial class SequenceLosses
{
    // Along l the labels with a blank before, between and after them; what pads the labels is read as blank. The logarithm of a prefix'
    // probability is kept as whole nats and a rest of at most 1/2. One number would lose its digits as the sequence gets longer; of these
    // two, differences of neighbours are exact. The whole nats move by rounding, so they are constant to the gradient.
    private const string CtcLikelihood = """
        axis l = 2 * size(s) + 1;
        symbol = mod(l, 2) == 1 && l < 2 * labelLengths ? labels[s: div(l, 2)] : blank;
        lp = log_softmax[c](logits)[c: symbol];
        stays = l > 0;
        skips = l > 1 && mod(l, 2) == 1 && symbol != symbol[l: l - 2];
        whole(x) = detach(x > -inf ? round(x) : 0);
        most(w) = max(w, max(stays ? w[l: l - 1] : -1e9, skips ? w[l: l - 2] : -1e9));
        next(w, r) = lp + logaddexp(detach(w - most(w)) + r, stays ? detach(w[l: l - 1] - most(w)) + r[l: l - 1] : -inf,
            skips ? detach(w[l: l - 2] - most(w)) + r[l: l - 2] : -inf);
        (nats, rest) = scan[t](
            (l < 2 ? whole(lp) : -1e9, l < 2 ? lp - whole(lp) : -inf),
            (w, r) => (detach(most(w) + whole(next(w, r))), next(w, r) - whole(next(w, r))));
        w = detach(nats[t: inputLengths - 1]);
        r = rest[t: inputLengths - 1];
        ends = labelLengths > 0;
        base = max(w[l: 2 * labelLengths], ends ? w[l: 2 * labelLengths - 1] : -1e9);
        nll = -base - logaddexp(w[l: 2 * labelLengths] - base + r[l: 2 * labelLengths],
            ends ? w[l: 2 * labelLengths - 1] - base + r[l: 2 * labelLengths - 1] : -inf);

        """;

    private const string CtcFormula = CtcLikelihood + "mean(zeroInfinity && nll == inf ? 0 : nll / max(labelLengths, 1))";

    /// <summary>Negative log-likelihood of labels without their times: of all sequences of labels and blanks that give them when repeats
    /// are merged and blanks left out; from logits.</summary>
    /// <param name="logits">Scores of each class at each step, <c>[n, t, c]</c>; log_softmax is taken of them.</param>
    /// <param name="labels">The right labels, <c>[n, s]</c>, each in 0 … c - 1 and not the blank; what stands behind a sequence's own
    /// length is not read.</param>
    /// <param name="inputLengths">Number of steps of each sequence, <c>[n]</c>, in 1 … t.</param>
    /// <param name="labelLengths">Number of labels of each sequence, <c>[n]</c>, in 0 … s.</param>
    /// <param name="c">Number of classes, with the blank.</param>
    /// <param name="blank">The class that stands for no label.</param>
    /// <param name="zeroInfinity">Whether a sequence too short for its labels has the loss 0 instead of infinity.</param>
    /// <returns>The loss in nats per label, the mean over the sequences.</returns>
    /// <remarks>
    /// <para>When to use: to read speech or handwriting, where the order of the labels is known and their times are not.</para>
    /// <para>Conventions: a sequence without labels is divided by 1, as in PyTorch; equal labels beside each other need a blank
    /// between them. A sequence too short for its labels has the loss infinity and the gradient 0.</para>
    /// <para>Source: Graves, Fernández, Gomez and Schmidhuber, "Connectionist Temporal Classification", 2006; PyTorch's
    /// <c>ctc_loss</c> with <c>mean</c>, of <c>log_softmax</c>.</para>
    /// </remarks>
    [Loss(CtcFormula)]
    public static partial float Ctc(
        [Axes("n, t, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, s")] ReadOnlySpan<int> labels,
        [Axes("n")] ReadOnlySpan<int> inputLengths, [Axes("n")] ReadOnlySpan<int> labelLengths, int c, int blank = 0,
        bool zeroInfinity = false);

    /// <inheritdoc cref="Ctc(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{int}, ReadOnlySpan{int}, int, int, bool)" />
    [Loss(CtcFormula, Program = "CtcDoubleProgram")]
    public static partial double Ctc(
        [Axes("n, t, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, s")] ReadOnlySpan<int> labels,
        [Axes("n")] ReadOnlySpan<int> inputLengths, [Axes("n")] ReadOnlySpan<int> labelLengths, int c, int blank = 0,
        bool zeroInfinity = false);
}
