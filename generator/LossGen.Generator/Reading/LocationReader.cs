using System.Collections.Immutable;
using LossGen.Generator.Reporting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LossGen.Generator.Reading;

/// <summary>Reads where the parts of a declaration stand.</summary>
internal static class LocationReader
{
    public static LossLocations Read(
        string hintName,
        IMethodSymbol method,
        MethodDeclarationSyntax declaration,
        AttributeData loss,
        Compilation compilation,
        CancellationToken cancellationToken)
    {
        SourceRange name = SourceRange.Of(declaration.Identifier);
        ValueMap formula = MapArgument(loss, compilation, cancellationToken)
            ?? new(name, ImmutableArray<ValueSegment>.Empty);
        ImmutableArray<ParameterLocations>.Builder parameters = ImmutableArray.CreateBuilder<ParameterLocations>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter.Ordinal >= declaration.ParameterList.Parameters.Count) break;
            ParameterSyntax syntax = declaration.ParameterList.Parameters[parameter.Ordinal];
            ValueMap? axes = parameter.AxesAttribute() is { } attribute ? MapArgument(attribute, compilation, cancellationToken) : null;
            parameters.Add(new(parameter.Name, SourceRange.Of(syntax.SyntaxTree, DeclarationSpan(syntax)), axes));
        }

        return new(hintName, name, formula, parameters.ToImmutable());
    }

    // Modifiers, type and name: neither the attributes nor the default value.
    private static TextSpan DeclarationSpan(ParameterSyntax parameter)
    {
        int start = parameter.Modifiers.Count > 0 ? parameter.Modifiers[0].SpanStart : parameter.Type?.SpanStart ?? parameter.Identifier.SpanStart;
        return TextSpan.FromBounds(start, parameter.Identifier.Span.End);
    }

    private static ValueMap? MapArgument(AttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax syntax) return null;
        AttributeArgumentSyntax? argument = syntax.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals is null);
        return argument is null
            ? new(SourceRange.Of(syntax), ImmutableArray<ValueSegment>.Empty)
            : FormulaLocations.Map(argument.Expression, compilation.GetSemanticModel(syntax.SyntaxTree), cancellationToken);
    }
}
