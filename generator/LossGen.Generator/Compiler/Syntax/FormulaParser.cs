using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Syntax;

/// <summary>
/// Reads a formula's text into a tree, by recursive descent. Takes any text; gives a tree with error nodes where it could not be read,
/// and at most one message for each statement.
/// </summary>
/// <remarks>
/// After a message the parser stands before the next semicolon, or the next line that plainly starts a statement, and every rule sees
/// the end of the text until the statement is finished. So the rules need no error paths: they find no further operator, expect in
/// silence, and return.
/// </remarks>
internal sealed partial class FormulaParser
{
    /// <summary>No tree is deeper than this, so that every later pass may recurse.</summary>
    public const int DepthLimit = 500;

    private readonly string _text;
    private readonly ImmutableArray<Token> _tokens;
    private readonly int[] _closing;
    private readonly ImmutableArray<FormulaDiagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<FormulaDiagnostic>();
    private int _position;

    /// <summary>The first token of the statement being read.</summary>
    private int _first;

    private FormulaParser(string text)
    {
        _text = text;
        _tokens = Lexer.Tokenize(text);
        _closing = BracketPairs.Find(_tokens);
    }

    public static ParsedFormula Parse(string text)
    {
        var parser = new FormulaParser(text);
        FormulaSyntax formula = parser.ParseFormula();
        return new ParsedFormula(formula, parser._diagnostics.ToImmutable());
    }

    private FormulaSyntax ParseFormula()
    {
        ImmutableArray<StatementSyntax>.Builder statements = ImmutableArray.CreateBuilder<StatementSyntax>();
        while (_tokens[_position].Kind != TokenKind.End)
        {
            _stopped = null;
            _first = _position;
            int start = Current.Span.Start;
            StatementSyntax? statement = ParseStatement();
            if (statement is null && ParseResult() is { } result) return new FormulaSyntax(statements.ToImmutable(), result);
            statements.Add(statement ?? new ErrorStatementSyntax(SpanFrom(start)));
            if (_tokens[_position].Kind == TokenKind.Semicolon) _position++;
        }

        // A last statement that was cut short by a message says nothing about a missing result.
        if (!IsSilent) ReportMissingResult(statements.LastOrDefault());
        return new FormulaSyntax(statements.ToImmutable(), new ErrorSyntax(Gap));
    }

    /// <summary>Reads the expression that ends the formula; null, and reported, when something follows.</summary>
    private ExpressionSyntax? ParseResult()
    {
        int start = Current.Span.Start;
        ExpressionSyntax expression = ParseExpression();
        if (Current.Kind == TokenKind.Semicolon)
        {
            bool isLast = _tokens[_position + 1].Kind == TokenKind.End;
            ReportUnexpected(
                isLast ? "the end of the formula" : "'=' before it",
                isLast ? "remove it, the result has none" : "bind the value before it to a name, as in \"t = a + b;\", or remove it");
            return isLast ? expression : null;
        }

        if (Current.Kind != TokenKind.End) ReportAfterExpression("an operator or the end of the formula");
        if (!IsSilent) return expression;
        return _tokens[_position].Kind == TokenKind.End ? new ErrorSyntax(SpanFrom(start)) : null;
    }

    /// <summary>
    /// Reads the value of a statement up to its semicolon. After a message it is one error node: half a value would mislead the binder.
    /// </summary>
    private ExpressionSyntax ParseStatementValue()
    {
        int start = Current.Span.Start;
        ExpressionSyntax value = ParseExpression();
        ExpectStatementEnd();
        return IsSilent ? new ErrorSyntax(SpanFrom(start)) : value;
    }

    /// <summary>Reads a statement without its semicolon; null, and nothing consumed, where an expression stands.</summary>
    private StatementSyntax? ParseStatement()
    {
        Token first = Current;
        switch (StatementKindHere(_position))
        {
            case StatementKind.LocalAxis:
                _position++;
                DeclaredNameSyntax axis = DeclaredName("an axis' name");
                Expect(TokenKind.Assign, "=", "after the name of the axis");
                ExpressionSyntax size = ParseStatementValue();
                return new LocalAxisSyntax(SpanFrom(first), axis.Name, axis.Span, size);

            case StatementKind.Binding:
                DeclaredNameSyntax name = DeclaredName("a name");
                Take(TokenKind.Assign);
                ExpressionSyntax value = ParseStatementValue();
                return new BindingSyntax(SpanFrom(first), name.Name, name.Span, value);

            case StatementKind.Function:
                DeclaredNameSyntax function = DeclaredName("a function's name");
                ImmutableArray<DeclaredNameSyntax> parameters = DeclaredNames("a parameter's name");
                Take(TokenKind.Assign);
                ExpressionSyntax body = ParseStatementValue();
                return new FunctionSyntax(SpanFrom(first), function.Name, function.Span, parameters, body);

            case StatementKind.States:
                ImmutableArray<DeclaredNameSyntax> names = DeclaredNames("a name");
                Take(TokenKind.Assign);
                ExpressionSyntax states = ParseStatementValue();
                return names.Length == 1
                    ? new BindingSyntax(SpanFrom(first), names[0].Name, names[0].Span, states)
                    : new StatesSyntax(SpanFrom(first), names, states);

            default:
                return null;
        }
    }

    private enum StatementKind
    {
        None,
        Binding,
        Function,
        States,
        LocalAxis,
    }

    /// <summary>What a statement from the index would be: an equals sign after a name or after closed parentheses decides.</summary>
    private StatementKind StatementKindHere(int index)
    {
        TokenKind next = index + 1 < _tokens.Length ? _tokens[index + 1].Kind : TokenKind.End;
        if (_tokens[index].Kind == TokenKind.OpenParenthesis)
            return IsAssignedAfter(_closing[index]) ? StatementKind.States : StatementKind.None;
        if (_tokens[index].Kind != TokenKind.Name) return StatementKind.None;
        if (next == TokenKind.Assign) return StatementKind.Binding;
        if (_tokens[index].Text == ReservedWords.Axis && next == TokenKind.Name) return StatementKind.LocalAxis;
        return next == TokenKind.OpenParenthesis && IsAssignedAfter(_closing[index + 1]) ? StatementKind.Function : StatementKind.None;
    }

    private bool IsAssignedAfter(int close) => close >= 0 && _tokens[close + 1].Kind == TokenKind.Assign;

    /// <summary>Reads <c>( name, name )</c>.</summary>
    private ImmutableArray<DeclaredNameSyntax> DeclaredNames(string expected)
    {
        int open = _position;
        _position++;
        ImmutableArray<DeclaredNameSyntax>.Builder names = ImmutableArray.CreateBuilder<DeclaredNameSyntax>();
        do names.Add(DeclaredName(expected));
        while (Take(TokenKind.Comma));
        ExpectClosing(TokenKind.CloseParenthesis, open);
        return names.ToImmutable();
    }

    private DeclaredNameSyntax DeclaredName(string expected)
    {
        Token token = Current;
        if (token.Kind != TokenKind.Name)
            ReportUnexpected(expected, "write a letter or '_', then letters, digits and '_'");
        else if (ReservedWords.Contains(token.Text))
            Report(DiagnosticTable.ReservedWord, token.Span, token.Text, expected);
        else
            return TakeName();
        return new DeclaredNameSyntax("", new TextSpan(token.Span.Start, 0));
    }

    private DeclaredNameSyntax TakeName()
    {
        Token token = Current;
        _position++;
        return new DeclaredNameSyntax(token.Text, token.Span);
    }
}
