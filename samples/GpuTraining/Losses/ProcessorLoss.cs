using Digits.Classification;
using Reports.History;

namespace GpuTraining.Losses;

/// <summary>The generated method.</summary>
public sealed class ProcessorLoss : IScoreLoss
{
    /// <inheritdoc/>
    public LossValue Gradient(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, Span<float> gradient)
    {
        float loss = DigitLoss.SmoothedFocalGradient(
            scores, labels, gradient, out float cross, out float focal, DigitClassifier.Smoothing, DigitClassifier.Gamma, DigitClassifier.FocalWeight);
        return new LossValue(loss, cross, focal);
    }
}
