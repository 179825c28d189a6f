using LossGen.Compiler;
using LossGen.Compiler.Model;
using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>Losses of a project are compiled on all processors, and come out as those that are compiled alone.</summary>
public class CompilationsAheadTests
{
    private static readonly CSharpCompilation Compilation = GeneratorRun.Compile(string.Join("\n", Enumerable.Range(1, 12).Select(Declaration)));

    [Fact]
    public void Each_loss_of_many_is_the_one_that_was_compiled_alone()
    {
        GeneratorRun all = GeneratorRun.Of(Compilation);
        Assert.Equal(12, all.Sources.Length);
        foreach (int number in Enumerable.Range(1, 12))
        {
            string alone = GeneratorRun.Of(Declaration(number)).Source;
            Assert.Contains(alone, all.Sources.Select(source => source.SourceText.ToString()));
        }
    }

    [Fact]
    public void A_run_that_was_cancelled_leaves_nothing_to_the_next()
    {
        var ahead = new CompilationsAhead();
        LossSpec[] specs = [.. Enumerable.Range(1, 12).Select(Spec)];
        foreach (LossSpec spec in specs) Assert.Same(spec, ahead.Start(spec, new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => ahead.End(specs[0], new CancellationToken(canceled: true)));
        foreach (LossSpec spec in specs) Assert.Equal(LossCompiler.Compile(spec, default), ahead.End(spec, default));
    }

    [Fact]
    public void What_was_not_started_is_compiled_all_the_same()
    {
        var ahead = new CompilationsAhead();
        LossSpec spec = Spec(1);
        CompiledLoss first = ahead.End(ahead.Start(spec, default), default);
        Assert.Equal(first, ahead.End(ahead.Start(Spec(1), default), default));
        Assert.Equal(LossCompiler.Compile(Spec(2), default), ahead.End(Spec(2), default));
    }

    private static LossSpec Spec(int number) => DeclaredLosses.Read(Compilation, $"Of{number}").Spec;

    private static string Declaration(int number) =>
        $$"""public static partial class Many{{number}} { [Loss("mean((x - {{number}})^2) + sum(abs(x))")] public static partial float Of{{number}}(ReadOnlySpan<float> x); }""";
}
