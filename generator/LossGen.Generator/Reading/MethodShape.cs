using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Generator.Reading;

/// <summary>Checks everything about a method that is not a parameter or the formula.</summary>
internal static class MethodShape
{
    public static void Check(
        IMethodSymbol method, MethodDeclarationSyntax declaration, LossSignature signature, string hintName, ProblemList problems)
    {
        string name = method.Name;
        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword)) problems.ReportMethod(DiagnosticTable.MethodNotPartial, name);
        else if (HasBody(method, declaration, hintName)) problems.ReportMethod(DiagnosticTable.MethodHasBody, name);
        else CheckContainingTypes(method, problems);

        // What follows needs a method that could be implemented; more messages would only repeat the first.
        if (problems.HasErrors) return;
        if (!declaration.Modifiers.Any(IsAccessModifier)) problems.ReportMethod(DiagnosticTable.MissingAccessModifier, name);
        if (method.IsAsync) problems.ReportMethod(DiagnosticTable.AsyncMethod, name);
        if (method.IsGenericMethod) problems.ReportMethod(DiagnosticTable.GenericMethod, name);
        CheckResult(method, signature, problems);
    }

    private static bool IsAccessModifier(SyntaxToken token) =>
        token.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.PrivateKeyword;

    // After generation, as the analyzer sees it, the generated file holds the implementing part.
    private static bool HasBody(IMethodSymbol method, MethodDeclarationSyntax declaration, string hintName)
    {
        if (declaration.Body is not null || declaration.ExpressionBody is not null) return true;
        SyntaxReference? implementing = method.PartialImplementationPart?.DeclaringSyntaxReferences.FirstOrDefault();
        return implementing is not null && !IsGenerated(implementing.SyntaxTree, hintName);
    }

    /// <summary>Whether a tree is a file that was generated for a loss.</summary>
    public static bool IsGenerated(SyntaxTree tree, string hintName) =>
        tree.FilePath.EndsWith(hintName, StringComparison.Ordinal) || tree.FilePath.EndsWith(GeneratedNames.GpuHintName(hintName), StringComparison.Ordinal);

    private static void CheckContainingTypes(IMethodSymbol method, ProblemList problems)
    {
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                problems.ReportMethod(DiagnosticTable.FileLocalType, type.Name, method.Name);
                return;
            }

            if (!IsPartial(type))
            {
                problems.ReportMethod(DiagnosticTable.ContainingTypeNotPartial, type.Name, method.Name);
                return;
            }
        }
    }

    private static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static void CheckResult(IMethodSymbol method, LossSignature signature, ProblemList problems)
    {
        List<ParameterSpec> results = signature.Parameters
            .Where(p => p.Role == ParameterRole.Result && p.OtherDeclaration is null).ToList();
        if (results.Count > 1)
        {
            problems.ReportParameter(DiagnosticTable.TwoResults, results[1].Name, method.Name, results[0].Name, results[1].Name);
            return;
        }

        if (method.ReturnsVoid)
        {
            // A parameter with a message of its own may be the result that was meant.
            if (results.Count == 0 && signature.Parameters.All(p => p.OtherDeclaration is null))
                problems.ReportMethod(DiagnosticTable.ResultMissing, method.Name);
            return;
        }

        if (method.RefKind != RefKind.None || ElementTypes.OfReal(method.ReturnType) is null)
        {
            if (method.ReturnType.TypeKind != TypeKind.Error)
                problems.ReportMethod(DiagnosticTable.UnsupportedReturnType, method.Name, TypeText.Short(method.ReturnType));
        }
        else if (results.Count == 1)
        {
            problems.ReportParameter(
                DiagnosticTable.ResultWithReturnValue, results[0].Name, method.Name, TypeText.Short(method.ReturnType), results[0].Name);
        }
    }
}
