using System.Collections.Immutable;

namespace LossGen.Compiler.Syntax;

/// <summary>
/// Tells from the tokens after a name whether it is called. The parser and <see cref="LossCallFinder"/> agree by sharing it.
/// </summary>
internal static class CallShapes
{
    /// <summary>The index of the last name in <c>A.B.C</c>, which starts at the index.</summary>
    public static int LastOfQualifiedName(ImmutableArray<Token> tokens, int first)
    {
        int last = first;
        while (tokens[last + 1].Kind == TokenKind.Dot && tokens[last + 2].Kind == TokenKind.Name) last += 2;
        return last;
    }

    public static string QualifiedName(ImmutableArray<Token> tokens, int first, int last)
    {
        if (first == last) return tokens[first].Text;
        var parts = new List<string>();
        for (int i = first; i <= last; i += 2) parts.Add(tokens[i].Text);
        return string.Join(".", parts);
    }

    /// <summary>Whether the token behind a name makes it a call, well formed or plainly meant as one.</summary>
    public static bool IsCall(ImmutableArray<Token> tokens, int[] closing, int index)
    {
        if (tokens[index].Kind == TokenKind.OpenParenthesis) return true;
        if (tokens[index].Kind != TokenKind.OpenBracket) return false;
        int close = closing[index];
        bool startsLikeIndex = tokens[index + 1].Kind == TokenKind.Name && tokens[index + 2].Kind == TokenKind.Colon;
        if (close < 0) return !startsLikeIndex;
        return tokens[close + 1].Kind == TokenKind.OpenParenthesis && (!startsLikeIndex || HoldsAxisArguments(tokens, index + 1, close));
    }

    private static bool HoldsAxisArguments(ImmutableArray<Token> tokens, int start, int close)
    {
        for (int i = start; ; i++)
        {
            bool reversed = tokens[i].Kind == TokenKind.Minus;
            if (reversed) i++;
            if (tokens[i].Kind != TokenKind.Name) return false;
            i++;
            if (!reversed && tokens[i].Kind == TokenKind.Colon)
            {
                if (tokens[i + 1].Kind != TokenKind.Name) return false;
                i += 2;
            }

            if (i == close) return true;
            if (tokens[i].Kind != TokenKind.Comma) return false;
        }
    }
}
