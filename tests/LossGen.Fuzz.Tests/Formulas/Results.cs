using System.Collections.Immutable;

namespace LossGen.Fuzz.Tests.Formulas;

/// <summary>The span that a loss per sample writes its results to.</summary>
/// <param name="Order">Its axes, outermost first.</param>
/// <param name="Type">Its element type, as cases write it.</param>
internal sealed record Results(ImmutableArray<string> Order, string Type);
