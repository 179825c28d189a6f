namespace LossGen.Compiler.Diagnostics;

/// <content>LOSS04xx: indices that leave their axes.</content>
internal static partial class DiagnosticTable
{
    /// <summary>{0} the index's text; {1} axis; {2} the value found, e.g. "size(t)"; {3} "never" or, in a recurrence, "not always".</summary>
    public static readonly DiagnosticRow IndexCanLeaveAxis = Error(
        "LOSS0401", "Index can leave its axis",
        "Index '{0}' replaces axis '{1}' and is {2}, which is {3} in 0 … size({1}) - 1; use an index that lies in the axis, or "
        + "guard it with '?:'.");

    private static DiagnosticRow[] DomainRows =>
    [
        IndexCanLeaveAxis,
    ];
}
