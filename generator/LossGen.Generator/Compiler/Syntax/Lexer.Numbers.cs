using System.Globalization;
using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Syntax;

/// <content>Numbers as in C#, without suffix: 1, 1.5, .5, 1e-3, 1_000.</content>
internal sealed partial class Lexer
{
    /// <summary>Up to here every integer is exact as a double.</summary>
    private const double LargestExactInteger = 9007199254740992;

    private Token Number()
    {
        int end = _position;
        bool isInteger = true;
        string? wrong = ScanDigits(ref end);
        if (wrong is null && At(end) == '.' && IsDigit(At(end + 1)))
        {
            isInteger = false;
            end++;
            wrong = ScanDigits(ref end);
        }

        if (wrong is null && At(end) is 'e' or 'E' && !IsNameAfterNumber(end))
        {
            isInteger = false;
            end++;
            if (At(end) is '+' or '-') end++;
            wrong = IsDigit(At(end)) ? ScanDigits(ref end) : "its exponent has no digits";
        }

        // Everything that clings to the number belongs to the same mistake.
        int clinging = end;
        while (clinging < _text.Length && (char.IsLetterOrDigit(_text[clinging]) || _text[clinging] is '_' or '.')) clinging++;
        if (wrong is null && clinging > end) wrong = Clinging(end, clinging);
        Token token = Take(TokenKind.Number, clinging - _position);
        double value = 0;
        if (wrong is null && !TryValue(token.Text, out value)) wrong = "it is larger than a double can be, write 'inf' for infinity";
        if (wrong is null) return token with { Value = value, IsInteger = isInteger && value <= LargestExactInteger };
        var problem = FormulaDiagnostic.Create(DiagnosticTable.BadNumber, token.Span, token.Text, wrong);
        return token with { Kind = TokenKind.Bad, Problem = problem };
    }

    private char At(int index) => index < _text.Length ? _text[index] : '\0';

    /// <summary>Skips digits and the underscores between them; none at all is fine here.</summary>
    /// <returns>What is wrong with them, or null.</returns>
    private string? ScanDigits(ref int end)
    {
        int start = end;
        while (IsDigit(At(end)) || (At(end) == '_' && end > start)) end++;
        return end > start && _text[end - 1] == '_' ? "'_' stands only between digits" : null;
    }

    /// <summary>Whether the e at the index starts a word, as in <c>2exp</c>, rather than an exponent.</summary>
    private bool IsNameAfterNumber(int index) => char.IsLetter(At(index + 1)) || At(index + 1) == '_';

    private string Clinging(int start, int end)
    {
        string rest = _text.Substring(start, end - start);
        if (rest == ".") return "no digit follows its point";
        if (rest[0] == '.') return "it has a point too many";
        if (rest[0] is 'x' or 'X' or 'b' or 'B' && start == _position + 1 && _text[_position] == '0')
            return "hexadecimal and binary digits are not part of the language";
        if (rest.Length == 1 && rest[0] is 'f' or 'F' or 'd' or 'D' or 'm' or 'M' or 'l' or 'L' or 'u' or 'U')
            return $"it has the suffix '{rest}'";
        return $"'{rest}' follows directly, put '*' between them to multiply";
    }

    private static bool TryValue(string text, out double value) =>
        double.TryParse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        && !double.IsInfinity(value);
}
