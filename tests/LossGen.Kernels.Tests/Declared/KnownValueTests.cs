using Xunit;

namespace LossGen.Kernels.Tests.Declared;

/// <summary>Values from outside this project: worked out by hand, or from the derivative on paper in 40 digits.</summary>
public class KnownValueTests
{
    private const double Float = 1e-6;
    private const double Double = 1e-14;

    [Fact]
    public void Squared_error()
    {
        // differences 1, -2, 3, 0: (1 + 4 + 9) / 4; gradient 2 (x - y) / 4, times upstream 3
        var gradient = new float[4];
        Assert.Equal(3.5f, UserLosses.MseGradient([2, 0, 3, 7], [1, 2, 0, 7], gradient, upstream: 3));
        Assert.Equal([1.5f, -3, 4.5f, 0], gradient);
        var doubles = new double[4];
        Assert.Equal(3.5, UserLosses.MseGradient([2.0, 0, 3, 7], [1.0, 2, 0, 7], doubles));
        Assert.Equal([0.5, -1, 1.5, 0], doubles);
    }

    [Fact]
    public void Half_the_sum_of_two_losses()
    {
        // mean squared 3.5, mean absolute 6/4; gradient (x - y)/4 + sign(x - y)/8, sign(0) = 0
        var gradient = new float[4];
        Assert.Equal(2.5f, UserLosses.BothGradient([2, 0, 3, 7], [1, 2, 0, 7], gradient));
        Assert.Equal([0.375f, -0.625f, 0.875f, 0], gradient);
    }

    [Fact]
    public void Regression_with_elastic_net()
    {
        // mean squared (1 + 9) / 2 = 5; penalty 1/8 (3 + 5/2) = 11/16; gradients (x - y), and (sign w + w) / 8 with sign 0 = 0
        float[] byX = new float[2], byW = new float[3];
        Assert.Equal(5.6875f, UserLosses.ElasticRegressionGradient([2, -1], [1, 2], [2, -1, 0], byX, byW));
        Assert.Equal([1, -3], byX);
        Assert.Equal([0.375f, -0.25f, 0], byW);
    }

    [Fact]
    public void Cross_entropy()
    {
        // softmax minus the label's indicator, over n = 2
        var gradient = new float[6];
        float value = UserLosses.CrossEntropyGradient([1, 2, 3, 0.5f, -1, 0], [2, 1], gradient);
        Near(Float, 1.2558682848905543, value);
        Near(
            Float, [0.045015286585190229, 0.12236423552739883, -0.16737952211258906, 0.27327469363308982, -0.43902417384513557, 0.16574948021204575],
            gradient);
    }

    [Fact]
    public void Cross_entropy_of_each_row()
    {
        // lse - z[label], and upstream times softmax minus the label's indicator
        float[] each = new float[2], gradient = new float[6];
        UserLosses.CrossEntropyOfEachGradient([1, 2, 3, 0.5f, -1, 0], [2, 1], each, gradient, upstream: [2, -1]);
        Near(Float, [0.40760596444438013, 2.1041306053367284], each);
        Near(
            Float, [0.18006114634076092, 0.48945694210959534, -0.6695180884503562, -0.54654938726617964, 0.87804834769027114, -0.3314989604240915],
            gradient);
        UserLosses.CrossEntropyOfEachGradient([1, 2, 3, 0.5f, -1, 0], [2, 1], each, gradient);
        Near(
            Float, [0.09003057317038046, 0.24472847105479767, -0.33475904422517812, 0.54654938726617964, -0.87804834769027109, 0.33149896042409149],
            gradient);
    }

    [Fact]
    public void Cross_entropy_with_class_weights_and_an_ignored_row()
    {
        // weights 1 and 2 of the labels 2 and 1, divided by their sum 3; the ignored row has gradient 0
        var gradient = new double[9];
        double value = UserLosses.WeightedCrossEntropyGradient([1, 2, 3, 0.5, -1, 0, 0, 0, 1], [2, -1, 1], [0.5, 2, 1], gradient);
        Near(Double, 1.1701651307694942, value);
        Near(
            Double,
            [0.030010191056793486, 0.081576157018265884, -0.11158634807505937, 0, 0, 0, 0.14129437174472363, -0.52537229492194304, 0.38407792317721941],
            gradient);
    }

    [Fact]
    public void Cross_entropy_with_smoothed_labels()
    {
        // softmax minus (7/8 on the label + 1/24 everywhere), over n = 2
        var gradient = new double[6];
        double value = UserLosses.SmoothCrossEntropyGradient([1, 2, 3, 0.5, -1, 0], [2, 1], gradient);
        Near(Double, 1.266284951557221, value);
        Near(
            Double, [0.024181953251856896, 0.10153090219406549, -0.12571285544592239, 0.25244136029975649, -0.3973575071784689, 0.14491614687871242],
            gradient);
    }

