using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Syntax;

/// <content>Expecting tokens, reporting, and finding the next statement afterwards.</content>
internal sealed partial class FormulaParser
{
    private const int LongestQuote = 30;

    /// <summary>After this statement's message: the end that every rule then sees.</summary>
    private Token? _stopped;

    private bool IsSilent => _stopped is not null;

    private Token Current => _stopped ?? _tokens[_position];

    private TextSpan PreviousSpan => _position == 0 ? new TextSpan(0, 0) : _tokens[_position - 1].Span;

    private bool Take(TokenKind kind)
    {
        if (Current.Kind != kind) return false;
        if (kind != TokenKind.End) _position++;
        return true;
    }

    private TextSpan SpanFrom(Token first) => SpanFrom(first.Span.Start);

    private TextSpan SpanFrom(int start) => TextSpan.FromBounds(start, Math.Max(start, PreviousSpan.End));

    /// <summary>A mark of length 0 behind the last token read: there the missing one should stand.</summary>
    private TextSpan Gap => new(PreviousSpan.End, 0);

    private void Expect(TokenKind kind, string text, string purpose)
    {
        if (!Take(kind)) ReportMissing(text, purpose);
    }

    /// <summary>Expects the bracket that closes an opening one, inside a list that a comma could continue.</summary>
    private void ExpectClosing(TokenKind closing, int open)
    {
        if (Take(closing)) return;
        string bracket = closing == TokenKind.CloseParenthesis ? ")" : "]";
        bool isCutShort = Current.Kind is TokenKind.End or TokenKind.Semicolon or TokenKind.CloseParenthesis or TokenKind.CloseBracket;
        if (isCutShort || StartsStatement(_position))
            ReportMissing(bracket, $"to close '{OpeningText(open)}'");
        else
            ReportAfterExpression($"',' or '{bracket}'");
    }

    /// <summary>Expects a semicolon and leaves it. Where nothing but that is missing, the next statement is read right here.</summary>
    private void ExpectStatementEnd()
    {
        if (Current.Kind is TokenKind.Semicolon or TokenKind.End) return;
        if (StartsStatement(_position) || (Current.StartsLine && Current.Kind is TokenKind.Name or TokenKind.Number))
            Add(DiagnosticTable.MissingToken, Gap, Quote(Current), ";", "to end the statement");
        else
            ReportAfterExpression("an operator or ';'");
    }

    /// <summary>The current token cannot follow a complete expression.</summary>
    private void ReportAfterExpression(string expected) => ReportUnexpected(expected, Current.Kind switch
    {
        TokenKind.Assign => "write '==' to compare; to bind a value, a name alone or a function's head stands before '='",
        TokenKind.CloseParenthesis or TokenKind.CloseBracket => "remove it, or open it before",
        TokenKind.Colon => "':' belongs to '? :' and to an index such as \"[c: label]\"",
        TokenKind.Arrow => "'=>' stands only in an argument of 'scan', after one name or a list of names",
        TokenKind.Comma => "several values stand only between '(' and ')'",
        TokenKind.Dot => "only a call has a qualified name, as in \"Losses.Dice(p, y)\"",
        TokenKind.Not => "write '!=' to compare, '!' stands before its operand",
        TokenKind.Name or TokenKind.Number or TokenKind.OpenParenthesis => WordAdvice.For(Current.Text) ?? WordAdvice.For(WordBefore) ?? "write '*' to multiply, or ';' to end a statement before it",
        _ => "remove it",
    });

    /// <summary>The name before the current token, or that of the call which ends there where it is written like a function: <c>let</c> s, <c>if</c>(y) x.</summary>
    private string WordBefore
    {
        get
        {
            Token before = _tokens[Math.Max(0, _position - 1)];
            if (before.Kind == TokenKind.Name) return before.Text;
            int open = before.Kind == TokenKind.CloseParenthesis ? Array.LastIndexOf(_closing, _position - 1, _position - 1) : 0;
            return open > 0 && _tokens[open - 1] is { Kind: TokenKind.Name, Text: "if" or "while" or "for" } word ? word.Text : "";
        }
    }

    private void ReportMissingResult(StatementSyntax? last)
    {
        (TextSpan span, string found) = last switch
        {
            null => (TextSpan.FromBounds(0, Current.Span.End), "it has no text"),
            BindingSyntax binding => (binding.NameSpan, $"its last statement binds '{binding.Name}'"),
            FunctionSyntax function => (function.NameSpan, $"its last statement defines '{function.Name}'"),
            LocalAxisSyntax axis => (axis.NameSpan, $"its last statement declares axis '{axis.Name}'"),
            _ => (last.Span, "its last statement binds the states of a scan"),
        };
        Add(DiagnosticTable.EmptyFormula, span, found);
    }

    private void ReportMissing(string token, string purpose)
    {
        if (Current.Kind == TokenKind.Bad) ReportUnexpected("", "");
        else Report(DiagnosticTable.MissingToken, Gap, Quote(Current), token, purpose);
    }

    private void ReportUnexpected(string expected, string advice)
    {
        if (Current is { Kind: TokenKind.Bad, Problem: { } problem }) Report(problem.Row, problem.Span, [.. problem.Arguments]);
        else Report(DiagnosticTable.UnexpectedToken, Current.Kind == TokenKind.End ? Gap : Current.Span, Quote(Current), expected, advice);
    }

    /// <summary>Reports, unless this statement has had its message, and goes to the statement's end.</summary>
    private void Report(DiagnosticRow row, TextSpan span, params string[] arguments)
    {
        if (IsSilent) return;
        Add(row, span, arguments);
        while (Current.Kind is not (TokenKind.End or TokenKind.Semicolon) && !(Current.StartsLine && IsNewStatement(span)))
            _position++;
        _stopped = new Token(TokenKind.End, Gap, "");
    }

    // What was just reported is not read again as a statement, nor is the statement that is being left.
    private bool IsNewStatement(TextSpan reported) =>
        _position > _first && Current.Span.Start >= reported.End && StartsStatement(_position);

    private void Add(DiagnosticRow row, TextSpan span, params string[] arguments) =>
        _diagnostics.Add(FormulaDiagnostic.Create(row, span, arguments));

    private bool StartsStatement(int index) => StatementKindHere(index) != StatementKind.None;

    /// <summary>An opening bracket with the word that tells the reader which one it is: <c>sum[c](</c>, <c>(a</c>.</summary>
    private string OpeningText(int open)
    {
        int name = open - 1;
        if (name >= 0 && _tokens[name].Kind == TokenKind.CloseBracket) name = Array.LastIndexOf(_closing, name, name) - 1;
        if (name >= 0 && _tokens[name].Kind == TokenKind.Name)
            return Shorten(_text.Substring(_tokens[name].Span.Start, _tokens[open].Span.End - _tokens[name].Span.Start));
        return _tokens[open].Text + Shorten(_tokens[open + 1].Text);
    }

    private static string Quote(Token token) => token.Kind == TokenKind.End ? "the end of the formula" : $"'{Shorten(token.Text)}'";

    private static string Shorten(string text) => text.Length <= LongestQuote ? text : text.Substring(0, LongestQuote) + "…";
}
