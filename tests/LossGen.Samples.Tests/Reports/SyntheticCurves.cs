using Reports.Patterns;

namespace LossGen.Samples.Tests.Reports;

/// <summary>Curves whose pattern is known because they were drawn that way.</summary>
public static class SyntheticCurves
{
    /// <summary>A falling exponential: from <paramref name="start"/> to <paramref name="end"/>, most of the way in <paramref name="pace"/>
    /// of the run.</summary>
    public static double[] Falling(int epochs, double start, double end, double pace)
        => Curve(epochs, t => end + (start - end) * Math.Exp(-t / pace));

    public static double[] Curve(int epochs, Func<double, double> value)
        => [.. Enumerable.Range(0, epochs).Select(epoch => value(epoch / (epochs - 1.0)))];

    /// <summary>A curve with something added that depends on the number of the epoch.</summary>
    public static double[] With(double[] curve, Func<int, double> added) => [.. curve.Select((value, epoch) => value + added(epoch))];

    /// <summary>Noise between -1 and 1, the same for the same seed.</summary>
    public static Func<int, double> Noise(int seed)
    {
        var random = new Random(seed);
        return _ => 2 * random.NextDouble() - 1;
    }

    public static CurvePattern Pattern(double[] training, double[] validation)
        => PatternRules.Find(CurveFacts.Measure(training, validation)).Pattern;
}
