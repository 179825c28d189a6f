using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Syntax;

/// <summary>
/// Cuts a formula into tokens. Every text gives tokens; what has no meaning becomes a bad token that carries its message.
/// </summary>
internal sealed partial class Lexer
{
    private readonly string _text;
    private int _position;

    private Lexer(string text) => _text = text;

    private char Current => Peek(0);

    /// <summary>Reads a whole text; the last token is always <see cref="TokenKind.End"/>.</summary>
    public static ImmutableArray<Token> Tokenize(string text)
    {
        var lexer = new Lexer(text);
        ImmutableArray<Token>.Builder tokens = ImmutableArray.CreateBuilder<Token>();
        Token token;
        do
        {
            bool startsLine = lexer.SkipBlanks();
            token = lexer.Next() with { StartsLine = startsLine };
            tokens.Add(token);
        }
        while (token.Kind != TokenKind.End);
        return tokens.ToImmutable();
    }

    private char Peek(int offset) => _position + offset < _text.Length ? _text[_position + offset] : '\0';

    /// <summary>Skips blanks and comments.</summary>
    /// <returns>Whether a line ended among them.</returns>
    private bool SkipBlanks()
    {
        bool sawLineBreak = false;
        while (_position < _text.Length)
        {
            if (IsLineBreak(Current)) sawLineBreak = true;
            if (char.IsWhiteSpace(Current))
                _position++;
            else if (Current == '/' && Peek(1) == '/')
                while (_position < _text.Length && !IsLineBreak(Current)) _position++;
            else
                break;
        }

        return sawLineBreak;
    }

    private Token Next()
    {
        if (_position >= _text.Length) return new Token(TokenKind.End, new TextSpan(_text.Length, 0), "");
        if (char.IsLetter(Current) || Current == '_') return Name();
        if (IsDigit(Current) || (Current == '.' && IsDigit(Peek(1)))) return Number();
        if (Current == '/' && Peek(1) == '*') return BlockComment();
        TokenKind kind = Punctuation(out int length);
        return kind == TokenKind.Bad ? Unknown() : Take(kind, length);
    }

    private Token Name()
    {
        int end = _position + 1;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] == '_')) end++;
        return Take(TokenKind.Name, end - _position);
    }

    private TokenKind Punctuation(out int length)
    {
        length = 2;
        switch (Current, Peek(1))
        {
            case ('=', '='): return TokenKind.Equal;
            case ('=', '>'): return TokenKind.Arrow;
            case ('!', '='): return TokenKind.NotEqual;
            case ('<', '='): return TokenKind.LessOrEqual;
            case ('>', '='): return TokenKind.GreaterOrEqual;
            case ('&', '&'): return TokenKind.And;
            case ('|', '|'): return TokenKind.Or;
        }

        length = 1;
        return Current switch
        {
            '(' => TokenKind.OpenParenthesis,
            ')' => TokenKind.CloseParenthesis,
            '[' => TokenKind.OpenBracket,
            ']' => TokenKind.CloseBracket,
            ',' => TokenKind.Comma,
            ':' => TokenKind.Colon,
            ';' => TokenKind.Semicolon,
            '?' => TokenKind.Question,
            '.' => TokenKind.Dot,
            '=' => TokenKind.Assign,
            '+' => TokenKind.Plus,
            '-' => TokenKind.Minus,
            '*' => TokenKind.Star,
            '/' => TokenKind.Slash,
            '^' => TokenKind.Caret,
            '<' => TokenKind.Less,
            '>' => TokenKind.Greater,
            '!' => TokenKind.Not,
            _ => TokenKind.Bad,
        };
    }

    // Marked are the two opening characters alone, but the whole comment is skipped, so that one mistake gives one message.
    private Token BlockComment()
    {
        int close = _text.IndexOf("*/", _position + 2, StringComparison.Ordinal);
        Token token = Take(TokenKind.Bad, 2);
        _position = close < 0 ? _text.Length : close + 2;
        string found = close < 0 ? "it is never closed" : "'*/' does not end one";
        return token with { Problem = FormulaDiagnostic.Create(DiagnosticTable.UnterminatedComment, token.Span, found) };
    }

    private Token Unknown()
    {
        int length = char.IsSurrogatePair(Current, Peek(1)) ? 2 : 1;
        Token token = Take(TokenKind.Bad, length);
        return token with
        {
            Problem = FormulaDiagnostic.Create(
                DiagnosticTable.UnknownCharacter, token.Span, CharacterAdvice.Show(token.Text), CharacterAdvice.For(token.Text)),
        };
    }

    private Token Take(TokenKind kind, int length)
    {
        var token = new Token(kind, new TextSpan(_position, length), _text.Substring(_position, length));
        _position += length;
        return token;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsLineBreak(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';
}
