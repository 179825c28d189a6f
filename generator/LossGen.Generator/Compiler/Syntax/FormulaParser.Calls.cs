using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Syntax;

/// <content>
/// Names, calls and indices. <c>name(</c> is a call. <c>name[</c> is a call when its bracket holds only axis arguments (<c>n</c>,
/// <c>-n</c>, <c>n: b</c>) and '(' follows the matching ']', as in <c>Losses.Ce[n: b](z)</c>; otherwise it is an index of a value, as in
/// <c>z[c: label]</c>. A bracket that is neither is read as the form it starts like, so that the message fits what was meant.
/// </content>
internal sealed partial class FormulaParser
{
    /// <summary>The token at which a list of values may start: a whole argument of <c>scan</c>, or its lambda's body.</summary>
    private int _tuplePosition = -1;

    private ExpressionSyntax ParseNameOrCall()
    {
        int first = _position;
        Token name = Current;
        if (ReservedWords.Contains(name.Text) && !ReservedWords.IsCallable(name.Text)) return ParseReserved();
        int last = CallShapes.LastOfQualifiedName(_tokens, first);
        if (CallShapes.IsCall(_tokens, _closing, last + 1)) return ParseCall(first, last);
        _position++;
        if (!ReservedWords.IsCallable(name.Text)) return new NameSyntax(name.Span, name.Text);
        string example = name.Text == ReservedWords.Size ? "size(c)" : "scan[t](first, prev => next)";
        ReportMissing("(", $"after '{name.Text}', as in \"{example}\"");
        return Missing();
    }

    private ExpressionSyntax ParseReserved()
    {
        Token word = Current;
        if (word.Text == ReservedWords.Axis)
        {
            Report(DiagnosticTable.ReservedWord, word.Span, word.Text, "an expression");
            return Missing();
        }

        _position++;
        return word.Text switch
        {
            ReservedWords.Pi => new NamedConstantSyntax(word.Span, word.Text, Math.PI),
            ReservedWords.Infinity => new NamedConstantSyntax(word.Span, word.Text, double.PositiveInfinity),
            _ => new BooleanSyntax(word.Span, word.Text == ReservedWords.True),
        };
    }

    private ExpressionSyntax ParseCall(int first, int last)
    {
        string name = CallShapes.QualifiedName(_tokens, first, last);
        TextSpan nameSpan = TextSpan.Covering(_tokens[first].Span, _tokens[last].Span);
        _position = last + 1;
        ImmutableArray<AxisArgumentSyntax> axes = Current.Kind == TokenKind.OpenBracket ? ParseAxisArguments(name) : [];
        int open = _position;
        ImmutableArray<ExpressionSyntax>.Builder arguments = ImmutableArray.CreateBuilder<ExpressionSyntax>();
        if (!Take(TokenKind.OpenParenthesis))
        {
            ReportMissing("(", $"before the arguments of '{Shorten(name)}'");
        }
        else if (!Take(TokenKind.CloseParenthesis))
        {
            do arguments.Add(ParseArgument(name == ReservedWords.Scan));
            while (Take(TokenKind.Comma));
            ExpectClosing(TokenKind.CloseParenthesis, open);
        }

        return Bounded(
            new CallSyntax(SpanFrom(nameSpan.Start), name, nameSpan, axes, arguments.ToImmutable()), nameSpan);
    }

    private ExpressionSyntax ParseArgument(bool ofScan)
    {
        Token first = Current;
        ImmutableArray<DeclaredNameSyntax> parameters;
        int head = first.Kind == TokenKind.Name ? _position : _closing[_position];
        if (head < 0 || _tokens[head + 1].Kind != TokenKind.Arrow) return ParseValue(ofScan);
        if (first.Kind == TokenKind.Name)
            parameters = [DeclaredName("a name")];
        else if (first.Kind == TokenKind.OpenParenthesis)
            parameters = DeclaredNames("a name");
        else
            return ParseValue(ofScan);

        Token arrow = Current;
        Take(TokenKind.Arrow);
        ExpressionSyntax body = ParseValue(ofScan);
        return Bounded(new LambdaSyntax(SpanFrom(first), parameters, body), arrow.Span);
    }

    private ExpressionSyntax ParseValue(bool mayBeTuple)
    {
        if (mayBeTuple) _tuplePosition = _position;
        return ParseExpression();
    }

    private ImmutableArray<AxisArgumentSyntax> ParseAxisArguments(string callee)
    {
        int open = _position;
        _position++;
        if (Current.Kind == TokenKind.CloseBracket)
        {
            Report(DiagnosticTable.EmptyBrackets, TextSpan.Covering(_tokens[open].Span, Current.Span), Shorten(callee));
            return [];
        }

        ImmutableArray<AxisArgumentSyntax>.Builder axes = ImmutableArray.CreateBuilder<AxisArgumentSyntax>();
        do axes.Add(ParseAxisArgument());
        while (Take(TokenKind.Comma));
        if (Current.Kind == TokenKind.OpenParenthesis) ReportMissing("]", $"to close '{OpeningText(open)}'");
        ExpectClosing(TokenKind.CloseBracket, open);
        return axes.ToImmutable();
    }

    private AxisArgumentSyntax ParseAxisArgument()
    {
        Token first = Current;
        bool reversed = Take(TokenKind.Minus);
        DeclaredNameSyntax name = DeclaredName("an axis' name");
        if (reversed || !Take(TokenKind.Colon))
            return new AxisArgumentSyntax(SpanFrom(first), reversed, name.Name, name.Span, null, name.Span);
        DeclaredNameSyntax caller = DeclaredName("an axis' name");
        return new AxisArgumentSyntax(SpanFrom(first), false, name.Name, name.Span, caller.Name, caller.Span);
    }

    private ImmutableArray<IndexArgumentSyntax> ParseIndexArguments(string target)
    {
        int open = _position;
        _position++;
        ImmutableArray<IndexArgumentSyntax>.Builder arguments = ImmutableArray.CreateBuilder<IndexArgumentSyntax>();
        do arguments.Add(ParseIndexArgument(target));
        while (Take(TokenKind.Comma));
        ExpectClosing(TokenKind.CloseBracket, open);
        return arguments.ToImmutable();
    }

    private IndexArgumentSyntax ParseIndexArgument(string target)
    {
        if (Current.Kind is not TokenKind.Name)
            ReportUnexpected("an axis' name", $"say which axis the index replaces, as in \"{target}[c: label]\"");
        DeclaredNameSyntax axis = DeclaredName("an axis' name");
        if (!Take(TokenKind.Colon))
        {
            string name = Shorten(axis.Name);
            ReportUnexpected("':'", $"write \"{target}[{name}: index]\" to index, or \"f[{name}](…)\" to call a function along the axis");
        }

        return new IndexArgumentSyntax(axis.Name, axis.Span, ParseExpression());
    }

    private static string SourceName(ExpressionSyntax target) => target is NameSyntax name ? Shorten(name.Name) : "(…)";
}
