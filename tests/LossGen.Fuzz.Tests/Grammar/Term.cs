using System.Collections.Immutable;
using System.Text;

namespace LossGen.Fuzz.Tests.Grammar;

/// <summary>A typed expression: a production with its arguments. Immutable; told apart by identity.</summary>
internal sealed class Term
{
    public Term(Production production, Kind kind, ImmutableArray<Term> arguments, ImmutableArray<string> bracket, Symbol? symbol)
    {
        Production = production;
        Kind = kind;
        Arguments = arguments;
        Bracket = bracket;
        Symbol = symbol;
        Axes = production.Axes.Of(this);
    }

    public Production Production { get; }

    public Kind Kind { get; }

    public ImmutableArray<Term> Arguments { get; }

    /// <summary>The axes that stand in its bracket.</summary>
    public ImmutableArray<string> Bracket { get; }

    /// <summary>The symbol of a leaf, or the function of a call.</summary>
    public Symbol? Symbol { get; }

    /// <summary>The axes of its value.</summary>
    public ImmutableSortedSet<string> Axes { get; }

    public int Size => 1 + Arguments.Sum(a => a.Size);

    public static Term Leaf(Production production, Symbol symbol) => new(production, symbol.Kind, [], [], symbol);

    public Term With(ImmutableArray<Term> arguments) => new(Production, Kind, arguments, Bracket, Symbol);

    /// <summary>As it stands in a formula, in parentheses where it has operators.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Production.Text);
        for (int i = 0; i < Arguments.Length; i++) text.Replace($"{{{i}}}", Arguments[i].ToString());
        text.Replace("{axes}", $"[{string.Join(", ", Bracket)}]");
        for (int i = 0; i < Bracket.Length; i++) text.Replace($"{{axis{i}}}", Bracket[i]);
        text.Replace("{arguments}", string.Join(", ", Arguments)).Replace("{symbol}", Symbol?.Text);
        return text.ToString();
    }
}
