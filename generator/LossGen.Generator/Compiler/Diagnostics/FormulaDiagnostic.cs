using LossGen.Compiler.Model;

namespace LossGen.Compiler.Diagnostics;

/// <summary>A message about characters of a formula.</summary>
/// <param name="Row">Its row of the table.</param>
/// <param name="Span">The characters it marks; of length 0 where something is missing.</param>
/// <param name="Arguments">The arguments of the row's format, in order.</param>
internal sealed record FormulaDiagnostic(DiagnosticRow Row, TextSpan Span, EquatableArray<string> Arguments)
{
    /// <summary>The message with its arguments filled in.</summary>
    public string Message =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Row.MessageFormat, [.. Arguments.Items.Cast<object>()]);

    public static FormulaDiagnostic Create(DiagnosticRow row, TextSpan span, params string[] arguments) =>
        new(row, span, System.Collections.Immutable.ImmutableArray.Create(arguments));
}
