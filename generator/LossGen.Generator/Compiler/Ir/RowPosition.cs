namespace LossGen.Compiler.Ir;

/// <summary>Payload of a position along an axis that is computed from values.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="IsCertain">Whether there is one wherever it is evaluated; the position of an extreme of nothing is beyond every axis.</param>
internal sealed record RowPosition(Axis Axis, bool IsCertain);
