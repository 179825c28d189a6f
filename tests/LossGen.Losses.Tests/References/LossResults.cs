namespace LossGen.Losses.Tests.References;

/// <summary>What a call of a loss, or of its gradient, gave.</summary>
/// <param name="Values">The loss, or that of each element.</param>
/// <param name="Parts">By part.</param>
/// <param name="Gradients">By differentiated parameter.</param>
internal sealed record LossResults(double[] Values, Dictionary<string, double> Parts, Dictionary<string, double[]> Gradients);
