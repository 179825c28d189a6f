using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Emission;
using LossGen.Compiler.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Generator.Reading;

/// <summary>
/// Reads a method with <c>[Loss]</c> into strings and records. This is the last place that sees Roslyn's symbols; it only reads, and
/// runs again after every edit, so it must stay cheap.
/// </summary>
internal static class LossReader
{
    public static LossReading? Read(
        IMethodSymbol symbol, MethodDeclarationSyntax declaration, Compilation compilation, CancellationToken cancellationToken)
    {
        IMethodSymbol method = symbol.PartialDefinitionPart ?? symbol;
        if (method.LossAttribute() is not { } loss) return null;
        string hintName = GeneratedNames.HintName(method);
        string? formula = loss.FirstText();
        ProblemList problems = new();

        LossSignature signature = SignatureReader.Read(method, formula ?? "", problems);
        ProblemList shape = new();
        RuntimeVersion.Check(loss, compilation, shape);
        MethodShape.Check(method, declaration, signature, hintName, shape);
        string program = GeneratedNameChecks.Check(method, loss, signature, hintName, loss.HasCurvature(), problems);
        GpuMembers gpuMembers = GpuMemberChecks.Check(method, signature, loss.HasCurvature(), hintName, compilation, problems);
        if (formula is null) problems.ReportMethod(DiagnosticTable.NoConstantFormula, method.Name);
        if (!problems.HasErrors && !shape.HasErrors && signature.Differentiated().IsEmpty)
            problems.ReportMethod(DiagnosticTable.NothingToDifferentiate, method.Name);

        CalleeCollector callees = new(compilation, cancellationToken);
        signature = signature with { Calls = callees.Collect(method, signature.Formula) };
        LossSpec spec = new(
            signature,
            callees.Callees,
            NamespaceOf(method.ContainingNamespace),
            ContainingTypes(method),
            method.Name,
            Modifiers(declaration),
            program,
            hintName,
            HasDocumentation(declaration),
            method.ReturnsVoid,
            ImmutableArray.CreateRange(shape.All.Concat(problems.All)),
            OtherReturnType(method),
            TypeParameters(method),
            TypeText.Constraints(method),
            method.IsExtensionMethod,
            loss.HasCurvature() && GeneratedNameChecks.CanAddCurvature(method, hintName),
            gpuMembers);
        return new(spec, LocationReader.Read(hintName, method, declaration, loss, compilation, cancellationToken));
    }

    private static string NamespaceOf(INamespaceSymbol space) =>
        space.IsGlobalNamespace ? ""
        : space.ContainingNamespace.IsGlobalNamespace ? space.Name
        : NamespaceOf(space.ContainingNamespace) + "." + space.Name;

    private static EquatableArray<ContainingTypeSpec> ContainingTypes(IMethodSymbol method)
    {
        ImmutableArray<ContainingTypeSpec>.Builder types = ImmutableArray.CreateBuilder<ContainingTypeSpec>();
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
            types.Insert(0, new(Keyword(type), CSharpIdentifier.Escape(type.Name) + TypeParameters(type)));
        return types.ToImmutable();
    }

    private static string Keyword(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Interface => "interface",
        TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
        _ => type.IsRecord ? "record" : "class",
    };

    private static string TypeParameters(INamedTypeSymbol type) => Join(type.TypeParameters);

    private static string TypeParameters(IMethodSymbol method) => Join(method.TypeParameters);

    private static string Join(ImmutableArray<ITypeParameterSymbol> parameters) => parameters.IsEmpty
        ? ""
        : $"<{string.Join(", ", parameters.Select(p => Variance(p) + CSharpIdentifier.Escape(p.Name)))}>";

    private static string Variance(ITypeParameterSymbol parameter) => parameter.Variance switch
    {
        VarianceKind.In => "in ",
        VarianceKind.Out => "out ",
        _ => "",
    };

    // "async" belongs to a part with a body, and to a method that is an error here anyway.
    private static string Modifiers(MethodDeclarationSyntax declaration) => string.Join(" ", declaration.Modifiers
        .Where(token => token.Kind() is not (SyntaxKind.PartialKeyword or SyntaxKind.AsyncKeyword or SyntaxKind.ExternKeyword))
        .Select(token => token.ValueText));

    // By kind or by text: with documentation turned off, Roslyn reads "///" as an ordinary comment.
    private static bool HasDocumentation(MethodDeclarationSyntax declaration) => declaration.GetLeadingTrivia().Any(trivia =>
        trivia.Kind() is SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia
        || (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && trivia.ToString().StartsWith("///", StringComparison.Ordinal)));

    private static string? OtherReturnType(IMethodSymbol method) =>
        method.ReturnsVoid || (method.RefKind == RefKind.None && ElementTypes.OfReal(method.ReturnType) is not null)
            ? null
            : TypeText.ReturnType(method);
}
