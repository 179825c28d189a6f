namespace LossGen.Cases.Calls;

/// <summary>One set of arguments for a case, and what its entries give for them.</summary>
internal interface ILossCall : IDisposable
{
    /// <summary>How many results there are: one for a loss that returns a number.</summary>
    int ResultCount { get; }

    (double[] Values, double[] Parts) Value();

    /// <summary>Value and gradients, on outputs that hold NaN before.</summary>
    /// <param name="upstream">One for each result; none for the default.</param>
    CallResult Gradient(params double[] upstream);

    /// <summary>What was written where nothing should have been, or null.</summary>
    string? Damage();
}
