using System.Diagnostics;
using System.Runtime.Intrinsics;
using LossGen.Cases.Compilation;
using LossGen.Fuzz.Tests.Formulas;
using LossGen.Fuzz.Tests.Grammar;
using LossGen.Fuzz.Tests.Judging;
using LossGen.Fuzz.Tests.Shrinking;

namespace LossGen.Fuzz.Tests;

/// <summary>Formulas of consecutive seeds: made, compiled many at a time by the real generator, and judged.</summary>
internal sealed class FuzzRun(bool shrinks = true)
{
    private const int Batch = 50;

    // Of processor time, which a busy machine does not eat up; a deadlock takes none.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan DeadlockPatience = TimeSpan.FromHours(1);

    /// <summary>The vector width of this process, the only one that is compiled.</summary>
    public static int Width => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    public int Formulas { get; private set; }

    public int Judged { get; private set; }

    public int Unjudged { get; private set; }

    /// <summary>Formulas of which no number was compared.</summary>
    public int Mute { get; private set; }

    /// <summary>Drafts that were not well-typed, with the front end's message.</summary>
    public List<string> Rejected { get; } = [];

    public List<string> Failures { get; } = [];

    public string Summary =>
        $"{Formulas} formulas, {Failures.Count} failed; {Judged} numbers compared, {Unjudged} not judged, {Mute} formulas not judged at all, {Rejected.Count} drafts rejected";

    public void Run(int firstSeed, int count, Action<FuzzRun>? progress = null) =>
        Run(Enumerable.Range(firstSeed, count).Select(seed => FormulaMaker.Make(seed, Rejected)), progress);

    public void Run(IEnumerable<DeclaredFormula> formulas, Action<FuzzRun>? progress = null)
    {
        foreach (DeclaredFormula[] batch in formulas.Chunk(Batch))
        {
            foreach ((DeclaredFormula formula, Verdict verdict) in batch.Zip(JudgeInTime(batch))) Add(formula, verdict);
            progress?.Invoke(this);
        }
    }

    /// <summary>Formulas of consecutive seeds that bring up every production and every trait between them, and only those that bring up a new one.</summary>
    /// <param name="firstSeed">Where to begin.</param>
    /// <param name="seeds">How many seeds to go through at most.</param>
    /// <param name="missing">Productions and traits that did not come up.</param>
    public IReadOnlyList<DeclaredFormula> Covering(int firstSeed, int seeds, out IReadOnlyCollection<string> missing)
    {
        HashSet<string> open = [.. Productions.All.Select(p => p.Name), .. Trait.All.Select(t => t.Name)];
        List<DeclaredFormula> chosen = [];
        for (int seed = firstSeed; seed < firstSeed + seeds && open.Count > 0; seed++)
        {
            DeclaredFormula formula = FormulaMaker.Make(seed, Rejected);
            int before = open.Count;
            open.ExceptWith(formula.Formula.Terms.Select(t => t.Production.Name));
            open.ExceptWith(Trait.All.Where(t => t.Holds(formula.Formula)).Select(t => t.Name));
            if (open.Count < before) chosen.Add(formula);
        }

        missing = open;
        return chosen;
    }

    /// <summary>One verdict for each.</summary>
    public static Verdict[] JudgeAll(IReadOnlyList<DeclaredFormula> formulas)
    {
        using var corpus = CompiledCorpus.Of(formulas.Select(f => (f.Case, f.Formula.Real)), width: Width);
        return [.. corpus.Cases.Select(Judge.Of)];
    }

    // A generator or a kernel that hangs is found by name, not by the patience of whoever runs the tests.
    private static Verdict[] JudgeInTime(DeclaredFormula[] formulas)
    {
        Task<Verdict[]> task = Task.Run(() => JudgeAll(formulas));
        TimeSpan start = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        while (!task.Wait(TimeSpan.FromSeconds(1)) && Environment.CpuUsage.TotalTime - start < Patience && watch.Elapsed < DeadlockPatience)
        {
        }

        return task.IsCompleted ? task.Result : throw new TimeoutException($"no end: {formulas[0].Case.Name} to {formulas[^1].Case.Name}");
    }

    private void Add(DeclaredFormula formula, Verdict verdict)
    {
        Formulas++;
        Judged += verdict.Judged;
        Unjudged += verdict.Unjudged;
        if (verdict.Judged == 0) Mute++;
        if (verdict.IsFailed) Failures.Add(Report(formula, verdict));
    }

    private string Report(DeclaredFormula formula, Verdict verdict)
    {
        string report = Text(formula.Case.Name, formula, verdict);
        if (!shrinks) return report;
        (DeclaredFormula small, Verdict smallVerdict) = Shrinker.Shrink(formula, verdict);
        return $"{report}\n{Text("shrunk", small, smallVerdict)}";
    }

    private static string Text(string name, DeclaredFormula formula, Verdict verdict) =>
        $"{name} at {string.Join(" and ", formula.Case.Shapes)}\n  {string.Join("\n  ", verdict.Failures.Take(4))}\n{CaseSource.Declaration(formula.Case, formula.Formula.Real)}";
}
