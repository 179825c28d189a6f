using System.Globalization;
using LossGen.Losses.Tests.References;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Losses.Tests.Sequences;

/// <summary>Temporal classification of sequences as long as they get, against the textbook's recursion.</summary>
public class LongSequenceTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2000, 30, 500, 2.0)] // scores of some confidence
    [InlineData(2000, 30, 500, 8.0)] // of much
    [InlineData(2000, 30, 500, 0.0)] // of none: every alignment counts alike
    [InlineData(2000, 30, 900, 2.0)] // hardly more steps than labels
    [InlineData(1500, 5, 100, 0.5)] // few classes, often repeated
    [InlineData(700, 40, 0, 2.0)]
    public void Value_and_gradient_agree(int steps, int classes, int labels, double spread)
    {
        Random random = new(steps + labels);
        // A second, shorter sequence beside it, so that both lengths vary.
        int[] inputLengths = [steps, steps - (steps / 7)], labelLengths = [labels, labels - (labels / 3)];
        float[] logits = [.. Enumerable.Range(0, 2 * steps * classes).Select(_ => (float)(spread * 2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)))];
        int[] symbols = [.. Enumerable.Range(0, 2 * labels).Select(_ => random.Next(1, classes))];
        double[] wide = [.. logits.Select(z => (double)z)], want = new double[2], wantGradient = new double[logits.Length];
        double[] upstream = [0.75, 0.25];
        for (int n = 0; n < 2; n++)
        {
            (want[n], double[] gradient) = ForwardBackward.Run(
                wide[(n * steps * classes)..((n + 1) * steps * classes)], classes, inputLengths[n], symbols[(n * labels)..((n * labels) + labelLengths[n])]);
            gradient.Select(g => g * upstream[n]).ToArray().CopyTo(wantGradient, n * steps * classes);
        }

        double largest = wantGradient.Max(Math.Abs);
        float[] losses = new float[2], single = new float[logits.Length];
        double[] wideLosses = new double[2], wideGradient = new double[logits.Length];
        SequenceLosses.CtcElementsGradient(logits, symbols, inputLengths, labelLengths, losses, single, classes, upstream: new float[] { 0.75f, 0.25f });
        SequenceLosses.CtcElementsGradient(wide, symbols, inputLengths, labelLengths, wideLosses, wideGradient, classes, upstream: upstream);

        Agreement narrow = new(1e-5), exact = new(1e-10);
        narrow.Compare("float loss", [.. losses.Select(x => (double)x)], want, largest);
        narrow.Compare("float gradient", [.. single.Select(x => (double)x)], wantGradient, largest);
        exact.Compare("double loss", wideLosses, want, largest);
        exact.Compare("double gradient", wideGradient, wantGradient, largest);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{steps} steps, {labels} labels: losses {want[0]:F1} and {want[1]:F1}, worst error {narrow.Worst:E1} in float, {exact.Worst:E1} in double"));
        string[] differences = [.. narrow.Differences, .. exact.Differences];
        Assert.True(differences.Length == 0, string.Join('\n', differences.Take(20)));
    }

    [Fact]
    public void Labels_that_do_not_fit_cost_infinity_and_have_no_gradient()
    {
        // 1 1 2 needs a blank between its ones: four steps, of which there are three. 1 2 3 fits.
        double[] logits = [.. Enumerable.Range(0, 24).Select(i => Math.Sin(i))], losses = new double[2], gradient = new double[24];
        int[] labels = [1, 1, 2, 1, 2, 3], threes = [3, 3];
        SequenceLosses.CtcElementsGradient(logits, labels, threes, threes, losses, gradient, c: 4);
        (double other, double[] wanted) = ForwardBackward.Run(logits[12..], 4, 3, labels[3..]);
        Assert.Equal(double.PositiveInfinity, losses[0]);
        Assert.All(gradient[..12], g => Assert.Equal(0, g));
        Assert.Equal(other, losses[1], 1e-12);
        Assert.All(wanted.Zip(gradient[12..]), p => Assert.Equal(p.First, p.Second, 1e-12));

        Assert.Equal(double.PositiveInfinity, SequenceLosses.CtcGradient(logits, labels, threes, threes, gradient, c: 4));
        Assert.All(gradient[..12], g => Assert.Equal(0, g));
        Assert.All(wanted.Zip(gradient[12..]), p => Assert.Equal(p.First / 6, p.Second, 1e-12));

        SequenceLosses.CtcElements(logits, labels, threes, threes, losses, c: 4, zeroInfinity: true);
        Assert.Equal(0, losses[0]);
        Assert.Equal(other, losses[1], 1e-12);
    }
}
