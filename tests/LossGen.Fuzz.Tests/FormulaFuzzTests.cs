using System.Globalization;
using LossGen.Fuzz.Tests.Formulas;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Fuzz.Tests;

/// <summary>
/// Random well-typed formulas: compiled without warnings, equal to the oracle in value, parts and gradients, in bounds, the same bits every
/// time. <c>LOSSGEN_FUZZ=1000</c> tries as many more.
/// </summary>
public class FormulaFuzzTests(ITestOutputHelper output)
{
    internal const int FirstSeed = 1;
    internal const int Seeds = 5000;

    [Fact]
    public void Every_production_agrees_with_the_oracle()
    {
        var run = new FuzzRun();
        IReadOnlyList<DeclaredFormula> formulas = run.Covering(FirstSeed, Seeds, out IReadOnlyCollection<string> missing);
        Assert.True(missing.Count == 0, "productions that do not come up: " + string.Join(", ", missing));
        run.Run(formulas);
        int more = int.Parse(Environment.GetEnvironmentVariable("LOSSGEN_FUZZ") ?? "0", CultureInfo.InvariantCulture);
        run.Run(FirstSeed + Seeds, more);
        output.WriteLine(run.Summary);
        Assert.True(run.Failures.Count == 0, string.Join("\n\n", run.Failures.Take(3)));

        // Otherwise the run might compare nothing, and would say so to nobody.
        Assert.True(run.Unjudged < 0.2 * run.Judged && run.Mute < 0.15 * run.Formulas, run.Summary);
    }

    [Fact]
    public void Drafts_are_well_typed_as_a_rule()
    {
        List<string> rejected = [];
        const int Count = 300;
        for (int seed = FirstSeed; seed < FirstSeed + Count; seed++) FormulaMaker.Make(seed, rejected);
        Assert.True(rejected.Count < Count / 5, string.Join("\n", rejected.Take(10)));
    }

    [Fact]
    public void The_same_seed_makes_the_same_formula()
    {
        for (int seed = FirstSeed; seed < FirstSeed + 50; seed++)
        {
            DeclaredFormula first = FormulaMaker.Make(seed), second = FormulaMaker.Make(seed);
            Assert.Equal((first.Case.Signature, first.Case.Formula), (second.Case.Signature, second.Case.Formula));
            Assert.Equal(first.Case.Shapes, second.Case.Shapes);
        }
    }
}
