using System.Text;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Widths;

/// <summary>A marked declaration as text, so that the pipeline compares it by value.</summary>
internal sealed record MarkedType(string HintName, string Usings, string Namespace, string Declaration)
{
    public static MarkedType Read(TypeDeclarationSyntax type)
    {
        CompilationUnitSyntax unit = (CompilationUnitSyntax)type.SyntaxTree.GetRoot();
        return new MarkedType(
            FileName(type),
            unit.Usings.ToFullString(),
            type.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString() ?? "",
            WidthRewriter.Mentions(type.Identifier.Text) ? type.ToFullString() : FurtherOverloads(type));
    }

    // Attributes may stand on one partial declaration only, so these keep none.
    private static string FurtherOverloads(TypeDeclarationSyntax type)
    {
        StringBuilder text = new();
        text.Append('\n').Append(type.Modifiers.ToString()).Append(' ').Append(type.Keyword.Text).Append(' ').Append(type.Identifier.Text);
        text.Append("\n{\n");
        foreach (MemberDeclarationSyntax member in type.Members)
        {
            if (WidthRewriter.Mentions(member.ToString()))
                text.Append(member.ToFullString());
        }

        return text.Append("}\n").ToString();
    }

    private static string FileName(TypeDeclarationSyntax type)
    {
        string path = type.SyntaxTree.FilePath.Replace('\\', '/');
        string file = path.Substring(path.LastIndexOf('/') + 1);
        string stem = file.EndsWith(".cs", StringComparison.Ordinal) ? file.Substring(0, file.Length - 3) : file;
        return stem + "." + type.Identifier.Text + ".Widths.g.cs";
    }
}
