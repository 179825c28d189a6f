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
        Term? named = symbol switch { Binding binding => binding.Value, Function function => function.Body, RecurrenceResult result => result.Recurrence.First[result.Index], _ => null };
        Partial = arguments.Aggregate(named?.Partial ?? Symbol.NoAxes, (axes, a) => axes.Union(a.Partial));
        // Renamed, what an axis lacks the other one lacks.
        if (production.Axes == AxisRule.Renamed && Partial.Contains(bracket[0])) Partial = Partial.Remove(bracket[0]).Add(bracket[1]);
        if (production.MayLackPositions) Partial = Partial.Union(bracket);
        Partial = Partial.Intersect(Axes);
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

    /// <summary>Those of its axes at some positions of which it may not be defined.</summary>
    public ImmutableSortedSet<string> Partial { get; }

    public int Size => 1 + Arguments.Sum(a => a.Size);

    public static Term Leaf(Production production, Symbol symbol) => new(production, symbol.Kind, [], [], symbol);

    public Term With(ImmutableArray<Term> arguments) => new(Production, Kind, arguments, Bracket, Symbol);

    /// <summary>As it stands in a formula, in parentheses where it has operators.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Production.Text);
        for (int i = 0; i < Arguments.Length; i++)
        {
            // An index binds closer than a power, which has no parentheses of its own.
            if (Arguments[i].Production.Text.Contains("}^", StringComparison.Ordinal)) text.Replace($"{{{i}}}[", $"({Arguments[i]})[");
            text.Replace($"{{{i}}}", Arguments[i].ToString());
        }

        text.Replace("{axes}", $"[{string.Join(", ", Bracket)}]");
        for (int i = 0; i < Bracket.Length; i++) text.Replace($"{{axis{i}}}", Bracket[i]);
        text.Replace("{arguments}", string.Join(", ", Arguments)).Replace("{symbol}", Symbol?.Text);
        return text.ToString();
    }
}
