using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Generator.Reading;

/// <summary>
/// Compares two versions of a file in all that other files' declarations can see of it: names, types, constants, usings. Bodies are not
/// seen, nor texts in a method's attributes, by which no name means anything else; who reads such a text names the file.
/// </summary>
internal static class DeclaredNames
{
    public static bool AreSame(SyntaxTree before, SyntaxTree after, CancellationToken cancellationToken)
    {
        SyntaxNode first = before.GetRoot(cancellationToken), second = after.GetRoot(cancellationToken);
        return before.FilePath == after.FilePath && before.Options.Equals(after.Options) && HaveSameDirectives(first, second)
            && AreSame(first, second, isText: false);
    }

    // Conditions and nullable contexts, which are in force until further notice.
    private static bool HaveSameDirectives(SyntaxNode before, SyntaxNode after)
    {
        if (!before.ContainsDirectives && !after.ContainsDirectives) return true;
        IEnumerable<string> Texts(SyntaxNode root)
        {
            for (DirectiveTriviaSyntax? directive = root.GetFirstDirective(); directive is not null; directive = directive.GetNextDirective())
                yield return directive.ToFullString();
        }

        return Texts(before).SequenceEqual(Texts(after), StringComparer.Ordinal);
    }

    private static bool AreSame(SyntaxNode before, SyntaxNode after, bool isText)
    {
        if (before.RawKind != after.RawKind) return false;
        if (before.IsIncrementallyIdenticalTo(after) || before is BlockSyntax or ArrowExpressionClauseSyntax) return true;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        isText |= before is AttributeArgumentSyntax { NameEquals: null, Parent.Parent.Parent.Parent: MethodDeclarationSyntax or ParameterSyntax };
        ChildSyntaxList children = before.ChildNodesAndTokens(), others = after.ChildNodesAndTokens();
        if (children.Count != others.Count) return false;
        for (int i = 0; i < children.Count; i++)
            if (!AreSame(children[i], others[i], isText)) return false;
        return true;
    }

    private static bool AreSame(SyntaxNodeOrToken before, SyntaxNodeOrToken after, bool isText)
    {
        if (before.AsNode() is { } node) return after.AsNode() is { } other && AreSame(node, other, isText);
        SyntaxToken token = before.AsToken(), otherToken = after.AsToken();
        return after.IsToken && (isText && IsText(token) && IsText(otherToken) || SyntaxFactory.AreEquivalent(token, otherToken));
    }

    private static bool IsText(SyntaxToken token) =>
        token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken;
}
