using LossGen;

namespace Digits.Segmentation;

/// <summary>The loss that finds ink; LossGen writes its body and its gradient.</summary>
public static partial class InkLoss
{
    /// <summary>Cross-entropy of every pixel, plus the Dice loss of the whole mask.</summary>
    /// <param name="logits">Scores of the pixels, of any shape, flat.</param>
    /// <param name="mask">Where ink is, as 1 and 0.</param>
    /// <param name="bce">Receives the cross-entropy, in nats.</param>
    /// <param name="dice">Receives the Dice loss, before it is weighted; also where its weight is 0.</param>
    /// <param name="diceWeight">How much the Dice loss counts; 0 trains on the cross-entropy alone.</param>
    /// <param name="smooth">Keeps the ratio defined where there is no ink.</param>
    /// <returns>The weighted sum of both parts.</returns>
    /// <remarks>Source of the Dice loss: Milletari et al., "V-Net", 2016, in the form without squares.</remarks>
    [Loss("""
        bce  = mean(softplus(logits) - mask * logits);
        p    = sigmoid(logits);
        dice = 1 - (2 * sum(p * mask) + smooth) / (sum(p) + sum(mask) + smooth);
        bce + diceWeight * dice
        """)]
    public static partial float BceDice(
        [Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<byte> mask, out float bce, out float dice, float diceWeight,
        float smooth = 1f);
}
