namespace LossGen.Losses;

/// <summary>Losses of a real prediction against a real target, over one flat axis.</summary>
public static partial class RegressionLosses
{
    private const string MeanSquaredErrorFormula = "mean((prediction - target)^2)";

    /// <summary>Mean of the squared residuals: <c>mean((prediction - target)^2)</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <returns>The loss, in squared units of the target.</returns>
    /// <remarks>
    /// <para>When to use: the first choice where errors are about normal; outliers dominate it.</para>
    /// <para>Gradient: <c>2 (prediction - target) / n</c>.</para>
    /// <para>Source: least squares (Legendre 1805); PyTorch's <c>mse_loss</c>.</para>
    /// </remarks>
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
    /// <remarks>
    /// <para>When to use: to read the error in units of the target. The root rescales the gradient of the whole batch, so batches count
    /// alike whatever their error.</para>
    /// <para>Conventions: where every residual is 0 the gradient is 0.</para>
    /// <para>Source: the usual definition; the root of PyTorch's <c>mse_loss</c>.</para>
    /// </remarks>
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
    /// <remarks>
    /// <para>When to use: where outliers must not count more than their distance; it fits the median.</para>
    /// <para>Conventions: the gradient at a residual of 0 is 0.</para>
    /// <para>Source: least absolute deviations (Boscovich 1757); PyTorch's <c>l1_loss</c>.</para>
    /// </remarks>
    [Loss(MeanAbsoluteErrorFormula)]
    public static partial float MeanAbsoluteError([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    /// <inheritdoc cref="MeanAbsoluteError(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(MeanAbsoluteErrorFormula, Program = "MeanAbsoluteErrorDoubleProgram")]
    public static partial double MeanAbsoluteError([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target);
}
