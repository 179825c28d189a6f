using System.Diagnostics;
using LossGen.Gpu.Tests.Devices;
using LossGen.Losses.Tests.Declarations;
using LossGen.Losses.Tests.References;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Gpu.Tests.Catalogue;

/// <summary>
/// Every overload of the catalogue on a device, value and gradients, at all of its stored cases and within the tolerances of the processor. Two
/// halves run side by side: most of the time goes into the device's compiler, which has one thread.
/// </summary>
public abstract class CatalogueTests(ITestOutputHelper output)
{
    private static IEnumerable<string> AllClasses => DeclaredLoss.Catalogue.Select(o => o.Class.Name).Distinct();

    /// <summary>Every second class of losses.</summary>
    protected static TheoryData<string> Half(int first) => [.. AllClasses.Where((_, k) => k % 2 == first)];

    protected void Compare(string @class)
    {
        using GpuQueue queue = TestDevice.Get().CreateQueue();
        ReferenceComparison comparison = new(new DeviceRunner(queue));
        foreach (DeclaredLoss overload in DeclaredLoss.Catalogue.Where(o => o.Class.Name == @class))
        {
            Stopwatch watch = Stopwatch.StartNew();
            ReferenceCase[] cases = [.. ReferenceCase.Catalogue.Where(c => CaseArguments.Fits(overload, c))];
            Assert.NotEmpty(cases);
            foreach (ReferenceCase stored in cases) comparison.Compare(overload, stored);
            output.WriteLine($"{watch.Elapsed.TotalSeconds:F1} {overload} {cases.Length}");
        }

        output.WriteLine($"{@class}: {comparison.Worst}");
        comparison.Check();
    }
}

/// <summary>The first, the third and so on.</summary>
public class CatalogueOddTests(ITestOutputHelper output) : CatalogueTests(output)
{
    public static TheoryData<string> Classes => Half(0);

    [DeviceTheory]
    [MemberData(nameof(Classes))]
    public void Value_parts_and_gradients_agree_with_the_references(string @class) => Compare(@class);
}

/// <summary>The second, the fourth and so on.</summary>
public class CatalogueEvenTests(ITestOutputHelper output) : CatalogueTests(output)
{
    public static TheoryData<string> Classes => Half(1);

    [DeviceTheory]
    [MemberData(nameof(Classes))]
    public void Value_parts_and_gradients_agree_with_the_references(string @class) => Compare(@class);
}
