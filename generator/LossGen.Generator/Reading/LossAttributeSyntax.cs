using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Generator.Reading;

/// <summary>What the characters of a method's attributes say without being bound.</summary>
internal static class LossAttributeSyntax
{
    /// <summary>A method with an attribute of that name, of whatever namespace.</summary>
    public static bool IsSpelled(SyntaxNode node) => node is MethodDeclarationSyntax { AttributeLists: { Count: > 0 } lists }
        && lists.Any(list => list.Attributes.Any(attribute => NameOf(attribute.Name) is "Loss" or "LossAttribute"));

    /// <summary>A method that can have the attribute by an alias only.</summary>
    public static bool IsAliased(SyntaxNode node) => node is MethodDeclarationSyntax && !IsSpelled(node);

    /// <summary>Whether some attribute of a method has an argument of that name.</summary>
    public static bool MayNameProgram(IMethodSymbol method) => HasProgramArgument(method) || (method.PartialImplementationPart is { } other && HasProgramArgument(other));

    private static bool HasProgramArgument(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is MethodDeclarationSyntax { AttributeLists: var lists }
            && lists.Any(list => list.Attributes.Any(attribute => attribute.ArgumentList?.Arguments
                .Any(argument => argument.NameEquals?.Name.Identifier.ValueText == GeneratedNames.ProgramArgument) == true)));

    private static string NameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
