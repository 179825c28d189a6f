namespace Reports.History;

/// <summary>Losses on the training and the validation data, epoch after epoch.</summary>
/// <param name="partNames">What the parts of the loss are called.</param>
public sealed class TrainingHistory(params string[] partNames)
{
    private readonly List<int> epochs = [];
    private readonly List<LossValue> training = [];
    private readonly List<LossValue> validation = [];

    /// <summary>What the parts of the loss are called.</summary>
    public IReadOnlyList<string> PartNames => partNames;

    /// <summary>The recorded epochs, rising; 0 is the untrained model.</summary>
    public int[] Epochs => [.. epochs];

    /// <summary>The loss on the training data.</summary>
    public double[] Training => [.. training.Select(loss => loss.Total)];

    /// <summary>The loss on the validation data.</summary>
    public double[] Validation => [.. validation.Select(loss => loss.Total)];

    /// <summary>Records an epoch.</summary>
    /// <exception cref="ArgumentException">The epoch is not later than the last, or the parts are not as many as their names.</exception>
    public void Add(int epoch, LossValue onTraining, LossValue onValidation)
    {
        if (epochs.Count > 0 && epoch <= epochs[^1])
            throw new ArgumentException($"Epoch {epoch} comes after epoch {epochs[^1]}.", nameof(epoch));
        if (onTraining.Parts.Length != partNames.Length || onValidation.Parts.Length != partNames.Length)
            throw new ArgumentException($"A loss has {partNames.Length} parts here.");
        epochs.Add(epoch);
        training.Add(onTraining);
        validation.Add(onValidation);
    }

    /// <summary>A part on the training data.</summary>
    public double[] TrainingPart(int part) => [.. training.Select(loss => loss.Parts[part])];

    /// <summary>A part on the validation data.</summary>
    public double[] ValidationPart(int part) => [.. validation.Select(loss => loss.Parts[part])];
}
