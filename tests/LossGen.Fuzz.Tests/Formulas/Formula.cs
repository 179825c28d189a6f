using System.Collections.Immutable;
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
                foreach (Term argument in term.Arguments) Visit(argument);
                terms.Add(term);
            }

            foreach (Binding part in Parts) Visit(part.Value);
            Visit(Result);
            return terms.ToImmutable();
        }
    }

    /// <summary>Bindings and functions in an order in which each is named after it is defined.</summary>
    public IEnumerable<Symbol> Definitions
    {
        get
        {
            IEnumerable<Term> terms = Terms;
            Symbol[] named = [.. terms.Select(t => t.Symbol).Where(s => s is Binding or Function).Distinct()!];
            // A part may be named nowhere else.
            return named.Concat(Parts.Except(named.OfType<Binding>()));
        }
    }

    public IEnumerable<Parameter> Parameters => Terms.Select(t => t.Symbol).OfType<Parameter>().Distinct();

    public IEnumerable<Callee> Callees => Terms.Select(t => t.Production.Callee).OfType<Callee>().Distinct();

    /// <summary>How much there is to read.</summary>
    public int Size => Terms.Length + Parts.Length + Marks.Count + Parameters.Sum(p => 1 + p.Axes.Count) + (Shapes.Length * Shapes.Sum(s => s.Values.Sum()));

    /// <summary>The formula's text.</summary>
    public string Text => string.Concat(Definitions.Select(Statement)) + Result;

    private static string Statement(Symbol symbol) => symbol switch
    {
        Function f => $"{f.Text}({string.Join(", ", f.Parameters.Select(p => p.Text))}) = {f.Body}; ",
        Binding b => $"{b.Text} = {b.Value}; ",
        _ => throw new InvalidOperationException($"{symbol.Text} is no statement"),
    };
}
