namespace Reports.History;

/// <summary>A quantity over the epochs of a run.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Values">One value for each recorded epoch.</param>
public sealed record Curve(string Name, double[] Values);
