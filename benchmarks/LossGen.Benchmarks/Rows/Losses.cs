namespace LossGen.Benchmarks.Rows;

/// <summary>Losses that the catalogue has with other parameters, declared as a user would.</summary>
public static partial class Losses
{
    /// <summary>The focal loss with its usual exponent written into the formula; in the catalogue it is a parameter.</summary>
    [Loss("""
        ce = target * softplus(-logits) + (1 - target) * softplus(logits);
        pt = exp(-ce);
        mean((alpha * target + (1 - alpha) * (1 - target)) * (1 - pt)^2 * ce)
        """)]
    public static partial float BinaryFocalSquared([Differentiate] ReadOnlySpan<float> logits, ReadOnlySpan<float> target, float alpha);
}
