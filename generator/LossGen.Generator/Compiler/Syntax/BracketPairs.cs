using System.Collections.Immutable;

namespace LossGen.Compiler.Syntax;

/// <summary>Finds for each opening bracket the one that closes it, in one pass; brackets never pair across a semicolon.</summary>
internal static class BracketPairs
{
    /// <summary>For each token the index of its closing bracket; -1 for unclosed ones and for every other token.</summary>
    public static int[] Find(ImmutableArray<Token> tokens)
    {
        var closing = new int[tokens.Length];
        var open = new Stack<int>();
        int openParentheses = 0, openBrackets = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            closing[i] = -1;
            switch (tokens[i].Kind)
            {
                case TokenKind.OpenParenthesis:
                    open.Push(i);
                    openParentheses++;
                    break;
                case TokenKind.OpenBracket:
                    open.Push(i);
                    openBrackets++;
                    break;
                case TokenKind.CloseParenthesis when openParentheses > 0:
                case TokenKind.CloseBracket when openBrackets > 0:
                    Close(i);
                    break;
                case TokenKind.Semicolon:
                    open.Clear();
                    openParentheses = openBrackets = 0;
                    break;
            }
        }

        return closing;

        // Openers of the other kind in between stay unclosed: "(a[b)" closes the parenthesis.
        void Close(int close)
        {
            TokenKind wanted = tokens[close].Kind == TokenKind.CloseParenthesis ? TokenKind.OpenParenthesis : TokenKind.OpenBracket;
            int candidate;
            do
            {
                candidate = open.Pop();
                if (tokens[candidate].Kind == TokenKind.OpenParenthesis) openParentheses--;
                else openBrackets--;
            }
            while (tokens[candidate].Kind != wanted);
            closing[candidate] = close;
        }
    }
}
