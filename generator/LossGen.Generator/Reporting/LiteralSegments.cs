using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RoslynSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace LossGen.Generator.Reporting;

/// <summary>Reads one string literal's characters together with their places.</summary>
internal sealed class LiteralSegments
{
    private readonly SyntaxToken _token;
    private readonly string _text;
    private readonly int _piece;
    private readonly List<ValueSegment> _segments = [];
    private int _valueLength;
    private int _runStart = -1;

    private LiteralSegments(SyntaxToken token, int valueStart)
    {
        _token = token;
        _text = token.Text;
        _piece = valueStart;
        _valueLength = valueStart;
    }

    /// <summary>The literal's segments; null when the text is not understood (as with a literal that has syntax errors).</summary>
    public static List<ValueSegment>? Read(SyntaxToken token, int valueStart)
    {
        LiteralSegments reader = new(token, valueStart);
        bool understood = token.Kind() switch
        {
            SyntaxKind.StringLiteralToken when token.Text.StartsWith("@", StringComparison.Ordinal) => reader.ReadVerbatim(),
            SyntaxKind.StringLiteralToken => reader.ReadRegular(),
            SyntaxKind.SingleLineRawStringLiteralToken => reader.ReadSingleLineRaw(),
            SyntaxKind.MultiLineRawStringLiteralToken => reader.ReadMultiLineRaw(),
            _ => false,
        };
        return understood && reader._valueLength - valueStart == token.ValueText.Length ? reader._segments : null;
    }

    private bool ReadRegular()
    {
        int end = _text.Length - 1;
        int i = 1;
        while (i < end)
        {
            if (_text[i] != '\\')
            {
                Take(i++);
                continue;
            }

            int length = EscapeLength(i, end);
            EndRun(i);
            AddUnit(i, length, _text[i + 1] == 'U' && !_text.Substring(i + 2, 4).Equals("0000", StringComparison.Ordinal) ? 2 : 1);
            i += length;
        }

        EndRun(end);
        return true;
    }

    private int EscapeLength(int start, int end)
    {
        switch (_text[start + 1])
        {
            case 'u': return Math.Min(6, end - start);
            case 'U': return Math.Min(10, end - start);
            case 'x':
                int digits = 0;
                while (digits < 4 && start + 2 + digits < end && IsHex(_text[start + 2 + digits])) digits++;
                return 2 + digits;
            default: return 2;
        }
    }

    private static bool IsHex(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private bool ReadVerbatim()
    {
        int end = _text.Length - 1;
        for (int i = 2; i < end; i++)
        {
            if (_text[i] == '"')
            {
                EndRun(i);
                AddUnit(i, 2, 1);
                i++;
            }
            else if (IsLineBreak(_text[i])) AddLineBreak(i);
            else Take(i);
        }

        EndRun(end);
        return true;
    }

    private bool ReadSingleLineRaw()
    {
        int quotes = QuoteCount();
        for (int i = quotes; i < _text.Length - quotes; i++) Take(i);
        EndRun(_text.Length - quotes);
        return true;
    }

    private bool ReadMultiLineRaw()
    {
        int quotes = QuoteCount();
        int start = quotes;
        while (start < _text.Length && !IsLineBreak(_text[start])) start++;
        start += LineBreakLength(start);

        int closing = _text.Length - quotes;
        int indent = 0;
        while (closing - indent > start && !IsLineBreak(_text[closing - indent - 1])) indent++;
        int end = closing - indent - 1;
        if (end > 0 && _text[end] == '\n' && _text[end - 1] == '\r') end--;

        int i = start;
        while (i < end)
        {
            // A line of white space alone may be shorter than the indentation.
            int removed = 0;
            while (removed < indent && i < end && !IsLineBreak(_text[i]))
            {
                i++;
                removed++;
            }

            while (i < end && !IsLineBreak(_text[i])) Take(i++);
            EndRun(i);
            if (i >= end) break;
            int breakLength = LineBreakLength(i);
            for (int k = 0; k < breakLength; k++) AddLineBreak(i + k);
            i += breakLength;
        }

        return true;
    }

    private int QuoteCount()
    {
        int count = 0;
        while (count < _text.Length && _text[count] == '"') count++;
        return count;
    }

    private int LineBreakLength(int i) => i + 1 < _text.Length && _text[i] == '\r' && _text[i + 1] == '\n' ? 2 : 1;

    private static bool IsLineBreak(char c) => c is '\r' or '\n' or '\u0085' or '\u2028' or '\u2029';

    private void Take(int position)
    {
        if (_runStart < 0) _runStart = position;
    }

    private void EndRun(int position)
    {
        if (_runStart >= 0 && position > _runStart) Add(_runStart, position - _runStart, position - _runStart, isVerbatim: true);
        _runStart = -1;
    }

    private void AddLineBreak(int position)
    {
        EndRun(position);
        AddUnit(position, 1, 1);
    }

    private void AddUnit(int start, int length, int valueLength) => Add(start, length, valueLength, isVerbatim: false);

    private void Add(int start, int length, int valueLength, bool isVerbatim)
    {
        RoslynSpan span = new(_token.SpanStart + start, length);
        _segments.Add(new(_valueLength, valueLength, SourceRange.Of(_token.SyntaxTree!, span), _piece, isVerbatim));
        _valueLength += valueLength;
    }
}
