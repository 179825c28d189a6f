using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Syntax;

/// <content>Operators, by precedence climbing.</content>
internal sealed partial class FormulaParser
{
    /// <summary>Parentheses, calls, prefix operators and branches nest no deeper: it bounds the parser's own recursion.</summary>
    private const int NestingLimit = 200;

    private const int ComparisonPrecedence = 3;
    private const int LowestPrecedence = 1;

    private int _nesting;

    private ExpressionSyntax ParseExpression()
    {
        if (!Enter()) return Missing();
        int start = Current.Span.Start;
        ExpressionSyntax expression = ParseBinary(LowestPrecedence);
        if (Current is { Kind: TokenKind.Question } question)
        {
            _position++;
            ExpressionSyntax whenTrue = ParseExpression();
            Expect(TokenKind.Colon, ":", "between the two branches of '?'");
            ExpressionSyntax whenFalse = ParseExpression();
            expression = Bounded(new ConditionalSyntax(SpanFrom(start), expression, whenTrue, whenFalse), question.Span);
        }

        _nesting--;
        return expression;
    }

    /// <summary>Reads operators of at least this precedence. Chains to the left are a loop, so that a long sum costs no stack.</summary>
    private ExpressionSyntax ParseBinary(int lowest)
    {
        int start = Current.Span.Start;
        ExpressionSyntax left = ParseUnary();
        while (Infix(Current.Kind) is { } op && op.Precedence >= lowest)
        {
            Token sign = Current;
            _position++;
            ExpressionSyntax right = ParseBinary(op.Precedence + 1);
            left = Bounded(new BinarySyntax(SpanFrom(start), op.Operator, sign.Span, left, right), sign.Span);
            if (op.Precedence == ComparisonPrecedence && Infix(Current.Kind) is { Precedence: ComparisonPrecedence })
                Report(DiagnosticTable.ChainedComparison, Current.Span, Current.Text);
        }

        return left;
    }

    private ExpressionSyntax ParseUnary()
    {
        Token sign = Current;
        if (sign.Kind is not (TokenKind.Minus or TokenKind.Not)) return ParsePower();
        if (!Enter()) return Missing();
        _position++;
        ExpressionSyntax operand = ParseUnary();
        _nesting--;
        UnaryOperator op = sign.Kind == TokenKind.Minus ? UnaryOperator.Negate : UnaryOperator.Not;
        return Bounded(new UnarySyntax(SpanFrom(sign), op, operand), sign.Span);
    }

    // The exponent is a whole unary, so 2^-x needs no parentheses and a^b^c is a^(b^c).
    private ExpressionSyntax ParsePower()
    {
        int start = Current.Span.Start;
        ExpressionSyntax left = ParsePostfix();
        Token sign = Current;
        if (sign.Kind != TokenKind.Caret || !Enter()) return left;
        _position++;
        ExpressionSyntax right = ParseUnary();
        _nesting--;
        return Bounded(new BinarySyntax(SpanFrom(start), BinaryOperator.Power, sign.Span, left, right), sign.Span);
    }

    private ExpressionSyntax ParsePostfix()
    {
        int start = Current.Span.Start;
        ExpressionSyntax target = ParsePrimary();
        while (Current.Kind == TokenKind.OpenBracket)
        {
            Token open = Current;
            ImmutableArray<IndexArgumentSyntax> arguments = ParseIndexArguments(SourceName(target));
            target = Bounded(new IndexSyntax(SpanFrom(start), target, arguments), open.Span);
        }

        return target;
    }

    private ExpressionSyntax ParsePrimary()
    {
        Token token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _position++;
                return new NumberSyntax(token.Span, token.Value, token.IsInteger);
            case TokenKind.Name:
                return ParseNameOrCall();
            case TokenKind.OpenParenthesis:
                return ParseParenthesized();
            default:
                ReportNoExpression();
                return Missing();
        }
    }

    private ExpressionSyntax ParseParenthesized()
    {
        int open = _position;
        bool mayBeTuple = _position == _tuplePosition;
        _position++;
        ImmutableArray<ExpressionSyntax>.Builder items = ImmutableArray.CreateBuilder<ExpressionSyntax>();
        do items.Add(ParseExpression());
        while (Take(TokenKind.Comma));
        ExpectClosing(TokenKind.CloseParenthesis, open);
        if (items.Count == 1) return items[0];
        TextSpan span = SpanFrom(_tokens[open]);
        if (mayBeTuple && Current.Kind is TokenKind.Comma or TokenKind.CloseParenthesis)
            return Bounded(new TupleSyntax(span, items.ToImmutable()), _tokens[open].Span);
        Report(DiagnosticTable.StrayTuple, span, items.Count.ToString(CultureInfo.InvariantCulture));
        return new ErrorSyntax(span);
    }

    private void ReportNoExpression()
    {
        bool doubledStar = Current.Kind == TokenKind.Star && _position > 0 && _tokens[_position - 1].Kind == TokenKind.Star;
        ReportUnexpected("an expression", Current.Kind switch
        {
            TokenKind.Star when doubledStar => "write '^' for a power",
            TokenKind.Plus => "remove it, a number needs no '+'",
            TokenKind.Assign => "write '==' to compare",
            TokenKind.OpenBracket => "write '(' for grouping, '[' follows a value or a function's name",
            TokenKind.Arrow => "write the name of the previous state before '=>'",
            _ => "write the value that is missing before it",
        });
    }

    private ErrorSyntax Missing() => new(Gap);

    /// <summary>Goes one level down; at the limit reports, and the caller gives up.</summary>
    private bool Enter()
    {
        if (_nesting >= NestingLimit)
        {
            Report(DiagnosticTable.NestingTooDeep, Current.Span, NestingLimit.ToString(CultureInfo.InvariantCulture));
            return false;
        }

        _nesting++;
        return true;
    }

    /// <summary>The node itself, or an error node where the tree would become too deep for later passes.</summary>
    private ExpressionSyntax Bounded(ExpressionSyntax node, TextSpan place)
    {
        if (node.Height <= DepthLimit) return node;
        Report(DiagnosticTable.NestingTooDeep, place, DepthLimit.ToString(CultureInfo.InvariantCulture));
        return new ErrorSyntax(node.Span);
    }

    private static (BinaryOperator Operator, int Precedence)? Infix(TokenKind kind) => kind switch
    {
        TokenKind.Or => (BinaryOperator.Or, 1),
        TokenKind.And => (BinaryOperator.And, 2),
        TokenKind.Less => (BinaryOperator.Less, ComparisonPrecedence),
        TokenKind.LessOrEqual => (BinaryOperator.LessOrEqual, ComparisonPrecedence),
        TokenKind.Greater => (BinaryOperator.Greater, ComparisonPrecedence),
        TokenKind.GreaterOrEqual => (BinaryOperator.GreaterOrEqual, ComparisonPrecedence),
        TokenKind.Equal => (BinaryOperator.Equal, ComparisonPrecedence),
        TokenKind.NotEqual => (BinaryOperator.NotEqual, ComparisonPrecedence),
        TokenKind.Plus => (BinaryOperator.Add, 4),
        TokenKind.Minus => (BinaryOperator.Subtract, 4),
        TokenKind.Star => (BinaryOperator.Multiply, 5),
        TokenKind.Slash => (BinaryOperator.Divide, 5),
        _ => null,
    };
}
