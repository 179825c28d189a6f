using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>The runtime's attributes, by name: the generator does not reference the runtime.</summary>
internal static class AttributeNames
{
    public const string Loss = "LossGen.LossAttribute";

    private const string Namespace = "LossGen";

    public static AttributeData? LossAttribute(this ISymbol symbol) => Find(symbol, "LossAttribute");

    public static AttributeData? AxesAttribute(this ISymbol symbol) => Find(symbol, "AxesAttribute");

    public static AttributeData? DifferentiateAttribute(this ISymbol symbol) => Find(symbol, "DifferentiateAttribute");

    /// <summary>An attribute's first argument as text; null when it is missing, null or not a constant.</summary>
    public static string? FirstText(this AttributeData attribute) =>
        attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null;

    /// <summary>Whether a loss attribute asks for second derivatives.</summary>
    public static bool HasCurvature(this AttributeData loss) =>
        loss.NamedArguments.Any(argument => argument is { Key: "Curvature", Value.Value: true });

    private static AttributeData? Find(ISymbol symbol, string name)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is
                {
                    ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true }, ContainingType: null,
                } type && type.Name == name)
                return attribute;
        }

        return null;
    }
}
