using System.Collections.Immutable;
using LossGen.Fuzz.Tests.Formulas;
using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Shrinking;

/// <summary>Every formula that is one step simpler than another. Not all of them are well-typed: the front end tells.</summary>
internal static class Simplifications
{
    public static IEnumerable<Formula> Of(Formula formula) =>
        [.. Calls(formula), .. Results(formula), .. Declarations(formula), .. Axes(formula), .. Terms(formula)];

    private static IEnumerable<Formula> Calls(Formula formula)
    {
        if (formula.Shapes.Length > 1)
            foreach (ImmutableSortedDictionary<string, int> shape in formula.Shapes) yield return formula with { Shapes = [shape] };
        foreach (string axis in formula.Shapes[0].Keys.Where(a => a != "k"))
        {
            int size = formula.Shapes[0][axis];
            foreach (int smaller in new[] { 1, 2, 3, size / 2, size - 1 }.Where(s => s > 0 && s < size).Distinct())
                yield return formula with { Shapes = [.. formula.Shapes.Select(s => s.SetItem(axis, smaller))] };
        }
    }

    private static IEnumerable<Formula> Results(Formula formula)
    {
        if (formula.Results is not { } results) yield break;
        yield return formula with { Results = null, Result = new Term(Productions.SumOfAll, Kind.Real, [formula.Result], [], null) };
        if (results.Type != "real") yield return formula with { Results = results with { Type = "real" } };
    }

    private static IEnumerable<Formula> Declarations(Formula formula)
    {
        foreach (LocalAxis local in formula.UsedLocals)
        {
            foreach (LocalAxis plain in new[] { LocalAxis.Fixed(local.Name, 1), LocalAxis.Fixed(local.Name, 2) }.Where(a => a.Text.Length < local.Text.Length || string.CompareOrdinal(a.Text, local.Text) < 0))
                yield return formula with { Locals = formula.Locals.Replace(local, plain) };
        }

        if (formula.HasCurvature) yield return formula with { HasCurvature = false };
        foreach (Binding part in formula.Parts) yield return formula with { Parts = formula.Parts.Remove(part) };
        if (formula.Marks.Count > 1)
            foreach (string mark in formula.Marks) yield return formula with { Marks = formula.Marks.Remove(mark) };
        foreach (Parameter parameter in formula.Parameters)
        {
            if (parameter.IsStrided) yield return With(formula, parameter, new(parameter.Text, parameter.Kind, parameter.Order, parameter.Type, parameter.Values));
            string plain = parameter.IsReal ? "real" : parameter.Type == "bool" ? "bool" : "int";
            if (parameter.Type != plain) yield return With(formula, parameter, new(parameter.Text, parameter.Kind, parameter.Order, plain, parameter.Values));
            if (parameter.Order is not { Length: > 1 } order) continue;
            foreach (string axis in order) yield return With(formula, parameter, new(parameter.Text, parameter.Kind, order.Remove(axis), parameter.Type, parameter.Values));
        }
    }

    private static Formula With(Formula formula, Parameter old, Parameter parameter) =>
        new TermRewriting((_, _) => null, symbol => ReferenceEquals(symbol, old) ? parameter : null).Apply(formula);

    /// <summary>Without an axis at all.</summary>
    private static IEnumerable<Formula> Axes(Formula formula) => formula.Shapes[0].Keys.Concat(formula.UsedLocals.Select(a => a.Name)).Select(axis => WithoutAxis(formula, axis));

    private static Formula WithoutAxis(Formula formula, string axis) => new TermRewriting(
        (_, term) => !term.Bracket.Contains(axis) ? null
            : term.Bracket.Length == 1 || term.Production.Text.Contains("{axis1}", StringComparison.Ordinal) ? term.Arguments[0]
            : new Term(term.Production, term.Kind, term.Arguments, term.Bracket.Remove(axis), term.Symbol),
        symbol => symbol switch
        {
            Parameter { Order: { Length: > 1 } order } p when order.Contains(axis) => new Parameter(p.Text, p.Kind, order.Remove(axis), p.Type, p.Values),
            Literal when symbol.Axes.Contains(axis) || symbol.Text == $"size({axis})" => new Literal("1", Kind.Integer),
            _ => null,
        }).Apply(formula) with
    {
        Results = formula.Results is { Order: { Length: > 1 } results } && results.Contains(axis) ? formula.Results with { Order = results.Remove(axis) } : formula.Results,
    };

    /// <summary>With a number or something of its own inside in place of a term.</summary>
    private static IEnumerable<Formula> Terms(Formula formula)
    {
        foreach (Term term in formula.Terms)
        {
            foreach (Term simpler in Inside(term).Where(t => IsLike(t.Kind, term.Kind)).Concat(Plain(term)))
                yield return new TermRewriting((old, _) => ReferenceEquals(old, term) ? simpler : null).Apply(formula);
        }
    }

    private static IEnumerable<Term> Inside(Term term) => term.Symbol switch
    {
        Binding binding => [binding.Value],
        RecurrenceResult result => [result.Recurrence.First[result.Index]],
        _ => term.Arguments.Concat(term.Arguments.SelectMany(a => a.Arguments)),
    };

    private static IEnumerable<Term> Plain(Term term)
    {
        if (term.Production == Productions.Number) return [];
        string[] texts = term.Kind switch { Kind.Unit => ["0.5"], Kind.Integer => ["1", "0"], Kind.Truth => ["true", "false"], Kind.Positive => ["1"], _ => ["1", "0"] };
        return texts.Select(text => Term.Leaf(Productions.Number, new Literal(text, term.Kind)));
    }

    // Among reals the range may be lost: then nothing can be judged, and the step is not taken.
    private static bool IsLike(Kind kind, Kind wanted) => kind == wanted || (Kinds.Reals.Contains(kind) && Kinds.Reals.Contains(wanted));
}
