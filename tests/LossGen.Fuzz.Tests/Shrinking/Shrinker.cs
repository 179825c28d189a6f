using LossGen.Fuzz.Tests.Formulas;
using LossGen.Fuzz.Tests.Judging;

namespace LossGen.Fuzz.Tests.Shrinking;

/// <summary>Takes the smallest simplification that still fails in the same way, until none does.</summary>
internal static class Shrinker
{
    private const int Batch = 24;
    private const int MostTrials = 600;

    public static (DeclaredFormula Formula, Verdict Verdict) Shrink(DeclaredFormula formula, Verdict verdict) =>
        Shrink(formula, verdict, FuzzRun.JudgeAll);

    /// <summary>With whatever judges.</summary>
    public static (DeclaredFormula Formula, Verdict Verdict) Shrink(
        DeclaredFormula formula, Verdict verdict, Func<IReadOnlyList<DeclaredFormula>, Verdict[]> judge)
    {
        int trials = 0;
        while (trials < MostTrials && NextFailing(formula, verdict.Fault, judge, ref trials) is { } next) (formula, verdict) = next;
        return (formula, verdict);
    }

    private static (DeclaredFormula, Verdict)? NextFailing(DeclaredFormula formula, string fault, Func<IReadOnlyList<DeclaredFormula>, Verdict[]> judge, ref int trials)
    {
        IEnumerable<DeclaredFormula> candidates = Simplifications.Of(formula.Formula)
            .Where(f => f.Size < formula.Formula.Size).OrderBy(f => f.Size)
            .Select(f => DeclaredFormula.Of(f, formula.Case.Name, out _)).OfType<DeclaredFormula>().DistinctBy(f => f.Case.Signature + f.Case.Formula + string.Concat(f.Case.Shapes));
        foreach (DeclaredFormula[] batch in candidates.Chunk(Batch))
        {
            trials += batch.Length;
            Verdict[] verdicts = judge(batch);
            int failing = Array.FindIndex(verdicts, v => v.IsFailed && v.Fault == fault);
            if (failing >= 0) return (batch[failing], verdicts[failing]);
            if (trials >= MostTrials) return null;
        }

        return null;
    }
}
