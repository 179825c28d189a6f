using System.Collections.Immutable;
using System.Text.RegularExpressions;
using LossGen.Compiler.Model;
using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Formulas;

/// <summary>A random loss: its result with all that this names, and how it is to be called.</summary>
/// <param name="Result">The value; bindings, functions and parameters are found in it.</param>
/// <param name="Parts">Bindings without axes that the caller receives.</param>
/// <param name="Marks">Names of the parameters to differentiate by, as far as a gradient exists.</param>
/// <param name="Real">The method's real type.</param>
/// <param name="Shapes">Sizes of the axes, for each call.</param>
internal sealed record Formula(
    Term Result, ImmutableArray<Binding> Parts, ImmutableHashSet<string> Marks, ElementType Real, ImmutableArray<ImmutableSortedDictionary<string, int>> Shapes)
{
    /// <summary>Axes that it may declare.</summary>
    public ImmutableArray<LocalAxis> Locals { get; init; } = [];

    /// <summary>Where the results go; null for a loss that returns its value.</summary>
    public Results? Results { get; init; }

    /// <summary>Whether second derivatives are wanted too.</summary>
    public bool HasCurvature { get; init; }

    /// <summary>All terms, those behind names included, what is named before what names it, each once.</summary>
    public ImmutableArray<Term> Terms
    {
        get
        {
            var terms = ImmutableArray.CreateBuilder<Term>();
            var seen = new HashSet<Term>();
            void Visit(Term term)
            {
                if (!seen.Add(term)) return;
                if (term.Symbol is Binding binding) Visit(binding.Value);
                if (term.Symbol is Function function) Visit(function.Body);
                foreach (Term state in term.Symbol is RecurrenceResult { Recurrence: var recurrence } ? recurrence.First.Concat(recurrence.Next) : []) Visit(state);
                foreach (Term argument in term.Arguments) Visit(argument);
                terms.Add(term);
            }

            foreach (Binding part in Parts) Visit(part.Value);
            Visit(Result);
            return terms.ToImmutable();
        }
    }

    /// <summary>Bindings, functions and results of recurrences in an order in which each is named after it is defined.</summary>
    public IEnumerable<Symbol> Definitions
    {
        get
        {
            IEnumerable<Term> terms = Terms;
            Symbol[] named = [.. terms.Select(t => t.Symbol).Where(s => s is Binding or Function or RecurrenceResult).Distinct()!];
            // A part may be named nowhere else.
            return named.Concat(Parts.Except(named.OfType<Binding>()));
        }
    }

    public IEnumerable<Parameter> Parameters => Terms.Select(t => t.Symbol).OfType<Parameter>().Distinct();

    public IEnumerable<Callee> Callees => Terms.Select(t => t.Production.Callee).OfType<Callee>().Distinct();

    /// <summary>How much there is to read.</summary>
    public int Size => Terms.Length + Parts.Length + Marks.Count + Parameters.Sum(p => 1 + p.Axes.Count) + (Results?.Order.Length + 2 ?? 0) + (HasCurvature ? 1 : 0) + Parameters.Count(p => p.IsStrided) + UsedLocals.Sum(a => a.Text.Length) + (Shapes.Length * Shapes.Sum(s => s.Values.Sum()));

    /// <summary>The formula's text.</summary>
    public string Text => string.Concat(UsedLocals.Select(a => $"axis {a.Name} = {a.Text}; ")) + Statements;

    /// <summary>The axes that it declares: those that it names.</summary>
    public IEnumerable<LocalAxis> UsedLocals
    {
        get
        {
            string statements = Statements;
            return Locals.Where(a => Regex.IsMatch(statements, $@"\b{a.Name}\b"));
        }
    }

    private string Statements => string.Concat(Definitions.Select(Statement).Distinct()) + Result;

    private static string Statement(Symbol symbol) => symbol switch
    {
        RecurrenceResult r => $"{r.Recurrence}; ",
        Function f => $"{f.Text}({string.Join(", ", f.Parameters.Select(p => p.Text))}) = {f.Body}; ",
        Binding b => $"{b.Text} = {b.Value}; ",
        _ => throw new InvalidOperationException($"{symbol.Text} is no statement"),
    };
}
