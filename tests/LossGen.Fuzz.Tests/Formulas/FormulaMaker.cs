using System.Collections.Immutable;
using LossGen.Compiler.Model;
using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Formulas;

/// <summary>A random formula for each seed.</summary>
internal static class FormulaMaker
{
    // Nothing, one, and around the numbers of lanes.
    private static readonly int[] Sizes = [0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 7, 8, 9, 15, 16, 17, 31, 33];
    private const int Shapes = 2;
    private const int MostPositions = 600;
    private const int MostAttempts = 20;

    /// <summary>The declared formula of a seed. Drafts that turn out to have no gradient, or do not bind, are drawn again.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="rejected">What the front end said of each draft that is not well-typed.</param>
    public static DeclaredFormula Make(int seed, List<string>? rejected = null)
    {
        var random = new Random(seed);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            Formula draft = Draft(random);
            if (DeclaredFormula.Of(draft, $"seed {seed}", out string problem) is not { } declared)
            {
                rejected?.Add($"seed {seed}: {problem}\n    {draft.Text}");
                continue;
            }

            // Of all parameters with a gradient, one to three.
            string[] marks = [.. declared.Formula.Marks.Order(StringComparer.Ordinal)];
            random.Shuffle(marks);
            Formula formula = declared.Formula with { Marks = [.. marks.Take(random.Next(1, 4))] };

            // Differences of first derivatives would see what detach hides.
            bool hides = formula.Terms.Any(t => t.Production.Name.Equals("detach", StringComparison.Ordinal));
            if (random.Next(3) == 0 && !hides && DeclaredFormula.Of(formula with { HasCurvature = true }, $"seed {seed}", out _) is { } curved) return curved;
            if (DeclaredFormula.Of(formula, $"seed {seed}", out _) is { } final) return final;
        }

        throw new InvalidOperationException($"seed {seed}: no draft in {MostAttempts} is well-typed");
    }

    private static Formula Draft(Random random)
    {
        var scope = new Scope(random);
        var maker = new TermMaker(random, scope);
        // Mostly small, some large.
        int budget = 3 + random.Next(3) + (int)(-4 * Math.Log(1 - (0.97 * random.NextDouble())));
        Results? results = Each(scope, random);
        ImmutableSortedSet<string> axes = Symbol.NoAxes.Union(results?.Order ?? []);
        Term result = maker.Covering(new Wanted(Kind.Real, axes, budget), axes);
        if (results is not null && !result.Partial.IsEmpty)
        {
            // A span receives a result at every position.
            results = null;
            result = new Term(Productions.SumOfAll, Kind.Real, [result], [], null);
        }

        ElementType real = results?.Type == "Half" || random.Next(2) == 0 ? ElementType.Single : ElementType.Double;
        var formula = new Formula(result, [], [.. scope.Parameters.Select(p => p.Text)], real, []) { Locals = scope.Locals, Results = results };
        Binding[] named = [.. formula.Definitions.OfType<Binding>().Where(b => b.Axes.IsEmpty)];
        return formula with
        {
            Parts = [.. named.Where(_ => random.Next(2) == 0)],
            Shapes = [.. Enumerable.Range(0, Shapes).Select(_ => Shape(formula, scope, random))],
        };
    }

    /// <summary>Now and then a loss per sample or per element.</summary>
    private static Results? Each(Scope scope, Random random)
    {
        if (random.Next(5) > 0) return null;
        string[] order = [.. scope.Stored.Where(_ => random.Next(4) > 0)];
        if (random.Next(4) == 0) random.Shuffle(order);
        return order.Length == 0 ? null : new Results([.. order], random.Next(4) == 0 ? "Half" : "real");
    }

    private static ImmutableSortedDictionary<string, int> Shape(Formula formula, Scope scope, Random random)
    {
        ImmutableSortedSet<string> picked = formula.Terms.Where(t => t.Production.NeedsPositions).Aggregate(Symbol.NoAxes, (axes, t) => axes.Union(t.Bracket))
            .Union(formula.Terms.Select(t => t.Symbol).OfType<RecurrenceResult>().Select(result => result.Recurrence.Axis));
        while (true)
        {
            var sizes = scope.Stored.ToImmutableSortedDictionary(axis => axis, axis => axis == "k" ? 3 : Sizes[random.Next(Sizes.Length)], StringComparer.Ordinal);
            if (sizes.ContainsKey("m")) sizes = sizes.SetItem("m", sizes["n"]);
            ImmutableSortedDictionary<string, int> all = sizes.AddRange(scope.Locals.Select(a => KeyValuePair.Create(a.Name, a.SizeIn(sizes))));
            if (all.Values.Aggregate(1, (product, size) => product * Math.Max(size, 1)) <= MostPositions && picked.All(axis => all[axis] > 0)) return sizes;
        }
    }
}
