namespace LossGen.Compiler.Diagnostics;

/// <content>LOSS01xx: the text of the formula.</content>
internal static partial class DiagnosticTable
{
    /// <summary>{0} what was found, quoted; {1} what was expected; {2} what to write instead.</summary>
    public static readonly DiagnosticRow UnexpectedToken = Error(
        "LOSS0101", "Unexpected token",
        "Found {0} where {1} was expected; {2}.");

    /// <summary>{0} what was found, quoted; {1} the missing token; {2} what it would end, e.g. "to close '(' of 'sum('".</summary>
    public static readonly DiagnosticRow MissingToken = Error(
        "LOSS0102", "Token missing",
        "Found {0} where '{1}' was expected {2}; add '{1}' here.");

    /// <summary>{0} the characters; {1} what is wrong with them.</summary>
    public static readonly DiagnosticRow BadNumber = Error(
        "LOSS0103", "Number is malformed",
        "'{0}' is not a number here: {1}; write it as 1, 1.5, .5, 1e-3 or 1_000, without suffix.");

    /// <summary>{0} what was found instead.</summary>
    public static readonly DiagnosticRow EmptyFormula = Error(
        "LOSS0104", "Formula has no result",
        "The formula ends without a result: {0}; end it with an expression, as in \"d = a - b; mean(d^2)\".");

    /// <summary>{0} "it is never closed" or "'*/' does not end one".</summary>
    public static readonly DiagnosticRow UnterminatedComment = Error(
        "LOSS0105", "Comment is not supported or not ended",
        "'/*' starts no comment in a formula, and {0}; use '//', which ends with the line.");

    /// <summary>{0} limit.</summary>
    public static readonly DiagnosticRow NestingTooDeep = Error(
        "LOSS0106", "Formula is nested too deeply",
        "The formula is nested more than {0} levels deep here; name the inner part in a statement of its own: \"t = …;\".");

    /// <summary>{0} the character; {1} what to write instead.</summary>
    public static readonly DiagnosticRow UnknownCharacter = Error(
        "LOSS0107", "Unknown character",
        "The character '{0}' has no meaning in a formula; {1}.");

    /// <summary>{0} the word; {1} what was expected.</summary>
    public static readonly DiagnosticRow ReservedWord = Error(
        "LOSS0108", "Reserved word used as a name",
        "'{0}' is a reserved word, but {1} was expected; choose another name, such as '{0}_' or '{0}1'.");

    /// <summary>{0} the second operator.</summary>
    public static readonly DiagnosticRow ChainedComparison = Error(
        "LOSS0109", "Comparisons are chained",
        "'{0}' compares the truth value of the comparison before it; write both comparisons and join them: \"a < b && b < "
        + "c\".");

    /// <summary>{0} count.</summary>
    public static readonly DiagnosticRow StrayTuple = Error(
        "LOSS0110", "Several values where one belongs",
        "A list of {0} values in parentheses stands where one value was expected; only the states of a scan are written so. "
        + "Remove the parentheses, or keep one value.");

    /// <summary>{0} the name before them.</summary>
    public static readonly DiagnosticRow EmptyBrackets = Error(
        "LOSS0111", "Brackets are empty",
        "'{0}' has nothing between its brackets, but at least one axis was expected; write \"{0}[n](…)\" with an axis, or "
        + "leave the brackets out for all axes.");

    private static DiagnosticRow[] SyntaxRows =>
    [
        UnexpectedToken, MissingToken, BadNumber, EmptyFormula, UnterminatedComment, NestingTooDeep, UnknownCharacter,
        ReservedWord, ChainedComparison, StrayTuple, EmptyBrackets,
    ];
}
