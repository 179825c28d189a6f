namespace LossGen.Losses;

/// <content>Losses that grow more slowly than the square, or lean to one side.</content>
public static partial class RegressionLosses
{
    private const string HuberFormula = """
        r = abs(prediction - target);
        mean(r <= delta ? 0.5 * r^2 : delta * (r - 0.5 * delta))
        """;

    /// <summary>Quadratic near 0, linear from <paramref name="delta" /> on: <c>mean(r &lt;= delta ? r^2 / 2 : delta (r - delta / 2))</c>
    /// with <c>r = |prediction - target|</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <param name="delta">Residual, in units of the target, at which the square gives way to the line; above 0.</param>
    /// <returns>The loss, in squared units of the target.</returns>
    /// <remarks>
    /// <para>When to use: for data with outliers, when the gradient shall still fade near the optimum.</para>
    /// <para>Conventions: value and gradient are continuous at <c>delta</c>.</para>
    /// <para>Source: Huber, "Robust Estimation of a Location Parameter", 1964; PyTorch's <c>huber_loss</c>.</para>
    /// </remarks>
    [Loss(HuberFormula)]
    public static partial float Huber([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float delta = 1f);

    /// <inheritdoc cref="Huber(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(HuberFormula, Program = "HuberDoubleProgram")]
    public static partial double Huber([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, double delta = 1);

    private const string SmoothL1Formula = """
        r = abs(prediction - target);
        mean(r < beta ? 0.5 * r^2 / beta : r - 0.5 * beta)
        """;

    /// <summary>The Huber loss divided by its threshold: <c>mean(r &lt; beta ? r^2 / (2 beta) : r - beta / 2)</c> with <c>r = |prediction -
    /// target|</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <param name="beta">Residual, in units of the target, below which the loss is a square; 0 gives the mean absolute error.</param>
    /// <returns>The loss, in units of the target.</returns>
    /// <remarks>
    /// <para>When to use: as Huber, when the slope of the linear part shall stay 1 whatever the threshold, as for the corners of bounding
    /// boxes.</para>
    /// <para>Conventions: at a <c>beta</c> of 0 the gradient at a residual of 0 is 0.</para>
    /// <para>Source: Girshick, "Fast R-CNN", 2015; PyTorch's <c>smooth_l1_loss</c>.</para>
    /// </remarks>
    [Loss(SmoothL1Formula)]
    public static partial float SmoothL1([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float beta = 1f);

    /// <inheritdoc cref="SmoothL1(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(SmoothL1Formula, Program = "SmoothL1DoubleProgram")]
    public static partial double SmoothL1([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, double beta = 1);

    private const string LogCoshFormula = "mean(log(cosh(prediction - target)))";

    /// <summary>Smooth absolute error: <c>mean(log(cosh(prediction - target)))</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <returns>The loss; the target's unit sets where the square gives way to the line, at about 1.</returns>
    /// <remarks>
    /// <para>When to use: as Huber, when second derivatives shall exist everywhere.</para>
    /// <para>Conventions: finite for every finite residual; about <c>r^2 / 2</c> near 0 and <c>|r| - log 2</c> far out.</para>
    /// <para>Gradient: <c>tanh(prediction - target) / n</c>.</para>
    /// <para>Source: the usual definition, as in Keras' <c>log_cosh</c>.</para>
    /// </remarks>
    [Loss(LogCoshFormula)]
    public static partial float LogCosh([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    /// <inheritdoc cref="LogCosh(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(LogCoshFormula, Program = "LogCoshDoubleProgram")]
    public static partial double LogCosh([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target);

    private const string QuantileFormula = """
        r = target - prediction;
        mean(max(quantile * r, (quantile - 1) * r))
        """;

    /// <summary>Pinball loss: <c>mean(max(q r, (q - 1) r))</c> with <c>r = target - prediction</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <param name="quantile">Which quantile of the target is fitted, in 0 … 1; 0.5 is the median, at half the mean absolute error.</param>
    /// <returns>The loss, in units of the target.</returns>
    /// <remarks>
    /// <para>When to use: to predict a quantile instead of the mean; two of them make an interval.</para>
    /// <para>Conventions: at a residual of 0 each branch has half of the gradient, <c>(1 - 2 q) / (2 n)</c> together.</para>
    /// <para>Source: Koenker and Bassett, "Regression Quantiles", 1978.</para>
    /// </remarks>
    [Loss(QuantileFormula)]
    public static partial float Quantile([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float quantile = 0.5f);

    /// <inheritdoc cref="Quantile(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(QuantileFormula, Program = "QuantileDoubleProgram")]
    public static partial double Quantile(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, double quantile = 0.5);
}
