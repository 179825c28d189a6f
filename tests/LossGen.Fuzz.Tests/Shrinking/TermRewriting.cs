using System.Collections.Immutable;
using LossGen.Fuzz.Tests.Formulas;
using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Shrinking;

/// <summary>One change carried through a formula: through arguments, bindings and functions, each changed once.</summary>
/// <param name="change">What a term becomes after its arguments were changed; null where it stays.</param>
/// <param name="replace">What a symbol becomes; null where it stays.</param>
internal sealed class TermRewriting(Func<Term, Term, Term?> change, Func<Symbol, Symbol?>? replace = null)
{
    private readonly Dictionary<Term, Term> _terms = [];
    private readonly Dictionary<Symbol, Symbol> _symbols = [];
    private readonly Dictionary<Recurrence, Recurrence> _recurrences = [];

    public Formula Apply(Formula formula) => formula with
    {
        Result = Apply(formula.Result),
        Parts = [.. formula.Parts.Select(p => (Binding)Apply(p))],
    };

    private Term Apply(Term term)
    {
        if (_terms.TryGetValue(term, out Term? known)) return known;
        ImmutableArray<Term> arguments = [.. term.Arguments.Select(Apply)];
        Symbol? symbol = term.Symbol is null ? null : Apply(term.Symbol);
        bool isSame = ReferenceEquals(symbol, term.Symbol) && arguments.SequenceEqual(term.Arguments);
        Term rebuilt = isSame ? term : new Term(term.Production, symbol is Binding or Function or RecurrenceResult ? symbol.Kind : term.Kind, arguments, term.Bracket, symbol);
        return _terms[term] = change(term, rebuilt) ?? rebuilt;
    }

    private Recurrence Apply(Recurrence recurrence)
    {
        if (_recurrences.TryGetValue(recurrence, out Recurrence? known)) return known;
        ImmutableArray<Term> first = [.. recurrence.First.Select(Apply)], next = [.. recurrence.Next.Select(Apply)];
        bool isSame = first.SequenceEqual(recurrence.First) && next.SequenceEqual(recurrence.Next);
        return _recurrences[recurrence] = isSame ? recurrence : new Recurrence(recurrence.Bracket, recurrence.Axis, recurrence.States, first, next);
    }

    private Symbol Apply(Symbol symbol)
    {
        if (_symbols.TryGetValue(symbol, out Symbol? known)) return known;
        return _symbols[symbol] = replace?.Invoke(symbol) ?? symbol switch
        {
            Binding binding when Apply(binding.Value) is var value && !ReferenceEquals(value, binding.Value) => new Binding(binding.Text, value),
            Function function when Apply(function.Body) is var body && !ReferenceEquals(body, function.Body) => new Function(function.Text, function.Parameters, body),
            RecurrenceResult result when Apply(result.Recurrence) is var recurrence && recurrence != result.Recurrence => new RecurrenceResult(recurrence, result.Index),
            _ => symbol,
        };
    }
}
