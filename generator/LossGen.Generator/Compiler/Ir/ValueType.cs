// System.ValueType comes with the implicit usings; here the name always means the kind of a node.
global using ValueType = LossGen.Compiler.Ir.ValueType;

namespace LossGen.Compiler.Ir;

/// <summary>The kind of a value: real numbers in the loss' real type, 64-bit integers, or truth values.</summary>
internal enum ValueType
{
    Real,
    Integer,
    Truth,
}
