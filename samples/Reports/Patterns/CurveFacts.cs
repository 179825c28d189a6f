namespace Reports.Patterns;

/// <summary>What the rule looks at, measured on the curves of a run. Shares of the drop are given as fractions of it.</summary>
public sealed record CurveFacts
{
    /// <summary>Fewer recorded epochs than this are no curve.</summary>
    public const int FewestEpochs = 10;

    /// <summary>The drop is at least this share of the first loss, so that a run that learns nothing is not measured by its jitter.</summary>
    public const double LeastDrop = 0.1;

    /// <summary>The least rise and fall of a swing, as a share of the drop.</summary>
    public const double SwingSize = 0.05;

    /// <summary>How far a flat stretch may reach from its lowest to its highest level, as a share of the drop.</summary>
    public const double FlatBand = 0.01;

    /// <summary>Whether every loss is a finite number. If not, nothing else is measured.</summary>
    public bool IsFinite { get; private init; }

    /// <summary>The first training loss.</summary>
    public double Start { get; private init; }

    /// <summary>The level of the training loss over the last tenth of the run.</summary>
    public double TrainingEnd { get; private init; }

    /// <summary>How far the training loss ends above its start, as a share of the drop; negative where it fell.</summary>
    public double TrainingRise { get; private init; }

    /// <summary>How often the training loss rises and falls again.</summary>
    public int TrainingSwings { get; private init; }

    /// <summary>How often the validation loss rises and falls again.</summary>
    public int ValidationSwings { get; private init; }

    /// <summary>How far the validation loss ends above its lowest level, as a share of the drop.</summary>
    public double ValidationRise { get; private init; }

    /// <summary>How far the validation loss ends above the training loss, as a share of the drop.</summary>
    public double EndGap { get; private init; }

    /// <summary>How far the level of the training loss falls in the last fifth of the run, as a share of the drop.</summary>
    public double LateFall { get; private init; }

    /// <summary>The longest stretch in which the level of the training loss stands still, as a share of the run.</summary>
    public double LongestFlat { get; private init; }

    /// <summary>Measures the curves.</summary>
    /// <param name="training">The training loss of evenly spaced epochs.</param>
    /// <param name="validation">The validation loss of the same epochs.</param>
    /// <exception cref="ArgumentException">The curves differ in length or have fewer than <see cref="FewestEpochs"/> epochs.</exception>
    public static CurveFacts Measure(ReadOnlySpan<double> training, ReadOnlySpan<double> validation)
    {
        int count = training.Length;
        if (validation.Length != count || count < FewestEpochs)
            throw new ArgumentException(
                $"Both curves need the same epochs, {FewestEpochs} or more; they have {count} and {validation.Length}.");
        if (!AllFinite(training) || !AllFinite(validation))
            return new CurveFacts();

        double drop = Math.Max(training[0] - Lowest(training), LeastDrop * Math.Abs(training[0]));
        // Curves of zeros alone: any unit will do.
        if (drop == 0)
            drop = 1;
        double[] trainingLevel = Level(training), validationLevel = Level(validation);
        return new CurveFacts
        {
            IsFinite = true,
            Start = training[0],
            TrainingEnd = trainingLevel[^1],
            TrainingRise = (trainingLevel[^1] - training[0]) / drop,
            TrainingSwings = CountSwings(training, SwingSize * drop),
            ValidationSwings = CountSwings(validation, SwingSize * drop),
            ValidationRise = (validationLevel[^1] - Lowest(validationLevel)) / drop,
            EndGap = (validationLevel[^1] - trainingLevel[^1]) / drop,
            LateFall = (trainingLevel[^(1 + Math.Min(count / 5, trainingLevel.Length - 1))] - trainingLevel[^1]) / drop,
            LongestFlat = (double)LongestStretch(trainingLevel, FlatBand * drop) / trainingLevel.Length,
        };
    }

    /// <summary>The mean over each tenth of the curve that begins at an epoch and lies within the run.</summary>
    private static double[] Level(ReadOnlySpan<double> curve)
    {
        int window = curve.Length / 10;
        double[] level = new double[curve.Length - window + 1];
        for (int first = 0; first < level.Length; first++)
        {
            foreach (double value in curve.Slice(first, window))
                level[first] += value / window;
        }
        return level;
    }

    private static int CountSwings(ReadOnlySpan<double> curve, double size)
    {
        int swings = 0;
        bool rising = false;
        double turn = curve[0];
        foreach (double value in curve)
        {
            if (rising ? value > turn : value < turn)
            {
                turn = value;
            }
            else if (Math.Abs(value - turn) >= size && value != turn)
            {
                swings += rising ? 1 : 0;
                (rising, turn) = (!rising, value);
            }
        }
        return swings;
    }

    private static int LongestStretch(ReadOnlySpan<double> level, double band)
    {
        int longest = 0;
        for (int first = 0; first < level.Length; first++)
        {
            double low = level[first], high = level[first];
            int end = first;
            while (end < level.Length && Math.Max(high, level[end]) - Math.Min(low, level[end]) <= band)
            {
                (low, high) = (Math.Min(low, level[end]), Math.Max(high, level[end]));
                end++;
            }
            longest = Math.Max(longest, end - first);
        }
        return longest;
    }

    private static double Lowest(ReadOnlySpan<double> curve)
    {
        double lowest = curve[0];
        foreach (double value in curve)
            lowest = Math.Min(lowest, value);
        return lowest;
    }

    private static bool AllFinite(ReadOnlySpan<double> curve)
    {
        foreach (double value in curve)
        {
            if (!double.IsFinite(value))
                return false;
        }
        return true;
    }
}
