using LossGen.Compiler.Model;
using LossGen.Kernels.Tests.Corpus;
using Xunit;

namespace LossGen.Kernels.Tests;

/// <summary>Inputs at the ends of their range: what is finite on paper stays finite, and masked values leave no trace.</summary>
public class ExtremeTests
{
    [Theory]
    [MemberData(nameof(Cases))]
    public void Extreme_inputs(string name, bool isDouble)
    {
        string[] differences = [.. CorpusRun.Differences(CorpusTables.Get("extreme")[name, isDouble ? ElementType.Double : ElementType.Single])];
        if (differences.Length > 0) Assert.Fail(CorpusRun.Report(differences));
    }

    public static TheoryData<string, bool> Cases
    {
        get
        {
            TheoryData<string, bool> names = [];
            foreach (LossCase loss in ExtremeLosses.All)
            {
                names.Add(loss.Name, false);
                names.Add(loss.Name, true);
            }

            return names;
        }
    }
}
