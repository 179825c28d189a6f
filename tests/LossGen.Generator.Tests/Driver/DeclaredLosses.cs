using LossGen.Compiler.Model;
using LossGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Generator.Tests.Driver;

/// <summary>Reads declarations without running the pipeline.</summary>
internal static class DeclaredLosses
{
    /// <summary>The loss of this name, as the reading stage sees it.</summary>
    public static LossReading Read(Compilation compilation, string method)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            foreach (MethodDeclarationSyntax declaration in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            {
                if (declaration.Identifier.ValueText != method) continue;
                IMethodSymbol symbol = compilation.GetSemanticModel(tree).GetDeclaredSymbol(declaration)!;
                return LossReader.Read(symbol, declaration, compilation, CancellationToken.None)!;
            }
        }

        throw new ArgumentException($"No method '{method}'.", nameof(method));
    }

    public static LossSpec Spec(string method, params string[] files) => Read(GeneratorRun.Compile(files), method).Spec;
}
