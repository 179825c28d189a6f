using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Cases.Compilation;

/// <summary>A generated file without the bodies for other vector widths: the same text three times is most of what the compiler has to do.</summary>
internal static class OneWidth
{
    private static readonly BlockSyntax Nothing = (BlockSyntax)SyntaxFactory.ParseStatement("{ throw null!; }");

    public static SyntaxTree Of(SyntaxTree generated, int width)
    {
        SyntaxNode root = generated.GetRoot();
        IEnumerable<MethodDeclarationSyntax> others = root.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(m => m.Identifier.ValueText is "Run128" or "Run256" or "Run512" or "RunRows128" or "RunRows256" or "RunRows512" && !m.Identifier.ValueText.EndsWith($"{width}", StringComparison.Ordinal) && m.Body is not null);
        return generated.WithRootAndOptions(root.ReplaceNodes(others, (method, _) => method.WithBody(Nothing)), generated.Options);
    }
}
