namespace LossGen.Losses;

/// <content>Logistic loss of classes given as -1 and +1, and the embedding's hinge of them.</content>
public static partial class ClassificationLosses
{
    private const string SoftMarginFormula = "mean(softplus(-target * prediction))";

    /// <summary>Logistic loss of a two-class score: <c>mean(log(1 + exp(-target prediction)))</c>.</summary>
    /// <param name="prediction">Scores, of any shape, flat; the sign is the class.</param>
    /// <param name="target">Targets, each -1 or +1, as many as there are scores.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: as Hinge, smooth; the binary cross-entropy for targets of -1 and +1.</para>
    /// <para>Gradient: <c>-y sigmoid(-y x) / n</c>.</para>
    /// <para>Source: PyTorch's <c>soft_margin_loss</c>.</para>
    /// </remarks>
    [Loss(SoftMarginFormula)]
    public static partial float SoftMargin([Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    /// <inheritdoc cref="SoftMargin(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(SoftMarginFormula, Program = "SoftMarginDoubleProgram")]
    public static partial double SoftMargin([Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target);

    private const string SoftMarginElementsFormula = "softplus(-target * prediction)";

    /// <summary>Logistic loss of each two-class score: <c>log(1 + exp(-target prediction))</c>.</summary>
    /// <param name="prediction">Scores, of any shape, flat; the sign is the class.</param>
    /// <param name="target">Targets, each -1 or +1, as many as there are scores.</param>
    /// <param name="losses">Receives the loss of each element, as many as there are scores, in nats.</param>
    /// <remarks>
    /// <para>When to use: where each score's own loss is needed.</para>
    /// <para>Gradient: <c>-y sigmoid(-y x)</c>.</para>
    /// <para>Source: PyTorch's <c>soft_margin_loss</c> with <c>reduction='none'</c>.</para>
    /// </remarks>
    [Loss(SoftMarginElementsFormula)]
    public static partial void SoftMarginElements(
        [Differentiate] ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> losses);

    /// <inheritdoc cref="SoftMarginElements(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})" />
    [Loss(SoftMarginElementsFormula, Program = "SoftMarginElementsDoubleProgram")]
    public static partial void SoftMarginElements(
        [Differentiate] ReadOnlySpan<double> prediction, ReadOnlySpan<double> target, Span<double> losses);
}
