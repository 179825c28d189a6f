using LossGen.Compiler.Model;
using LossGen.Kernels.Tests.Corpus;
using Xunit;

namespace LossGen.Kernels.Tests;

/// <summary>Value, parts and gradients of every case at every shape against the oracle, in guarded memory.</summary>
public class CorpusTests
{
    public static TheoryData<string, bool> Published => Names(PublishedLosses.All);

    public static TheoryData<string, bool> Functions => Names(FunctionLosses.All);

    public static TheoryData<string, bool> Structure => Names(StructureLosses.All);

    public static TheoryData<string, bool> Pairs => Names(PairLosses.All);

    public static TheoryData<string, bool> Order => Names(OrderLosses.All);

    public static TheoryData<string, bool> Indices => Names(IndexLosses.All);

    public static TheoryData<string, bool> Results => Names(ResultLosses.All);

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_losses(string name, bool isDouble) => Check("published", name, isDouble);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_alone(string name, bool isDouble) => Check("functions", name, isDouble);

    public static TheoryData<string, bool> Recurrences => Names(RecurrenceLosses.All);

    [Theory]
    [MemberData(nameof(Recurrences))]
    public void Recurrent(string name, bool isDouble) => Check("recurrences", name, isDouble);

    [Theory]
    [MemberData(nameof(Structure))]
    public void Structures(string name, bool isDouble) => Check("structure", name, isDouble);

    [Theory]
    [MemberData(nameof(Indices))]
    public void Indices_and_windows(string name, bool isDouble) => Check("indices", name, isDouble);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Pairs_of_rows(string name, bool isDouble) => Check("pairs", name, isDouble);

    [Theory]
    [MemberData(nameof(Order))]
    public void Extremes_and_sorting(string name, bool isDouble) => Check("order", name, isDouble);

    [Theory]
    [MemberData(nameof(Results))]
    public void Losses_per_sample(string name, bool isDouble) => Check("results", name, isDouble);

    public static TheoryData<string, bool> Literature => Names(LiteratureLosses.All);

    [Theory]
    [MemberData(nameof(Literature))]
    public void Losses_of_papers(string name, bool isDouble) => Check("literature", name, isDouble);

    public static TheoryData<string, bool> TensorSpans => Names(TensorSpanLosses.All);

    [Theory]
    [MemberData(nameof(TensorSpans))]
    public void Of_tensor_spans(string name, bool isDouble) => Check("tensor spans", name, isDouble);

    private static void Check(string table, string name, bool isDouble)
    {
        CompiledCase compiled = CorpusTables.Get(table)[name, isDouble ? ElementType.Double : ElementType.Single];
        string[] differences = [.. CorpusRun.Differences(compiled)];
        if (differences.Length > 0) Assert.Fail(CorpusRun.Report(differences));
    }

    private static TheoryData<string, bool> Names(LossCase[] cases)
    {
        TheoryData<string, bool> names = [];
        foreach (LossCase loss in cases)
        {
            foreach (ElementType real in loss.Reals) names.Add(loss.Name, real == ElementType.Double);
        }

        return names;
    }
}
