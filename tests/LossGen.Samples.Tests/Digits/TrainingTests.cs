using Digits.Classification;
using Digits.Segmentation;
using Xunit;

namespace LossGen.Samples.Tests.Digits;

/// <summary>Short runs of what the sample does.</summary>
public sealed class TrainingTests
{
    [Fact]
    public void The_classifier_learns_and_every_run_is_the_same()
    {
        ClassificationResult first = ClassificationTask.Train(DigitSetTests.All, 10), second = ClassificationTask.Train(DigitSetTests.All, 10);
        Assert.Equal(first.History.Training, second.History.Training);
        Assert.Equal(first.History.Validation, second.History.Validation);
        Assert.Equal(first.Predicted, second.Predicted);
        Assert.True(first.TestAccuracy >= ClassificationTask.RequiredAccuracy, $"accuracy {first.TestAccuracy}");
        Assert.True(first.History.Training[^1] < first.History.Training[0] / 4);
    }

    [Fact]
    public void The_Dice_loss_improves_the_Dice_score()
    {
        var (training, validation, test) = DigitSetTests.All.Split(100, 50, 1);
        NoisyInk trainingInk = NoisyInk.Make(training, 1), validationInk = NoisyInk.Make(validation, 2);
        NoisyInk testInk = NoisyInk.Make(test.Pick([.. Enumerable.Range(0, 100)]), 3);
        double bce = Score(0), both = Score(1);
        Assert.True(both > bce + 0.02, $"BCE alone {bce}, Dice + BCE {both}");

        double Score(float diceWeight)
        {
            SegmentationRun run = SegmentationRun.Train("run", diceWeight, trainingInk, validationInk, testInk, epochs: 10, seed: 1);
            return DiceScore.Mean(run.TestLogits, testInk.Masks);
        }
    }
}
