using System.Text;
using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>The names of generated files and members.</summary>
internal static class GeneratedNames
{
    /// <summary>The argument of <c>[Loss]</c> that names the program.</summary>
    public const string ProgramArgument = "Program";

    /// <summary>
    /// The name of a loss's file: readable, and unique ignoring case. Two hint names that differ in case alone would lose all output,
    /// so the hash distinguishes case as well as overloads.
    /// </summary>
    public static string HintName(IMethodSymbol method)
    {
        string type = MetadataName(method.ContainingType);
        StringBuilder signature = new(type);
        signature.Append('.').Append(method.Name).Append('`').Append(method.Arity);
        foreach (IParameterSymbol parameter in method.Parameters)
            signature.Append(',').Append(TypeText.Modifier(parameter.RefKind)).Append(' ').Append(TypeText.Full(parameter.Type));

        // Characters that C# allows in a name and a file system might not.
        string readable = new([.. $"{type}.{method.Name}".Select(c => c is '.' or '_' || (c < 128 && char.IsLetterOrDigit(c)) ? c : '_')]);
        return $"{readable}.{StableHash.Of(signature.ToString()):x8}.g.cs";
    }

    /// <summary>The name of the second file of a loss, with its members for devices.</summary>
    public static string GpuHintName(string hintName) => hintName.Substring(0, hintName.Length - ".g.cs".Length) + ".Gpu.g.cs";

    /// <summary>The name of a loss's program property.</summary>
    public static string ProgramName(IMethodSymbol method, AttributeData loss)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in loss.NamedArguments)
            if (argument is { Key: ProgramArgument, Value.Value: string { Length: > 0 } name }) return name;
        return UsualProgramName(method);
    }

    /// <summary>The name where the attribute gives none.</summary>
    public static string UsualProgramName(IMethodSymbol method) => method.Name + "Program";

    private static string MetadataName(INamedTypeSymbol type)
    {
        string name = type.MetadataName;
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = outer.MetadataName + "." + name;
        return type.ContainingNamespace.IsGlobalNamespace ? name : type.ContainingNamespace.ToDisplayString() + "." + name;
    }
}
