using LossGen.Fuzz.Tests.Formulas;
using LossGen.Fuzz.Tests.Judging;
using Xunit;

namespace LossGen.Fuzz.Tests.Shrinking;

/// <summary>With a judge that dislikes a word: what is left has that word and little else.</summary>
public class ShrinkerTests
{
    [Theory]
    [InlineData("softmax")]
    [InlineData("logaddexp")]
    [InlineData(" ? ")]
    public void Little_is_left(string word)
    {
        DeclaredFormula formula = Enumerable.Range(1, 500).Select(seed => FormulaMaker.Make(seed)).Where(f => f.Case.Formula.Contains(word, StringComparison.Ordinal)).MaxBy(f => f.Formula.Size)!;
        Verdict Judge(DeclaredFormula f) => f.Case.Formula.Contains(word, StringComparison.Ordinal) ? Verdict.Failed(word) : new([], 1, 0);
        (DeclaredFormula small, Verdict verdict) = Shrinker.Shrink(formula, Judge(formula), batch => [.. batch.Select(Judge)]);

        Assert.True(verdict.IsFailed);
        Assert.Contains(word, small.Case.Formula, StringComparison.Ordinal);
        Assert.True(small.Formula.Terms.Length <= 6, $"{formula.Case.Formula}\nwas shrunk to {small.Case.Signature} | {small.Case.Formula}");
        Assert.Single(small.Case.Shapes);
    }
}
