using System.Globalization;

namespace LossGen.Compiler.Syntax;

/// <summary>What to write instead of a character that the language does not know.</summary>
internal static class CharacterAdvice
{
    /// <summary>The character as a message shows it: invisible ones by their number.</summary>
    public static string Show(string character) =>
        character.Length == 2 ? character
        : CharUnicodeInfo.GetUnicodeCategory(character[0]) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            ? "U+" + ((int)character[0]).ToString("X4", CultureInfo.InvariantCulture)
            : character;

    public static string For(string character) => character switch
    {
        "×" or "·" or "⋅" or "∙" => "write '*' to multiply",
        "÷" => "write '/' to divide",
        "−" or "–" or "—" => "write '-' for minus",
        "²" => "write '^2' for the square",
        "³" => "write '^3' for the cube",
        "≤" => "write '<='",
        "≥" => "write '>='",
        "≠" => "write '!='",
        "∞" => "write 'inf'",
        "√" => "write 'sqrt(x)'",
        "∑" => "write 'sum(x)'",
        "%" => "write 'mod(a, b)' for the remainder",
        "&" => "write '&&' for and",
        "|" => "write '||' for or, 'abs(x)' for the absolute value",
        "{" or "}" => "use '(' and ')' for grouping, '[' and ']' for axes",
        "@" => "write the name without '@'",
        "\"" or "'" => "a formula has no text values",
        "#" => "write '//' to start a comment",
        "~" => "write '!' for not",
        _ => "remove it",
    };
}
