namespace Reports.Patterns;

/// <summary>The rule by which curves are read: the first row whose condition holds names the pattern.</summary>
public static class PatternRules
{
    private const int Swings = 3;
    private const double Rise = 0.10, Gap = 0.25, High = 0.50, LateFall = 0.10, Flat = 0.50;

    /// <summary>The words that the conditions use.</summary>
    public static string Terms { get; } =
        $"The drop is the first training loss minus the lowest one, or {Percent(CurveFacts.LeastDrop)} of the first if that is more. " +
        $"A curve swings when it rises by {Percent(CurveFacts.SwingSize)} of the drop or more and then falls by as much. " +
        "The level is the mean over a tenth of the run, and a curve ends at the level of the last tenth. " +
        "Epochs are evenly spaced, and a perfect model would have a loss near 0.";

    /// <summary>The rows, in the order in which they are asked.</summary>
    public static IReadOnlyList<PatternRule> All { get; } =
    [
        new(CurvePattern.Diverging, "diverging",
            $"A loss is not a finite number, or the training loss ends above where it began by more than {Percent(Rise)} of the drop.",
            "The steps are too long, or a value overflows: lower the rate.",
            facts => !facts.IsFinite || facts.TrainingRise > Rise,
            facts => facts.IsFinite ? $"training {Number(facts.Start)} → {Number(facts.TrainingEnd)}" : "not finite"),
        new(CurvePattern.Oscillating, "oscillating",
            $"The training loss swings {Swings} times or more.",
            "The steps jump over the minimum: lower the rate, or take larger batches.",
            facts => facts.TrainingSwings >= Swings,
            facts => $"{facts.TrainingSwings} swings"),
        new(CurvePattern.NoisyValidation, "noisy validation",
            $"The validation loss swings {Swings} times or more, and the training loss does not.",
            "The validation data are too few to tell one epoch from the next: hold out more, or judge by an average of epochs.",
            facts => facts.ValidationSwings >= Swings,
            facts => $"{facts.ValidationSwings} swings"),
        new(CurvePattern.Overfitting, "overfitting",
            $"The validation loss ends above its lowest level by more than {Percent(Rise)} of the drop, " +
            $"or above the training loss by more than {Percent(Gap)} of it.",
            "The model learns what holds for the training data alone: stop at the lowest validation loss, regularise, or get more data.",
            facts => facts.ValidationRise > Rise || facts.EndGap > Gap,
            facts => $"{Percent(facts.ValidationRise)} above its lowest, {Percent(facts.EndGap)} above training"),
        new(CurvePattern.Underfitting, "underfitting",
            $"The training loss ends above {Percent(High)} of where it began, or its level falls by more than " +
            $"{Percent(LateFall)} of the drop in the last fifth of the run.",
            "The model could do better: train longer, with a higher rate, or give it more parameters.",
            facts => facts.TrainingEnd > High * facts.Start || facts.LateFall > LateFall,
            facts => $"ends at {Percent(facts.TrainingEnd / facts.Start)}, last fifth {Percent(facts.LateFall)}"),
        new(CurvePattern.Plateau, "plateau",
            $"For {Percent(Flat)} of the run or more, without a break, the level of the training loss moves by less than " +
            $"{Percent(CurveFacts.FlatBand)} of the drop.",
            "Most of the run changed little: fewer epochs would do, or another rate gets it moving again.",
            facts => facts.LongestFlat >= Flat,
            facts => $"flat for {Percent(facts.LongestFlat)} of the run"),
        new(CurvePattern.Healthy, "healthy",
            "None of the above.",
            "The training loss fell and levelled off, and the validation loss went with it.",
            _ => true,
            facts => $"ends {Percent(facts.EndGap)} of the drop above training"),
    ];

    /// <summary>The row that a run's curves meet.</summary>
    public static PatternRule Find(CurveFacts facts) => All.First(rule => rule.Holds(facts));

    // The blank does not break.
    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:0.#}\u00a0%");

    private static string Number(double value) => FormattableString.Invariant($"{value:G3}");
}
