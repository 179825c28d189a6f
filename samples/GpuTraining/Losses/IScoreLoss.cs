using Reports.History;

namespace GpuTraining.Losses;

/// <summary>Where the loss of scores is computed.</summary>
public interface IScoreLoss
{
    /// <summary>The loss, with its parts, and its gradient.</summary>
    /// <param name="scores">Ten scores for each image, <c>[n, c]</c>.</param>
    /// <param name="labels">The digit of each image, <c>[n]</c>.</param>
    /// <param name="gradient">Receives the gradient by the scores, <c>[n, c]</c>.</param>
    LossValue Gradient(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, Span<float> gradient);
}
