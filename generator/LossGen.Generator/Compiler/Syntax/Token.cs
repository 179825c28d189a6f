using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Syntax;

/// <summary>The kinds of token. Reserved words are names here; the parser tells them apart.</summary>
internal enum TokenKind
{
    End,
    Bad,
    Name,
    Number,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Comma,
    Colon,
    Semicolon,
    Question,
    Dot,
    Assign,
    Arrow,
    Plus,
    Minus,
    Star,
    Slash,
    Caret,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Not,
}

/// <summary>A token of a formula.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Span">Its characters.</param>
/// <param name="Text">Its characters as text; empty for the end.</param>
internal sealed record Token(TokenKind Kind, TextSpan Span, string Text)
{
    /// <summary>Whether a line break stands between the previous token and this one.</summary>
    public bool StartsLine { get; init; }

    /// <summary>A number's value.</summary>
    public double Value { get; init; }

    /// <summary>Whether a number is an exact integer.</summary>
    public bool IsInteger { get; init; }

    /// <summary>What is wrong with a <see cref="TokenKind.Bad"/> token; reported only if the parser arrives there.</summary>
    public FormulaDiagnostic? Problem { get; init; }
}
