using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>Types of the C family, as the prelude names them.</summary>
internal static class CTypes
{
    /// <summary>How an element lies in memory; a Half as its 16 bits.</summary>
    public static string Element(ElementType element) => element switch
    {
        ElementType.Single => "float",
        ElementType.Double => "double",
        ElementType.Half => "lg_u16",
        ElementType.Int32 => "int",
        ElementType.Int64 => "lg_i64",
        _ => "lg_u8",
    };

    /// <summary>The type of a local in a nest: what adds up many terms is a pair of numbers.</summary>
    public static string Local(KernelLocal local, string real) => local.Type switch
    {
        ValueType.Truth => "int",
        ValueType.Integer => "lg_i64",
        _ => local.Precision == Precision.Wide ? "lg_pair" : real,
    };
}
