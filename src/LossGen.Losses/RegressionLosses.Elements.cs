namespace LossGen.Losses;

/// <content>Losses of each element, instead of their mean.</content>
public static partial class RegressionLosses
{
    private const string MeanSquaredErrorElementsFormula = "(prediction - target)^2";

    /// <summary>Squared residual of each element: <c>(prediction - target)^2</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <param name="losses">Receives the loss of each element, as many as there are predictions, in squared units of the target.</param>
    /// <remarks>
    /// <para>When to use: where each residual's own loss is needed: to weight it, to mask it, to look for outliers.</para>
    /// <para>Gradient: <c>2 (prediction - target)</c>.</para>
    /// <para>Source: PyTorch's <c>mse_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(MeanSquaredErrorElementsFormula)]
    public static partial void MeanSquaredErrorElements(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> losses);

    /// <inheritdoc cref="MeanSquaredErrorElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})" />
    [Loss(MeanSquaredErrorElementsFormula, Program = "MeanSquaredErrorElementsDoubleProgram")]
    public static partial void MeanSquaredErrorElements(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, Span<double> losses);

    private const string MeanAbsoluteErrorElementsFormula = "abs(prediction - target)";

    /// <summary>Absolute residual of each element: <c>|prediction - target|</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <param name="losses">Receives the loss of each element, as many as there are predictions, in units of the target.</param>
    /// <remarks>
    /// <para>When to use: where each residual's own loss is needed: to weight it, to mask it, to look for outliers.</para>
    /// <para>Conventions: the gradient at a residual of 0 is 0.</para>
    /// <para>Source: PyTorch's <c>l1_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(MeanAbsoluteErrorElementsFormula)]
    public static partial void MeanAbsoluteErrorElements(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> losses);

    /// <inheritdoc cref="MeanAbsoluteErrorElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})" />
    [Loss(MeanAbsoluteErrorElementsFormula, Program = "MeanAbsoluteErrorElementsDoubleProgram")]
    public static partial void MeanAbsoluteErrorElements(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, Span<double> losses);

    private const string HuberElementsFormula = """
        r = abs(prediction - target);
        r <= delta ? 0.5 * r^2 : delta * (r - 0.5 * delta)
        """;

    /// <summary>Huber loss of each element: <c>r &lt;= delta ? r^2 / 2 : delta (r - delta / 2)</c> with <c>r = |prediction -
    /// target|</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <param name="losses">Receives the loss of each element, as many as there are predictions, in squared units of the target.</param>
    /// <param name="delta">Residual, in units of the target, at which the square gives way to the line; above 0.</param>
    /// <remarks>
    /// <para>When to use: where each residual's own loss is needed: to weight it, to mask it, to look for outliers.</para>
    /// <para>Conventions: value and gradient are continuous at <c>delta</c>.</para>
    /// <para>Source: PyTorch's <c>huber_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(HuberElementsFormula)]
    public static partial void HuberElements(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> losses, float delta = 1f);

    /// <inheritdoc cref="HuberElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, float)" />
    [Loss(HuberElementsFormula, Program = "HuberElementsDoubleProgram")]
    public static partial void HuberElements(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, Span<double> losses, double delta = 1);

    private const string SmoothL1ElementsFormula = """
        r = abs(prediction - target);
        r < beta ? 0.5 * r^2 / beta : r - 0.5 * beta
        """;

    /// <summary>Smooth L1 loss of each element: <c>r &lt; beta ? r^2 / (2 beta) : r - beta / 2</c> with <c>r = |prediction -
    /// target|</c>.</summary>
    /// <param name="prediction">Predicted values, of any shape, flat.</param>
    /// <param name="target">True values, as many as there are predictions.</param>
    /// <param name="losses">Receives the loss of each element, as many as there are predictions, in units of the target.</param>
    /// <param name="beta">Residual, in units of the target, below which the loss is a square; 0 gives the absolute error.</param>
    /// <remarks>
    /// <para>When to use: where each residual's own loss is needed: to weight it, to mask it, to look for outliers.</para>
    /// <para>Conventions: at a <c>beta</c> of 0 the gradient at a residual of 0 is 0.</para>
    /// <para>Source: PyTorch's <c>smooth_l1_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(SmoothL1ElementsFormula)]
    public static partial void SmoothL1Elements(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> losses, float beta = 1f);

    /// <inheritdoc cref="SmoothL1Elements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, float)" />
    [Loss(SmoothL1ElementsFormula, Program = "SmoothL1ElementsDoubleProgram")]
    public static partial void SmoothL1Elements(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, Span<double> losses, double beta = 1);
}
