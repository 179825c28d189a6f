using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reporting;

/// <summary>The table of diagnostics as Roslyn wants it.</summary>
internal static class Descriptors
{
    private const string Pages = "https://github.com/lossgen/lossgen/blob/main/docs/diagnostics.md#";

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById =
        DiagnosticTable.All.ToImmutableDictionary(row => row.Id, Create, StringComparer.Ordinal);

    /// <summary>What the analyzer may report.</summary>
    public static ImmutableArray<DiagnosticDescriptor> BelowError { get; } =
        [.. DiagnosticTable.All.Where(row => row.Level != DiagnosticLevel.Error).Select(Of)];

    public static DiagnosticDescriptor Of(DiagnosticRow row) => ById[row.Id];

    /// <summary>A problem as a Roslyn diagnostic at a location.</summary>
    public static Diagnostic ToDiagnostic(LossProblem problem, Location location) =>
        Diagnostic.Create(Of(problem.Row), location, [.. problem.Arguments.Items.Cast<object>()]);

    // Errors are not tagged NotConfigurable: the compiler would stop at them, and the user's mistakes in method bodies would stay unseen.
    private static DiagnosticDescriptor Create(DiagnosticRow row) => new(
        row.Id, row.Title, row.MessageFormat, "LossGen", Severity(row.Level), isEnabledByDefault: true,
        helpLinkUri: Pages + row.Id.ToLowerInvariant());

    private static DiagnosticSeverity Severity(DiagnosticLevel level) => level switch
    {
        DiagnosticLevel.Error => DiagnosticSeverity.Error,
        DiagnosticLevel.Warning => DiagnosticSeverity.Warning,
        DiagnosticLevel.Info => DiagnosticSeverity.Info,
        _ => DiagnosticSeverity.Hidden,
    };
}
