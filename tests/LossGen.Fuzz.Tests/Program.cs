using System.Diagnostics;
using System.Globalization;
using LossGen.Cases;
using LossGen.Cases.Compilation;
using LossGen.Compiler.Model;
using LossGen.Fuzz.Tests.Formulas;
using LossGen.Fuzz.Tests.Judging;

namespace LossGen.Fuzz.Tests;

/// <summary>
/// A longer run in a process of its own: <c>count [first seed] [raw]</c>, where <c>raw</c> shrinks nothing; <c>bounded</c>, the formulas of the test suite; or one formula, declared as cases
/// are: <c>case "x! real[n]" "mean(x^2)" n=5 n=17</c>. <c>drafts count [first seed]</c> only makes formulas: what they bring up, and which
/// drafts are not well-typed. The exit code is 0 when nothing differs.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments is ["case", var signature, var formula, .. var shapes]) return Try(new LossCase("case", signature, formula, shapes));
        if (arguments is ["drafts", .. var range]) return Drafts(range);
        if (arguments is ["bounded", ..]) return Bounded(new FuzzRun(shrinks: !arguments.Contains("raw")));
        int count = int.Parse(arguments[0], CultureInfo.InvariantCulture), first = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 0;
        var run = new FuzzRun(shrinks: !arguments.Contains("raw"));
        var watch = Stopwatch.StartNew();
        int shown = 0;
        run.Run(first, count, now =>
        {
            foreach (string failure in now.Failures.Skip(shown)) Console.WriteLine($"{failure}\n");
            shown = now.Failures.Count;
            Console.WriteLine($"{watch.Elapsed.TotalSeconds:F0} s: {now.Summary}");
        });
        foreach (string draft in run.Rejected.Take(10)) Console.WriteLine($"rejected, {draft}");
        return run.Failures.Count == 0 ? 0 : 1;
    }

    private static int Drafts(string[] range)
    {
        int[] numbers = [.. range.Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        var run = new FuzzRun();
        IReadOnlyList<DeclaredFormula> covering = run.Covering(numbers.ElementAtOrDefault(1), numbers[0], out IReadOnlyCollection<string> missing);
        foreach (string draft in run.Rejected) Console.WriteLine($"rejected, {draft}");
        Console.WriteLine($"{covering.Count} formulas up to {covering[^1].Case.Name}, {run.Rejected.Count} drafts rejected; missing: {string.Join(", ", missing)}");
        return missing.Count == 0 ? 0 : 1;
    }

    private static int Bounded(FuzzRun run)
    {
        IReadOnlyList<DeclaredFormula> formulas = run.Covering(FormulaFuzzTests.FirstSeed, FormulaFuzzTests.Seeds, out _);
        run.Run(formulas, now => Console.WriteLine(now.Summary));
        foreach (string failure in run.Failures) Console.WriteLine($"{failure}\n");
        return run.Failures.Count == 0 ? 0 : 1;
    }

    private static int Try(LossCase loss)
    {
        using var corpus = CompiledCorpus.Of([(loss, ElementType.Single), (loss, ElementType.Double)], width: FuzzRun.Width);
        int failed = 0;
        foreach (CompiledCase compiled in corpus.Cases)
        {
            Verdict verdict = Judge.Of(compiled);
            failed += verdict.Failures.Count;
            Console.WriteLine($"{compiled.Real}: {verdict.Judged} numbers compared, {verdict.Unjudged} not judged\n{string.Join("\n", verdict.Failures)}");
        }

        return failed == 0 ? 0 : 1;
    }
}
