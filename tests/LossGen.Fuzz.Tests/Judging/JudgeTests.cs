using LossGen.Cases;
using LossGen.Cases.Compilation;
using LossGen.Compiler.Model;
using Xunit;

namespace LossGen.Fuzz.Tests.Judging;

/// <summary>The judge sees small differences, and does not judge what rounding decides. The oracle gets another formula than the compiler.</summary>
public class JudgeTests
{
    private const string Ill = "sum((x + 1e7) - (x + 1e7 - 1e-9 * y)) * 1e9 + sum(x)";

    private static readonly (string Name, string Formula, string Reference)[] Rows =
    [
        ("equal", "mean(exp(x) * y)", "mean(exp(x) * y)"),
        ("another value", "mean(exp(x) * y)", "mean(exp(x) * y) * (1 + 1e-4)"),
        ("another gradient", "mean(exp(x) * y)", "mean(exp(x) * y) + 1e-4 * (mean(y) - detach(mean(y)))"),
        ("ill-conditioned", Ill, Ill + " + 1"),
        ("on a kink", "sum(max(x * 0.1 - 0.1 * x, 0 * y)) + sum(y)", "sum(max(x * 0.1 - 0.1 * x, 0 * y)) + sum(y)"),
    ];

    [Fact]
    public void Judges()
    {
        using var corpus = CompiledCorpus.Of(
            from row in Rows
            from real in new[] { ElementType.Single, ElementType.Double }
            select (new LossCase(row.Name, "x! real[]: 0.5..2; y! real[]: 0.5..2", row.Formula, ["i=5"], Reference: row.Reference), real),
            width: FuzzRun.Width);
        foreach (ElementType real in new[] { ElementType.Single, ElementType.Double })
        {
            Verdict Of(string name) => Judge.Of(corpus[name, real]);
            Assert.Empty(Of("equal").Failures);
            Assert.Equal((12, 0), (Of("equal").Judged, Of("equal").Unjudged));
            Assert.NotEmpty(Of("another value").Failures);
            Assert.Contains(Of("another gradient").Failures, f => f.Contains("d/dy", StringComparison.Ordinal));
            Assert.Empty(Of("ill-conditioned").Failures);
            Assert.True(Of("ill-conditioned").Unjudged > 0);
            Assert.Empty(Of("on a kink").Failures);
        }
    }
}
