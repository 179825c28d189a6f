namespace LossGen.Compiler.Diagnostics;

/// <content>LOSS05xx: hints.</content>
internal static partial class DiagnosticTable
{
    /// <summary>{0} binding or function; {1} ", or return it through 'out float p'" or empty.</summary>
    public static readonly DiagnosticRow UnusedBinding = Warning(
        "LOSS0501", "Binding is not used",
        "'{0}' is bound but the result does not use it; remove the statement{1}.");

    /// <summary>{0} parameter.</summary>
    public static readonly DiagnosticRow UnusedParameter = Info(
        "LOSS0502", "Parameter is not used",
        "Parameter '{0}' is not used by the formula; remove it, or use it.");

    private static DiagnosticRow[] QualityRows =>
    [
        UnusedBinding, UnusedParameter,
    ];
}
