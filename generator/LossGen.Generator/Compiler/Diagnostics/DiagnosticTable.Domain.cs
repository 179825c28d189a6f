namespace LossGen.Compiler.Diagnostics;

/// <content>LOSS04xx: indices that leave their axes.</content>
internal static partial class DiagnosticTable
{
    /// <summary>{0} the index's text; {1} axis; {2} the values found, e.g. "size(t)".</summary>
    public static readonly DiagnosticRow IndexCanLeaveAxis = Error(
        "LOSS0401", "Index can leave its axis",
        "Index '{0}' replaces axis '{1}' and can be {2}, outside 0 … size({1}) - 1; guard it with '?:', or reduce over the "
        + "axes of the index so that its terms shorten.");

    private static DiagnosticRow[] DomainRows =>
    [
        IndexCanLeaveAxis,
    ];
}
