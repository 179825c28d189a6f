using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Syntax;

/// <summary>A whole formula.</summary>
/// <param name="Statements">The statements in order.</param>
/// <param name="Result">The last expression; an <see cref="ErrorSyntax"/> when it is missing.</param>
internal sealed record FormulaSyntax(ImmutableArray<StatementSyntax> Statements, ExpressionSyntax Result);

/// <summary>A formula as far as it could be read, and what was wrong with it.</summary>
/// <param name="Formula">The tree; it has an error node wherever something could not be read.</param>
/// <param name="Diagnostics">At most one message for each statement, in the order of the text.</param>
internal sealed record ParsedFormula(FormulaSyntax Formula, ImmutableArray<FormulaDiagnostic> Diagnostics)
{
    public bool HasErrors => !Diagnostics.IsEmpty;
}
