namespace Reports.Patterns;

/// <summary>What the loss curves of a run show.</summary>
public enum CurvePattern
{
    /// <summary>The loss grows.</summary>
    Diverging,

    /// <summary>The training loss goes up and down.</summary>
    Oscillating,

    /// <summary>Only the validation loss goes up and down.</summary>
    NoisyValidation,

    /// <summary>The validation loss rises, or stays far above the training loss.</summary>
    Overfitting,

    /// <summary>Both losses stay high, or are still falling fast.</summary>
    Underfitting,

    /// <summary>The training loss stands still for a large part of the run.</summary>
    Plateau,

    /// <summary>None of the others.</summary>
    Healthy,
}
