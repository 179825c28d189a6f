namespace LossGen.Losses;

/// <summary>Losses of a real prediction against a real target, over one flat axis.</summary>
public static partial class RegressionLosses
{
    private const string MeanSquaredErrorFormula = "mean((prediction - target)^2)";

    /// <summary>Mean of the squared residuals: <c>mean((prediction - target)^2)</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <returns>The loss, in squared units of the target.</returns>
    /// <remarks>Gradient <c>2 (prediction - target) / n</c>. Source: least squares (Legendre 1805); PyTorch's <c>mse_loss</c>.</remarks>
    [Loss(MeanSquaredErrorFormula)]
    public static partial float MeanSquaredError([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    /// <inheritdoc cref="MeanSquaredError(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(MeanSquaredErrorFormula, Program = "MeanSquaredErrorDoubleProgram")]
    public static partial double MeanSquaredError([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target);

    private const string RootMeanSquaredErrorFormula = "sqrt(mean((prediction - target)^2))";

    /// <summary>Root of the mean squared residual: <c>sqrt(mean((prediction - target)^2))</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <returns>The loss, in units of the target.</returns>
    /// <remarks>Where every residual is 0 the gradient is 0. Source: the usual definition; the root of PyTorch's <c>mse_loss</c>.</remarks>
    [Loss(RootMeanSquaredErrorFormula)]
    public static partial float RootMeanSquaredError([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    /// <inheritdoc cref="RootMeanSquaredError(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(RootMeanSquaredErrorFormula, Program = "RootMeanSquaredErrorDoubleProgram")]
    public static partial double RootMeanSquaredError([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target);

    private const string MeanAbsoluteErrorFormula = "mean(abs(prediction - target))";

    /// <summary>Mean of the absolute residuals: <c>mean(|prediction - target|)</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <returns>The loss, in units of the target.</returns>
    /// <remarks>The gradient at a residual of 0 is 0. Source: least absolute deviations; PyTorch's <c>l1_loss</c>.</remarks>
    [Loss(MeanAbsoluteErrorFormula)]
    public static partial float MeanAbsoluteError([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    /// <inheritdoc cref="MeanAbsoluteError(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(MeanAbsoluteErrorFormula, Program = "MeanAbsoluteErrorDoubleProgram")]
    public static partial double MeanAbsoluteError([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target);

    private const string HuberFormula = """
        r = abs(prediction - target);
        mean(r <= delta ? 0.5 * r^2 : delta * (r - 0.5 * delta))
        """;

    /// <summary>Quadratic near 0, linear from <paramref name="delta" /> on: <c>mean(r &lt;= delta ? r^2 / 2 : delta (r - delta / 2))</c>
    /// with <c>r = |prediction - target|</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <param name="delta">The residual at which the loss turns linear, in units of the target; positive.</param>
    /// <returns>The loss, in squared units of the target.</returns>
    /// <remarks>Value and first derivative are continuous at <c>r = delta</c>. Source: P. J. Huber, "Robust Estimation of a Location
    /// Parameter", 1964; PyTorch's <c>huber_loss</c>.</remarks>
    [Loss(HuberFormula)]
    public static partial float Huber([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float delta = 1f);

    /// <inheritdoc cref="Huber(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(HuberFormula, Program = "HuberDoubleProgram")]
    public static partial double Huber([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, double delta = 1);

    private const string LogCoshFormula = "mean(log(cosh(prediction - target)))";

    /// <summary>Smooth absolute error: <c>mean(log(cosh(prediction - target)))</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <returns>The loss.</returns>
    /// <remarks>Finite for every finite residual; about <c>r^2 / 2</c> near 0 and <c>|r| - log 2</c> far out. Gradient
    /// <c>tanh(prediction - target) / n</c>.</remarks>
    [Loss(LogCoshFormula)]
    public static partial float LogCosh([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    /// <inheritdoc cref="LogCosh(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(LogCoshFormula, Program = "LogCoshDoubleProgram")]
    public static partial double LogCosh([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target);
}
