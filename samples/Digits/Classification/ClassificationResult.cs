using Reports.History;

namespace Digits.Classification;

/// <summary>What came of training and testing the classifier.</summary>
/// <param name="History">The losses of all epochs, on training and validation images.</param>
/// <param name="TrainingAccuracy">The accuracy of all epochs on the training images.</param>
/// <param name="ValidationAccuracy">The accuracy of all epochs on the validation images.</param>
/// <param name="Test">The test images.</param>
/// <param name="TestLoss">The loss on them.</param>
/// <param name="Predicted">The digits that the network sees in them.</param>
public sealed record ClassificationResult(
    TrainingHistory History, double[] TrainingAccuracy, double[] ValidationAccuracy, DigitSet Test, LossValue TestLoss, int[] Predicted)
{
    /// <summary>The test images whose digit was not recognised.</summary>
    public int[] Misread { get; } = [.. Enumerable.Range(0, Test.Count).Where(n => Predicted[n] != Test.Labels[n])];

    /// <summary>The share of test images whose digit was recognised.</summary>
    public double TestAccuracy => 1 - Misread.Length / (double)Test.Count;
}
