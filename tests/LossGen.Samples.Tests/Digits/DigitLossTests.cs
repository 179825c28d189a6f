using Digits.Classification;
using Digits.Segmentation;
using Xunit;

namespace LossGen.Samples.Tests.Digits;

public sealed class DigitLossTests
{
    private static readonly float[] Scores = [1, 2, 0.5f, -1, 0, 3];
    private static readonly int[] Labels = [1, 0];

    [Fact]
    public void The_classifier_is_trained_on_what_its_papers_say()
    {
        const double smoothing = 0.1, gamma = 2, weight = 0.5;
        double cross = 0, focal = 0;
        for (int n = 0; n < Labels.Length; n++)
        {
            double[] exponentials = [.. Scores.Skip(3 * n).Take(3).Select(score => Math.Exp(score))];
            for (int c = 0; c < 3; c++)
                cross -= ((c == Labels[n] ? 1 - smoothing : 0) + smoothing / 3) * Math.Log(exponentials[c] / exponentials.Sum()) / 2;
            double p = exponentials[Labels[n]] / exponentials.Sum();
            focal -= Math.Pow(1 - p, gamma) * Math.Log(p) / 2;
        }
        float loss = DigitLoss.SmoothedFocal(Scores, Labels, out float crossPart, out float focalPart, (float)smoothing, (float)gamma, (float)weight);
        Assert.Equal(cross, crossPart, 1e-5 * cross);
        Assert.Equal(focal, focalPart, 1e-5 * focal);
        Assert.Equal(cross + weight * focal, loss, 1e-5 * loss);
    }

    [Fact]
    public void The_ink_finder_is_trained_on_cross_entropy_and_overlap()
    {
        byte[] mask = [1, 1, 0, 0, 1, 0];
        double bce = 0, both = 0, either = 0;
        for (int i = 0; i < mask.Length; i++)
        {
            double p = 1 / (1 + Math.Exp(-Scores[i]));
            bce -= Math.Log(mask[i] == 1 ? p : 1 - p) / mask.Length;
            both += p * mask[i];
            either += p + mask[i];
        }
        double dice = 1 - (2 * both + 1) / (either + 1);
        float loss = InkLoss.BceDice(Scores, mask, out float bcePart, out float dicePart, 2);
        Assert.Equal(bce, bcePart, 1e-5 * bce);
        Assert.Equal(dice, dicePart, 1e-5);
        Assert.Equal(bce + 2 * dice, loss, 1e-5 * loss);
        Assert.Equal(bcePart, InkLoss.BceDice(Scores, mask, out _, out _, 0));
    }
}
