namespace LossGen.Compiler.Diagnostics;

/// <content>LOSS09xx: faults of the compiler and of the installation.</content>
internal static partial class DiagnosticTable
{
    /// <summary>{0} method; {1} stage and reason.</summary>
    public static readonly DiagnosticRow InternalFailure = Error(
        "LOSS0901", "Kernel could not be built",
        "The kernel of '{0}' could not be built: {1}. This is a fault of LossGen, not of the formula; please report it with "
        + "the formula.");

    /// <summary>{0} version found; {1} version expected.</summary>
    public static readonly DiagnosticRow RuntimeMismatch = Error(
        "LOSS0902", "Runtime and generator differ",
        "{0} in this project is version {1}, but the generator expects {2}; reference the same version of the LossGen packages "
        + "in every project.");

    private static DiagnosticRow[] InternalRows =>
    [
        InternalFailure, RuntimeMismatch,
    ];
}
