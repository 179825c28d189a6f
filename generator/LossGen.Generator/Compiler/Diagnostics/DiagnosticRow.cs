namespace LossGen.Compiler.Diagnostics;

/// <summary>How serious a message is.</summary>
internal enum DiagnosticLevel
{
    Hidden,
    Info,
    Warning,
    Error,
}

/// <summary>One row of the table of diagnostics.</summary>
/// <param name="Id">LOSS and four digits; the first two name the stage.</param>
/// <param name="Level">Errors are reported by the generator, the rest by the analyzer.</param>
/// <param name="Title">A few words.</param>
/// <param name="MessageFormat">What was found, what was expected, and what to write instead.</param>
internal sealed record DiagnosticRow(string Id, DiagnosticLevel Level, string Title, string MessageFormat);
