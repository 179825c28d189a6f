namespace LossGen.Losses;

/// <summary>Losses of a predicted mask against the true one, over all pixels.</summary>
public static partial class SegmentationLosses
{
    private const string DiceFormula = "1 - (2 * sum(probabilities * target) + smooth) / (sum(probabilities) + sum(target) + smooth)";

    /// <summary>One minus the overlap of a soft mask with the true one:
    /// <c>1 - (2 sum(p y) + smooth) / (sum(p) + sum(y) + smooth)</c>.</summary>
    /// <param name="probabilities">Predicted probabilities, of any shape, flat.</param>
    /// <param name="target">The mask, one value a pixel in 0 … 1.</param>
    /// <param name="smooth">Added to both parts of the ratio; keeps the loss defined where prediction and mask are both empty.</param>
    /// <returns>The loss, in 0 … 1.</returns>
    /// <remarks>One ratio over all pixels of all images. Source: Milletari et al., "V-Net", 2016, in the form without squares.</remarks>
    [Loss(DiceFormula)]
    public static partial float Dice([Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, float smooth = 1f);

    /// <inheritdoc cref="Dice(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(DiceFormula, Program = "DiceDoubleProgram")]
    public static partial double Dice([Differentiate] ReadOnlySpan<double> probabilities, ReadOnlySpan<double> target, double smooth = 1);

    /// <inheritdoc cref="Dice(ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(DiceFormula, Program = "DiceMaskProgram")]
    public static partial float Dice([Differentiate] ReadOnlySpan<float> probabilities, ReadOnlySpan<byte> target, float smooth = 1f);

    private const string DiceBceFormula = """
        p = sigmoid(logits);
        dice = 1 - (2 * sum(p * target) + smooth) / (sum(p) + sum(target) + smooth);
        bce = mean(softplus(logits) - target * logits);
        dice + weight * bce
        """;

    /// <summary>Dice loss plus weighted cross-entropy, both of <c>sigmoid(logits)</c>: <c>dice + weight bce</c>.</summary>
    /// <param name="logits">Scores before the sigmoid, of any shape, flat.</param>
    /// <param name="target">The mask, one value a pixel in 0 … 1.</param>
    /// <param name="dice">Receives the Dice part.</param>
    /// <param name="bce">Receives the cross-entropy part, in nats, before it is weighted.</param>
    /// <param name="weight">How much the cross-entropy counts against the Dice part.</param>
    /// <param name="smooth">Added to both parts of the ratio; keeps the loss defined where prediction and mask are both empty.</param>
    /// <returns>The loss.</returns>
    /// <remarks>Source: the usual sum for medical images, as in Isensee et al., "nnU-Net", 2021.</remarks>
    [Loss(DiceBceFormula)]
    public static partial float DiceBce(
        [Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<float> target, out float dice, out float bce, float weight = 1f,
        float smooth = 1f);

    /// <inheritdoc cref="DiceBce(ReadOnlySpan{float}, ReadOnlySpan{float}, out float, out float, float, float)" />
    [Loss(DiceBceFormula, Program = "DiceBceDoubleProgram")]
    public static partial double DiceBce(
        [Differentiate] ReadOnlySpan<double> logits, ReadOnlySpan<double> target, out double dice, out double bce, double weight = 1,
        double smooth = 1);

    /// <inheritdoc cref="DiceBce(ReadOnlySpan{float}, ReadOnlySpan{float}, out float, out float, float, float)" />
    [Loss(DiceBceFormula, Program = "DiceBceMaskProgram")]
    public static partial float DiceBce(
        [Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<byte> target, out float dice, out float bce, float weight = 1f,
        float smooth = 1f);
}
