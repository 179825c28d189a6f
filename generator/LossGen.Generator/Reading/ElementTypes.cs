using LossGen.Compiler.Model;
using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>Which C# types the language knows.</summary>
internal static class ElementTypes
{
    /// <summary>The element type of a tensor; null for any other type.</summary>
    public static ElementType? OfElement(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Single => ElementType.Single,
        SpecialType.System_Double => ElementType.Double,
        SpecialType.System_Byte => ElementType.Byte,
        SpecialType.System_Int32 => ElementType.Int32,
        SpecialType.System_Int64 => ElementType.Int64,
        SpecialType.System_Boolean => ElementType.Boolean,
        _ => IsHalf(type) ? ElementType.Half : null,
    };

    /// <summary>The type of a scalar parameter; null for any other type.</summary>
    public static ElementType? OfScalar(ITypeSymbol type) =>
        OfElement(type) is { } element and not (ElementType.Half or ElementType.Byte) ? element : null;

    /// <summary>The type that a loss computes in; null for any other type.</summary>
    public static ElementType? OfReal(ITypeSymbol type) =>
        OfElement(type) is { } element and (ElementType.Single or ElementType.Double) ? element : null;

    /// <summary>The role and the element of a span type; null for any other type.</summary>
    public static (ParameterRole Role, ITypeSymbol Element)? OfSpan(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeArguments.Length: 1, ContainingType: null } span) return null;
        ITypeSymbol element = span.TypeArguments[0];
        string name = span.ContainingNamespace.ToDisplayString() + "." + span.Name;
        return name switch
        {
            "System.ReadOnlySpan" => (ParameterRole.Tensor, element),
            "System.Span" => (ParameterRole.Result, element),
            "System.Numerics.Tensors.ReadOnlyTensorSpan" => (ParameterRole.StridedTensor, element),
            _ => null,
        };
    }

    private static bool IsHalf(ITypeSymbol type) =>
        type is { Name: "Half", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}
