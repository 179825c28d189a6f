using LossGen.Compiler.Model;
using LossGen.Generator.Reading;
using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>An edit runs again exactly the steps that it concerns.</summary>
public class IncrementalityTests
{
    private const string Losses = """
        public static partial class Mine
        {
            [Loss("0.5 * Parts.Middle(z) + mean(z)")] public static partial float Top([Axes("n")] ReadOnlySpan<float> z);
            [Loss("mean(z^2)")] public static partial float Other(ReadOnlySpan<float> z, float weight = 0.5f);
        }
        """;

    private const string Middle = """
        public static partial class Parts { [Loss("2 * Leaves.Leaf(z)")] public static partial float Middle(ReadOnlySpan<float> z); }
        """;

    private const string Leaf = """
        public static partial class Leaves { [Loss("sum(z)")] public static partial float Leaf(ReadOnlySpan<float> z); }
        """;

    private const string Unrelated = "public static class Unrelated { public static int Number => 1; }";

    private static readonly string[] Steps =
    [
        TrackingNames.Reading, TrackingNames.Spec, TrackingNames.Compile, TrackingNames.Source, TrackingNames.Locations,
        TrackingNames.LocatedErrors,
    ];

    [Fact]
    public void Two_compilations_of_the_same_text_give_equal_models()
    {
        LossReading first = DeclaredLosses.Read(GeneratorRun.Compile(Losses, Middle, Leaf), "Top");
        LossReading second = DeclaredLosses.Read(GeneratorRun.Compile(Losses, Middle, Leaf), "Top");
        Assert.NotSame(first, second);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.Equal(2, first.Spec.Callees.Count);
    }

    [Theory]
    [InlineData("public static class Unrelated { public static int Number => 2; }")]
    [InlineData("public static class Unrelated { public static int Number => 1; } // a comment")]
    [InlineData("public static class Unrelated { public static string Other => \"mean(z)\"; } public class More;")]
    public void An_unrelated_edit_runs_nothing_again(string edited)
    {
        GeneratorRun first = GeneratorRun.Of(Losses, Middle, Leaf, Unrelated);
        GeneratorRun second = first.Again(Replace(first.Input, 3, edited));
        foreach (string step in Steps)
        {
            IncrementalStepRunReason[] reasons = Reasons(second, step);
            Assert.Equal(4, reasons.Length);
            Assert.All(reasons, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {reason}"));
        }

        Assert.All(OutputReasons(second), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void Moving_a_declaration_compiles_nothing_and_reports_nothing_again()
    {
        GeneratorRun first = GeneratorRun.Of(Losses, Middle, Leaf);
        GeneratorRun second = first.Again(Replace(first.Input, 0, "// one line more\n" + Losses));
        Assert.Equal(2, Reasons(second, TrackingNames.Locations).Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.All(Reasons(second, TrackingNames.Spec), reason => Assert.True(reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached));
        Assert.All(Reasons(second, TrackingNames.Compile), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(Reasons(second, TrackingNames.Source), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(Reasons(second, TrackingNames.LocatedErrors), reason => Assert.True(reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached));
    }

    [Fact]
    public void An_edited_formula_compiles_itself_and_its_callers_two_calls_away()
    {
        GeneratorRun first = GeneratorRun.Of(Losses, Middle, Leaf);
        GeneratorRun second = first.Again(Replace(first.Input, 2, Leaf.Replace("sum(z)", "mean(z)")));
        Assert.Equal(["Leaf", "Middle", "Top"], CompiledAgain(second));
    }

    [Fact]
    public void An_edited_default_value_compiles_its_callers_again()
    {
        GeneratorRun first = GeneratorRun.Of(Losses, Middle, Leaf.Replace("ReadOnlySpan<float> z)", "ReadOnlySpan<float> z, float a = 1f)"));
        GeneratorRun second = first.Again(Replace(first.Input, 2, Leaf.Replace("ReadOnlySpan<float> z)", "ReadOnlySpan<float> z, float a = 2f)")));
        Assert.Equal(["Leaf", "Middle", "Top"], CompiledAgain(second));
    }

    [Fact]
    public void An_edited_loss_that_nobody_calls_compiles_alone()
    {
        GeneratorRun first = GeneratorRun.Of(Losses, Middle, Leaf);
        GeneratorRun second = first.Again(Replace(first.Input, 0, Losses.Replace("mean(z^2)", "mean(z^4)")));
        Assert.Equal(["Other"], CompiledAgain(second));
    }

    [Fact]
    public void A_deleted_loss_takes_its_file_with_it()
    {
        GeneratorRun first = GeneratorRun.Of(Losses, Middle, Leaf);
        GeneratorRun second = first.Again(Replace(first.Input, 1, ""));
        Assert.Equal(4, first.Sources.Length);
        Assert.Equal(3, second.Sources.Length);
        Assert.Contains("Top", CompiledAgain(second));
        Assert.DoesNotContain("Other", CompiledAgain(second));
    }

    [Fact]
    public void A_cancelled_run_stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => GeneratorRun.NewDriver().RunGenerators(GeneratorRun.Compile(Losses, Middle, Leaf), source.Token));
    }

    private static Compilation Replace(Compilation compilation, int file, string text)
    {
        SyntaxTree old = compilation.SyntaxTrees.ElementAt(file);
        return compilation.ReplaceSyntaxTree(old, GeneratorRun.Parse(text, old.FilePath));
    }

    private static IncrementalStepRunReason[] Reasons(GeneratorRun run, string step) =>
        [.. Outputs(run, step).Select(output => output.Reason)];

    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> Outputs(GeneratorRun run, string step) =>
        run.Driver.GetRunResult().Results[0].TrackedSteps[step].SelectMany(s => s.Outputs);

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRun run) =>
        run.Driver.GetRunResult().Results[0].TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(s => s.Outputs).Select(o => o.Reason);

    // Anything but Cached means that the compiler ran, even where its result was the same again. "Thing.Loss.1234abcd.g.cs"
    private static IEnumerable<string> CompiledAgain(GeneratorRun run) =>
        Outputs(run, TrackingNames.Compile)
            .Where(output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Removed))
            .Select(output => ((CompiledLoss)output.Value).HintName.Split('.')[1])
            .Order();
}
