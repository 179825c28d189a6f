namespace LossGen.Losses;

/// <summary>Divergences between distributions along the axis <c>c</c>, averaged over the axis <c>n</c>.</summary>
public static partial class DivergenceLosses
{
    private const string KullbackLeiblerFormula = "mean[n](sum[c](xlogy(target, target) - xlogy(target, prediction)))";

    /// <summary>Divergence of the prediction from the target: <c>mean[n](sum[c](t log(t) - t log(p)))</c>, with <c>0 log 0 =
    /// 0</c>.</summary>
    /// <param name="prediction">Predicted probabilities, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="target">Target probabilities, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="c">Number of classes: the length of a row.</param>
    /// <returns>The divergence in nats; infinite where the prediction is 0 and the target is not.</returns>
    /// <remarks>
    /// <para>When to use: to fit a distribution; the prediction covers all that the target covers.</para>
    /// <para>Conventions: where the target is 0 the gradient is 0.</para>
    /// <para>Source: Kullback and Leibler, "On Information and Sufficiency", 1951; PyTorch's <c>kl_div</c> with <c>batchmean</c> (which
    /// takes log-probabilities).</para>
    /// </remarks>
    [Loss(KullbackLeiblerFormula)]
    public static partial float KullbackLeibler(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> prediction, [Axes("n, c")] ReadOnlySpan<float> target, int c);

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{float}, ReadOnlySpan{float}, int)" />
    [Loss(KullbackLeiblerFormula, Program = "KullbackLeiblerDoubleProgram")]
    public static partial double KullbackLeibler(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> prediction, [Axes("n, c")] ReadOnlySpan<double> target, int c);

    private const string ReverseKullbackLeiblerFormula = "mean[n](sum[c](xlogy(prediction, prediction) - xlogy(prediction, target)))";

    /// <summary>Divergence of the target from the prediction: <c>mean[n](sum[c](p log(p) - p log(t)))</c>, with <c>0 log 0 =
    /// 0</c>.</summary>
    /// <param name="prediction">Predicted probabilities, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="target">Target probabilities, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="c">Number of classes: the length of a row.</param>
    /// <returns>The divergence in nats; infinite where the target is 0 and the prediction is not.</returns>
    /// <remarks>
    /// <para>When to use: to make the prediction settle on one mode of the target, as in variational inference.</para>
    /// <para>Conventions: toward a prediction of 0 the gradient goes to minus infinity, and is that at 0.</para>
    /// <para>Gradient: <c>(log(p) - log(t) + 1) / n</c>.</para>
    /// <para>Source: Kullback and Leibler, "On Information and Sufficiency", 1951, with the arguments exchanged.</para>
    /// </remarks>
    [Loss(ReverseKullbackLeiblerFormula)]
    public static partial float ReverseKullbackLeibler(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> prediction, [Axes("n, c")] ReadOnlySpan<float> target, int c);

    /// <inheritdoc cref="ReverseKullbackLeibler(ReadOnlySpan{float}, ReadOnlySpan{float}, int)" />
    [Loss(ReverseKullbackLeiblerFormula, Program = "ReverseKullbackLeiblerDoubleProgram")]
    public static partial double ReverseKullbackLeibler(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> prediction, [Axes("n, c")] ReadOnlySpan<double> target, int c);

    private const string KullbackLeiblerLogTargetFormula = "mean[n](sum[c](target > -inf ? exp(target) * (target - prediction) : 0))";

    /// <summary>Divergence of the prediction from the target, both given by logarithms: <c>mean[n](sum[c](exp(t) (t - p)))</c>.</summary>
    /// <param name="prediction">Logarithms of the predicted probabilities, <c>[n, c]</c>.</param>
    /// <param name="target">Logarithms of the target probabilities, <c>[n, c]</c>.</param>
    /// <param name="c">Number of classes: the length of a row.</param>
    /// <returns>The divergence in nats.</returns>
    /// <remarks>
    /// <para>When to use: when both come out of <c>log_softmax</c>.</para>
    /// <para>Conventions: a target of minus infinity, a probability of 0, contributes nothing.</para>
    /// <para>Gradient: <c>-exp(t) / n</c>.</para>
    /// <para>Source: PyTorch's <c>kl_div</c> with <c>batchmean</c> and <c>log_target</c>.</para>
    /// </remarks>
    [Loss(KullbackLeiblerLogTargetFormula)]
    public static partial float KullbackLeiblerLogTarget(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> prediction, [Axes("n, c")] ReadOnlySpan<float> target, int c);

    /// <inheritdoc cref="KullbackLeiblerLogTarget(ReadOnlySpan{float}, ReadOnlySpan{float}, int)" />
    [Loss(KullbackLeiblerLogTargetFormula, Program = "KullbackLeiblerLogTargetDoubleProgram")]
    public static partial double KullbackLeiblerLogTarget(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> prediction, [Axes("n, c")] ReadOnlySpan<double> target, int c);

    private const string JensenShannonFormula = """
        m = (prediction + target) / 2;
        d = xlogy(prediction, prediction) - xlogy(prediction, m) + xlogy(target, target) - xlogy(target, m);
        0.5 * mean[n](sum[c](m > 0 ? d : 0))
        """;

    /// <summary>Mean divergence of prediction and target from their midpoint <c>m</c>: <c>mean[n](sum[c](p log(p / m) + t log(t / m))) /
    /// 2</c>, with <c>0 log 0 = 0</c>.</summary>
    /// <param name="prediction">Predicted probabilities, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="target">Target probabilities, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="c">Number of classes: the length of a row.</param>
    /// <returns>The divergence in nats, in 0 … log 2; its root is a metric.</returns>
    /// <remarks>
    /// <para>When to use: when either distribution may be 0 where the other is not.</para>
    /// <para>Conventions: where both are 0 nothing is contributed; where only the prediction is 0 the gradient is minus infinity.</para>
    /// <para>Gradient: <c>log(p / m) / (2 n)</c>.</para>
    /// <para>Source: Lin, "Divergence Measures Based on the Shannon Entropy", 1991.</para>
    /// </remarks>
    [Loss(JensenShannonFormula)]
    public static partial float JensenShannon(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> prediction, [Axes("n, c")] ReadOnlySpan<float> target, int c);

    /// <inheritdoc cref="JensenShannon(ReadOnlySpan{float}, ReadOnlySpan{float}, int)" />
    [Loss(JensenShannonFormula, Program = "JensenShannonDoubleProgram")]
    public static partial double JensenShannon(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> prediction, [Axes("n, c")] ReadOnlySpan<double> target, int c);

    private const string DistillationFormula = """
        teacher = log_softmax[c](teacherLogits / temperature);
        student = log_softmax[c](logits / temperature);
        temperature^2 * mean[n](sum[c](teacher > -inf ? exp(teacher) * (teacher - student) : 0))
        """;

    /// <summary>Divergence of the student's softened softmax from the teacher's, times the squared temperature: <c>T^2 mean[n](sum[c](t
    /// (log(t) - log_softmax(z / T))))</c> with <c>t = softmax(teacher / T)</c>.</summary>
    /// <param name="logits">Scores of the student, <c>[n, c]</c>.</param>
    /// <param name="teacherLogits">Scores of the teacher, <c>[n, c]</c>; they get no gradient.</param>
    /// <param name="c">Number of classes: the length of a row.</param>
    /// <param name="temperature">What both scores are divided by, above 0; higher softens both distributions.</param>
    /// <returns>The loss in nats times the squared temperature.</returns>
    /// <remarks>
    /// <para>When to use: to train a small model on the scores of a large one, beside the loss of the labels.</para>
    /// <para>Conventions: the factor <c>T^2</c> keeps the size of the gradient when the temperature changes; a class that the teacher
    /// excludes with minus infinity contributes nothing.</para>
    /// <para>Gradient: <c>T (softmax(z / T) - t) / n</c>.</para>
    /// <para>Source: Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015.</para>
    /// </remarks>
    [Loss(DistillationFormula)]
    public static partial float Distillation(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> logits, [Axes("n, c")] ReadOnlySpan<float> teacherLogits, int c,
        float temperature = 2f);

    /// <inheritdoc cref="Distillation(ReadOnlySpan{float}, ReadOnlySpan{float}, int, float)" />
    [Loss(DistillationFormula, Program = "DistillationDoubleProgram")]
    public static partial double Distillation(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> logits, [Axes("n, c")] ReadOnlySpan<double> teacherLogits, int c,
        double temperature = 2);

    private const string EarthMoverFormula = "mean[n](sum[c](abs(cumsum[c](prediction - target))))";

    /// <summary>Least work to turn one histogram into the other, in steps between neighbouring classes: <c>mean[n](sum[c](|cumsum(p -
    /// t)|))</c>.</summary>
    /// <param name="prediction">Predicted probabilities, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="target">Target probabilities, <c>[n, c]</c>; each row sums to 1.</param>
    /// <param name="c">Number of classes: the length of a row.</param>
    /// <returns>The loss, in steps; at most <c>c - 1</c>.</returns>
    /// <remarks>
    /// <para>When to use: when classes are ordered, so that a near miss shall cost less than a far one: ages, ratings, bins of a
    /// histogram.</para>
    /// <para>Conventions: where the cumulated histograms agree the gradient is 0.</para>
    /// <para>Gradient: by class <c>k</c>, the sum of <c>sign(cumsum(p - t))</c> from <c>k</c> on, over <c>n</c>.</para>
    /// <para>Source: Rubner, Tomasi and Guibas, "The Earth Mover's Distance as a Metric for Image Retrieval", 2000, on a line.</para>
    /// </remarks>
    [Loss(EarthMoverFormula)]
    public static partial float EarthMover(
        [Axes("n, c"), Differentiate] ReadOnlySpan<float> prediction, [Axes("n, c")] ReadOnlySpan<float> target, int c);

    /// <inheritdoc cref="EarthMover(ReadOnlySpan{float}, ReadOnlySpan{float}, int)" />
    [Loss(EarthMoverFormula, Program = "EarthMoverDoubleProgram")]
    public static partial double EarthMover(
        [Axes("n, c"), Differentiate] ReadOnlySpan<double> prediction, [Axes("n, c")] ReadOnlySpan<double> target, int c);
}
