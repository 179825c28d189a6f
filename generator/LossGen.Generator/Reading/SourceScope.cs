using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Generator.Reading;

/// <summary>Looks up names as C# would at the place of a declaration: with its usings, aliases and containing types.</summary>
internal static class SourceScope
{
    public static IEnumerable<IMethodSymbol> Lookup(SemanticModel model, MethodDeclarationSyntax declaration, string name)
    {
        int position = declaration.Identifier.SpanStart;
        SymbolInfo info = model.GetSpeculativeSymbolInfo(
            position, SyntaxFactory.ParseExpression(name), SpeculativeBindingOption.BindAsExpression);
        IEnumerable<ISymbol> found = info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols;
        return found.OfType<IMethodSymbol>().Where(method => model.IsAccessible(position, method));
    }
}
