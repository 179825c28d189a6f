namespace LossGen.Compiler.Ir;

/// <summary>A position of an axis.</summary>
internal readonly record struct AxisPosition(Axis Axis, long Position);
