using System.Collections.Immutable;
using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Formulas;

/// <summary>Makes random terms from the productions, from the result down.</summary>
internal sealed partial class TermMaker(Random random, Scope scope)
{
    private const int Attempts = 12;

    /// <summary>A term of a kind with at most these axes.</summary>
    public Term Make(Wanted wanted)
    {
        for (int attempt = 0; wanted.Budget > 1 && attempt < Attempts; attempt++)
        {
            Production row = Draw(wanted.Kind);
            if (row.Sorts && scope.IsInRecurrence) continue;
            if ((row.Make is { } make ? make(this, row, wanted) : FromRow(row, wanted)) is { } term && term.Axes.IsSubsetOf(wanted.Axes) && IsComplete(term)) return Shared(term, wanted);
        }

        return Leaf(wanted.Kind, wanted.Axes);
    }

    /// <summary>A term that has all of some axes.</summary>
    public Term Covering(Wanted wanted, ImmutableSortedSet<string> axes)
    {
        Term term = Make(wanted);
        ImmutableSortedSet<string> missing = axes.Except(term.Axes);
        if (missing.IsEmpty) return term;
        Term leaf = Tensor(wanted.Kind, wanted.Axes, missing);
        string name = wanted.Kind switch { Kind.Unit => "multiply", Kind.Integer => "integer add", Kind.Truth => "and", _ => "add" };
        Production row = Productions.All.First(p => p.Name == name && p.Result == wanted.Kind);
        return new Term(row, wanted.Kind, [term, leaf], [], null);
    }

    /// <summary>A call of a function of the formula, an old one or a new one.</summary>
    public Term? CallOfFunction(Production row, Wanted wanted)
    {
        if (scope.Own is not null && !scope.IsInRecurrence) return null;
        Function[] known = [.. scope.Functions.Where(f => f.Kind.Fits(wanted.Kind) && f.Axes.Union(f.Required).IsSubsetOf(wanted.Axes))];
        if (known.Length == 0 && scope.Own is not null) return null;
        Function function = known.Length > 0 && (scope.Own is not null || random.Next(2) == 0) ? Any(known) : NewFunction(wanted);
        Term[] arguments = [.. function.Parameters.Select(p =>
            Covering(wanted with { Kind = p.Kind, Budget = (wanted.Budget - 1) / function.Parameters.Length }, p.Axes))];
        return function.NeedsPositions && arguments.Any(a => !a.Partial.IsEmpty) ? null : new Term(row, function.Kind, [.. arguments], [], function);
    }

    private Function NewFunction(Wanted wanted)
    {
        ImmutableSortedSet<string> axes = Some(wanted.Axes);
        var parameters = Enumerable.Range(0, random.Next(1, 3))
            .Select(i => new FunctionParameter("uv"[i].ToString(), Any([Kind.Bounded, Kind.Real, Kind.Positive]), axes)).ToImmutableArray();
        Term body = Inside([.. parameters], () => Make(new Wanted(wanted.Kind, axes, Math.Max(3, wanted.Budget / 2))));
        var function = new Function(scope.NewName("f"), parameters, body);
        scope.Functions.Add(function);
        return function;
    }

    /// <summary>Whether what is picked, sorted or accumulated is there at all positions. A recurrence takes no position out of its axes, whichever they are.</summary>
    private static bool IsComplete(Term term) => !term.Production.NeedsPositions
        || term.Arguments.All(a => term.Production.Accumulates ? a.Partial.IsEmpty : !a.Partial.Overlaps(term.Bracket));

    private Term? FromRow(Production row, Wanted wanted)
    {
        if (BracketOf(row, wanted) is not { } bracket) return null;
        ImmutableSortedSet<string> axes = row.Axes.IsExact ? Symbol.NoAxes.Union(bracket)
            : row.Axes.AllLeave ? Some([.. scope.Axes], atLeastOne: true) : wanted.Axes.Union(bracket);
        var arguments = ImmutableArray.CreateBuilder<Term>();
        int rest = wanted.Budget - 1;
        for (int i = 0; i < row.Arguments.Length; i++)
        {
            int budget = i == row.Arguments.Length - 1 ? rest : random.Next(rest + 1);
            rest -= budget;
            Wanted part = new(row.Arguments[i], axes, budget);
            arguments.Add(bracket.IsEmpty ? Make(part) : Covering(part, [.. bracket]));
        }

        return new Term(row, row.Result, arguments.ToImmutable(), bracket, null);
    }

    /// <summary>Axes for a bracket: ones that leave may be any, ones that stay must be wanted.</summary>
    private ImmutableArray<string>? BracketOf(Production row, Wanted wanted)
    {
        if (row.Axes.Bracket == 0) return [];
        List<string> from = row.Axes.Leaves || row.Axes.AllLeave ? [.. scope.Axes] : [.. wanted.Axes];
        bool isFixed = row.Axes.IsExact || row.Text.Contains("{axis1}", StringComparison.Ordinal);
        int count = isFixed || random.Next(4) == 0 ? row.Axes.Bracket : 1;
        if (from.Count < (isFixed ? count : 1)) return null;
        ImmutableArray<string>.Builder bracket = ImmutableArray.CreateBuilder<string>();
        for (; count > 0 && from.Count > 0; count--)
        {
            string axis = Any(from);
            from.Remove(axis);
            bracket.Add(axis);
        }

        return bracket.ToImmutable();
    }

    /// <summary>Now and then a term gets a name, and may come up again.</summary>
    private Term Shared(Term term, Wanted wanted)
    {
        if (scope.Own is not null || term.Arguments.IsEmpty || wanted.Budget < 3 || random.Next(5) > 0) return term;
        var binding = new Binding(scope.NewName("t"), term);
        scope.Values.Add(binding);
        return Term.Leaf(Productions.Bound, binding);
    }

    private Production Draw(Kind kind)
    {
        Production[] rows = [.. Productions.Of(kind)];
        int at = random.Next(rows.Sum(r => r.Weight));
        foreach (Production row in rows)
        {
            at -= row.Weight;
            if (at < 0) return row;
        }

        throw new InvalidOperationException("weights do not add up");
    }

    private ImmutableSortedSet<string> Some(ImmutableSortedSet<string> axes, bool atLeastOne = false)
    {
        ImmutableSortedSet<string> some = axes.Where(_ => random.Next(3) > 0).ToImmutableSortedSet(StringComparer.Ordinal);
        return some.IsEmpty && atLeastOne ? [Any(axes)] : some;
    }

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
