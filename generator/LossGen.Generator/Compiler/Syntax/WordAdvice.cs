namespace LossGen.Compiler.Syntax;

/// <summary>What to write instead of a word that other languages have between or before expressions.</summary>
internal static class WordAdvice
{
    public static string? For(string word) => word.ToLowerInvariant() switch
    {
        "and" => "write '&&' for and",
        "or" => "write '||' for or",
        "not" => "write '!' for not",
        "mod" => "write 'mod(a, b)' for the remainder",
        "if" or "then" or "else" or "where" or "when" => "write 'c ? a : b' to choose",
        "for" or "foreach" or "while" or "in" => "a reduction such as \"sum[n](e)\", or 'scan', goes along an axis; there are no loops",
        "let" or "var" or "const" or "float" or "double" => "a value is bound by its name alone: 'name = …;'",
        "return" => "the result stands last, without a word before it",
        _ => null,
    };
}
