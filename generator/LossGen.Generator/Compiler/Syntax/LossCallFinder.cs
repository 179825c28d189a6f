using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Syntax;

/// <summary>A name that a formula calls, and where it does so first.</summary>
internal readonly record struct CalledName(string Name, TextSpan Span);

/// <summary>
/// Finds the names that a formula calls, from its tokens alone: the reading stage looks them up before anything is parsed.
/// Built-in functions are among them.
/// </summary>
internal static class LossCallFinder
{
    /// <summary>The distinct names in the order of the text, without reserved ones and the functions that the formula defines.</summary>
    public static ImmutableArray<CalledName> Find(string formula)
    {
        ImmutableArray<Token> tokens = Lexer.Tokenize(formula);
        int[] closing = BracketPairs.Find(tokens);
        var excluded = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<CalledName>.Builder found = ImmutableArray.CreateBuilder<CalledName>();
        int last;
        for (int first = 0; first < tokens.Length; first = last + 1)
        {
            last = first;
            if (tokens[first].Kind != TokenKind.Name) continue;
            last = CallShapes.LastOfQualifiedName(tokens, first);
            if (!CallShapes.IsCall(tokens, closing, last + 1)) continue;
            string name = CallShapes.QualifiedName(tokens, first, last);
            bool isDefined = closing[last + 1] is >= 0 and int close && tokens[close + 1].Kind == TokenKind.Assign;
            bool isNew = excluded.Add(name);
            if (isNew && !isDefined && !ReservedWords.Contains(name))
                found.Add(new CalledName(name, TextSpan.Covering(tokens[first].Span, tokens[last].Span)));
        }

        return found.ToImmutable();
    }
}
