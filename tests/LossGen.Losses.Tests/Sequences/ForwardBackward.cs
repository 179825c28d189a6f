namespace LossGen.Losses.Tests.Sequences;

/// <summary>Temporal classification by the textbook: probabilities forward and backward, their product the share of each symbol at each step (Graves et al., 2006).</summary>
internal static class ForwardBackward
{
    /// <summary>Minus the log-probability of the labels, infinite where there is none, and its gradient by the logits: softmax less the shares of the symbols.</summary>
    /// <param name="logits">Scores, <c>[t, c]</c>; the steps behind the last one have the gradient 0.</param>
    /// <param name="classes">The number of classes, c.</param>
    /// <param name="steps">How many steps count.</param>
    /// <param name="labels">The labels; the blank is 0.</param>
    public static (double Loss, double[] Gradient) Run(double[] logits, int classes, int steps, int[] labels)
    {
        double[] p = new double[steps * classes], gradient = new double[logits.Length];
        for (int t = 0; t < steps; t++)
        {
            Span<double> row = p.AsSpan(t * classes, classes);
            double largest = logits.Skip(t * classes).Take(classes).Max(), sum = 0;
            for (int c = 0; c < classes; c++) sum += row[c] = Math.Exp(logits[(t * classes) + c] - largest);
            for (int c = 0; c < classes; c++) row[c] /= sum;
        }

        int[] symbols = new int[(2 * labels.Length) + 1];
        for (int i = 0; i < labels.Length; i++) symbols[(2 * i) + 1] = labels[i];
        int states = symbols.Length, last = steps - 1;
        WideRange[,] forward = new WideRange[steps, states], backward = new WideRange[steps, states];
        for (int t = 0; t < steps; t++)
            for (int l = 0; l < states; l++) forward[t, l] = t == 0 ? (l < 2 ? P(0, l) : default) : P(t, l) * (forward[t - 1, l] + Before(t, l));
        for (int t = last; t >= 0; t--)
            for (int l = 0; l < states; l++) backward[t, l] = t == last ? WideRange.Of(l >= states - 2 ? 1 : 0) : Behind(t + 1, l);

        WideRange all = forward[last, states - 1] + (states > 1 ? forward[last, states - 2] : default);
        if (all == default) return (double.PositiveInfinity, gradient);
        p.CopyTo(gradient, 0);
        for (int t = 0; t < steps; t++)
            for (int l = 0; l < states; l++) gradient[(t * classes) + symbols[l]] -= forward[t, l] * backward[t, l] / all;
        return (-all.Log, gradient);

        WideRange P(int t, int l) => WideRange.Of(p[(t * classes) + symbols[l]]);
        bool Skips(int l) => l > 1 && l < states && symbols[l] != 0 && symbols[l] != symbols[l - 2];
        WideRange Before(int t, int l) => (l > 0 ? forward[t - 1, l - 1] : default) + (Skips(l) ? forward[t - 1, l - 2] : default);
        WideRange Behind(int t, int l) =>
            (P(t, l) * backward[t, l]) + (l + 1 < states ? P(t, l + 1) * backward[t, l + 1] : default) + (Skips(l + 2) ? P(t, l + 2) * backward[t, l + 2] : default);
    }
}
