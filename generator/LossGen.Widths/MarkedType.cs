using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Widths;

/// <summary>A marked declaration as text, so that the pipeline compares it by value.</summary>
internal sealed record MarkedType(string HintName, string Usings, string Namespace, string Header, string Members)
{
    public static MarkedType Read(TypeDeclarationSyntax type)
    {
        CompilationUnitSyntax unit = (CompilationUnitSyntax)type.SyntaxTree.GetRoot();
        // A type named after the width is copied whole; a partial type gets further overloads only.
        bool whole = WidthRewriter.Mentions(type.Identifier.Text);
        StringBuilder members = new();
        foreach (MemberDeclarationSyntax member in type.Members)
        {
            if (whole || WidthRewriter.Mentions(member.ToString()))
                members.Append(member.ToFullString());
        }

        return new MarkedType(
            FileName(type),
            unit.Usings.ToFullString(),
            type.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString() ?? "",
            Declaration(type, whole),
            members.ToString());
    }

    // Attributes may stand on one partial declaration only, so a partial copy keeps none.
    private static string Declaration(TypeDeclarationSyntax type, bool whole)
    {
        string parameters = type.ParameterList?.ToString() ?? "";
        string declaration = type.Modifiers + " " + type.Keyword.Text + " " + type.Identifier.Text + parameters;
        return whole ? Documentation(type) + declaration : declaration;
    }

    private static string Documentation(TypeDeclarationSyntax type)
    {
        StringBuilder text = new();
        foreach (SyntaxTrivia trivia in type.GetLeadingTrivia())
        {
            if (trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
                text.Append(trivia.ToFullString());
        }

        return text.ToString();
    }

    private static string FileName(TypeDeclarationSyntax type)
    {
        string path = type.SyntaxTree.FilePath.Replace('\\', '/');
        string file = path.Substring(path.LastIndexOf('/') + 1);
        string stem = file.EndsWith(".cs", StringComparison.Ordinal) ? file.Substring(0, file.Length - 3) : file;
        return stem + "." + type.Identifier.Text + ".Widths.g.cs";
    }
}
