using System.Collections.Immutable;
using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Formulas;

/// <content>Recurrences.</content>
internal sealed partial class TermMaker
{
    /// <summary>A recurrence of one state.</summary>
    /// <param name="row">The row, whose second argument is in the step.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="usesPosition">Whether the step may have the axis that the recurrence runs along; null where it must.</param>
    public Term? Recurrence(Production row, Wanted wanted, bool? usesPosition = true)
    {
        if (BracketOf(row, wanted) is not { } bracket) return null;
        string axis = bracket[0];
        int budget = (wanted.Budget - 1) / 2;
        Term first = Covering(wanted with { Kind = row.Arguments[0], Budget = budget }, [.. bracket[1..]]);
        var state = new State(scope.NewName("h"), first.Kind == Kind.Unit ? row.Result : first.Kind, first.Axes.Remove(axis));
        var step = new Wanted(row.Arguments[1], usesPosition == false ? state.Axes : state.Axes.Add(axis), budget);
        Term next = Inside([state], () => usesPosition is null ? Covering(step, [axis]) : Make(step));
        return new Term(row, row.Result, [first, next], bracket, state);
    }

    /// <summary>A recurrence of two states, and one of its results.</summary>
    public Term? SeveralStates(Production row, Wanted wanted)
    {
        if (scope.Own is not null || wanted.Axes.IsEmpty) return null;
        string axis = Any(wanted.Axes);
        Kind[] kinds = [Any([Kind.Unit, Kind.Bounded]), Any([Kind.Unit, Kind.Bounded])];
        int budget = (wanted.Budget - 1) / 4;
        ImmutableArray<Term> first = [.. kinds.Select(kind => Make(new Wanted(kind, wanted.Axes, budget)))];
        if (first.Any(f => !f.Partial.IsEmpty)) return null;
        ImmutableArray<State> states = [.. first.Select((f, i) => new State(scope.NewName("h"), kinds[i], f.Axes.Remove(axis)))];
        ImmutableArray<Term> next = [.. Inside([.. states], () => states.Select(s => Step(s, axis, budget + 2)).ToArray())];
        if (next.Any(n => !n.Partial.IsEmpty)) return null;
        var recurrence = new Recurrence(random.Next(2) == 0 ? axis : "-" + axis, axis, states, first, next);
        Symbol[] results = [.. states.Select((_, i) => new RecurrenceResult(recurrence, i))];
        scope.Values.AddRange(results);
        return Term.Leaf(row, Any(results));
    }

    private Term Step(State state, string axis, int budget)
    {
        ImmutableSortedSet<string> axes = state.Axes.Add(axis);
        if (state.Kind == Kind.Unit) return Make(new Wanted(Kind.Unit, axes, budget));
        Production tanh = Productions.All.First(p => p.Name == "tanh");
        return new Term(tanh, Kind.Bounded, [Make(new Wanted(Kind.Real, axes, budget))], [], null);
    }

    private T Inside<T>(ImmutableArray<Symbol> own, Func<T> make)
    {
        ImmutableArray<Symbol>? outer = scope.Own;
        scope.Own = [.. outer ?? [], .. own];
        T made = make();
        scope.Own = outer;
        return made;
    }
}
