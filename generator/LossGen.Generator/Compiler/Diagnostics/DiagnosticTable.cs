using System.Collections.Immutable;

namespace LossGen.Compiler.Diagnostics;

/// <summary>
/// Every message of the compiler, one field a row, one file a range of ids. The line above a row names the arguments of its format.
/// </summary>
internal static partial class DiagnosticTable
{
    /// <summary>All rows in the order of their ids.</summary>
    /// <remarks>Built on demand: the order in which the files' fields are initialised is not defined.</remarks>
    public static ImmutableArray<DiagnosticRow> All =>
    [
        .. MethodRows,
        .. SyntaxRows,
        .. BindingRows,
        .. GradientRows,
        .. DomainRows,
        .. QualityRows,
        .. InternalRows,
    ];

    private static DiagnosticRow Error(string id, string title, string format) => new(id, DiagnosticLevel.Error, title, format);

    private static DiagnosticRow Warning(string id, string title, string format) => new(id, DiagnosticLevel.Warning, title, format);

    private static DiagnosticRow Info(string id, string title, string format) => new(id, DiagnosticLevel.Info, title, format);
}
