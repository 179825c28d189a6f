using System.Collections.Immutable;
using LossGen.Compiler;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using LossGen.Generator.Reading;
using LossGen.Generator.Reporting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LossGen.Generator;

/// <summary>
/// Reports warnings and hints. They come from an analyzer because only then <c>#pragma</c> and <c>.editorconfig</c> can turn them off;
/// it runs the compiler's front half alone.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LossAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.BelowError;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.MethodDeclaration);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        MethodDeclarationSyntax declaration = (MethodDeclarationSyntax)context.Node;

        // Most methods have no attributes at all, and need no symbol.
        if (declaration.AttributeLists.Count == 0) return;
        if (context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } method) return;
        if (LossReader.Read(method, declaration, context.Compilation, context.CancellationToken) is not { } reading) return;
        foreach (LossProblem problem in LossCompiler.Check(reading.Spec, context.CancellationToken))
        {
            if (problem.Row.Level == DiagnosticLevel.Error) continue;
            Location location = reading.Locations.Locate(problem).ToLocation(declaration.SyntaxTree);
            context.ReportDiagnostic(Descriptors.ToDiagnostic(problem, location));
        }
    }
}