    [Fact]
    public void Learned_temperature()
    {
        // the gradient by tau is minus the sum of z times the gradient by z / tau, over tau^2
        var gradient = new double[6];
        double value = UserLosses.TemperatureGradient([1, 2, 3, 0.5, -1, 0], [2, 1], gradient, out double byTau, 2);
        Near(Double, 1.1208592841181242, value);
        Near(Double, -0.04155397892433429, byTau);
        Near(
            Double, [0.046580930806461894, 0.076798971429624599, -0.12337990223608649, 0.11105349479041635, -0.19754204349600879, 0.086488548705592437],
            gradient);
    }

    [Fact]
    public void Dice_and_cross_entropy()
    {
        var gradient = new float[4];
        float value = UserLosses.DiceBceGradient([2, -1, 0, 1], [1, 0, 1, 0], gradient, out float dice, out float bce);
        Near(Float, 0.91257214413611307, value);
        Near(Float, value, dice + bce);
        Near(Float, [-0.055185170001697162, 0.092779336333027101, -0.18544283419461166, 0.20830862564802954], gradient);
    }

    [Fact]
    public void Triplets()
    {
        // First row: |a-p|^2 = 5/4, |a-q|^2 = 5/4, so the hinge is 1. Second: 2 - 14 + 1 < 0, no gradient. Gradients 2 (q - p), 2 (p - a), 2 (a - q) over n = 2.
        float[] a = [1, 0, 2, 0, 1, 1], p = [0.5f, 1, 2, 1, 1, 0], q = [1, 0.5f, 1, 3, -1, 0];
        float[] byA = new float[6], byP = new float[6], byQ = new float[6];
        Assert.Equal(0.5f, UserLosses.TripletGradient(a, p, q, byA, byP, byQ, d: 3));
        Assert.Equal([0.5f, -0.5f, -1, 0, 0, 0], byA);
        Assert.Equal([-0.5f, 1, 0, 0, 0, 0], byP);
        Assert.Equal([0, -0.5f, 1, 0, 0, 0], byQ);
    }

    [Fact]
    public void Cosine_distance()
    {
        // cosines 4/5 and -1/sqrt(10); gradient of each: (b/|b| - cos a/|a|) / |a|, over -2
        double[] byA = new double[4], byB = new double[4];
        double value = UserLosses.CosineGradient([1, 2, 0.5, -1], [2, 1, 1, 1], byA, byB, d: 2);
        Near(Double, 0.75811388300841897, value);
        Near(Double, [-0.12, 0.06, -0.37947331922020552, -0.18973665961010276], byA);
        Near(Double, [0.06, -0.12, -0.23717082451262845, 0.23717082451262845], byB);
    }

    [Fact]
    public void Poisson_likelihood()
    {
        // lgamma(1 + y) is 0, 0, log 6; gradient (exp(z) - y) / 3
        var gradient = new double[3];
        Near(Double, 4.5658054266767586, UserLosses.PoissonGradient([0.5, 2, -1], [1, 0, 3], gradient));
        Near(Double, [0.21624042356670938, 2.4630186996435501, -0.87737351960951923], gradient);
    }

    [Fact]
    public void Focal_loss()
    {
        var gradient = new double[2];
        Near(Double, 0.20003482918393855, UserLosses.FocalGradient([1, 0.5], [1, 0], gradient));
        Near(Double, [-0.02629056498878031, 0.26307591093729152], gradient);
    }

    [Fact]
    public void Log_of_a_sum_of_exponentials()
    {
        // the gradient is the softmax
        var gradient = new double[3];
        Near(Double, 2.2413112966571571, UserLosses.LogSumExpGradient([0.5, 2, -1], gradient));
        Near(Double, [0.17529039214003669, 0.78559703458927586, 0.039112573270687452], gradient);
    }

    [Fact]
    public void Class_dice_of_pictures()
    {
        // equal logits of two classes: p = 1/2 at both pixels, one of each class: 1 - (2 * 1/2 + 1) / (1 + 1 + 1) for both
        float value = UserLosses.ClassDice([0, 0, 0, 0], [0, 1], h: 1, w: 2);
        Near(Float, 1.0 / 3, value);
    }

    private static void Near(double tolerance, double want, double got) =>
        Assert.True(Math.Abs(got - want) <= tolerance * Math.Abs(want), $"{got:R} is not {want:R}");

    private static void Near(double tolerance, double[] want, float[] got) => Near(tolerance, want, Array.ConvertAll(got, x => (double)x));

    private static void Near(double tolerance, double[] want, double[] got)
    {
        Assert.Equal(want.Length, got.Length);
        double largest = want.Max(Math.Abs);
        foreach ((double w, double g) in want.Zip(got)) Assert.True(Math.Abs(g - w) <= tolerance * largest, $"{g:R} is not {w:R}");
    }
}
