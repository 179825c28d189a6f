using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission;

/// <summary>How the types of parameters are written in generated files.</summary>
internal static class CSharpTypes
{
    public static string Name(ElementType element) => element switch
    {
        ElementType.Single => "float",
        ElementType.Double => "double",
        ElementType.Half => "global::System.Half",
        ElementType.Byte => "byte",
        ElementType.Int32 => "int",
        ElementType.Int64 => "long",
        _ => "bool",
    };

    /// <summary>Modifiers and type of a parameter as declared.</summary>
    public static string Declaration(ParameterSpec parameter)
    {
        if (parameter.OtherDeclaration is { } other) return other;
        string element = Name(parameter.Element);
        string type = parameter.Role switch
        {
            ParameterRole.Tensor => $"global::System.ReadOnlySpan<{element}>",
            ParameterRole.StridedTensor => $"global::System.Numerics.Tensors.ReadOnlyTensorSpan<{element}>",
            ParameterRole.Result => $"global::System.Span<{element}>",
            ParameterRole.Part => $"out {element}",
            _ => element,
        };
        return parameter.IsScoped ? "scoped " + type : type;
    }

    /// <summary>Modifiers and type of the parameter that receives a gradient.</summary>
    public static string GradientDeclaration(ParameterSpec parameter)
    {
        string element = Name(parameter.Element);
        return parameter.Role switch
        {
            ParameterRole.Tensor => $"global::System.Span<{element}>",
            ParameterRole.StridedTensor => $"global::System.Numerics.Tensors.TensorSpan<{element}>",
            _ => $"out {element}",
        };
    }
}
