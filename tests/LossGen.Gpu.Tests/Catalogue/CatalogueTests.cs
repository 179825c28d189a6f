using System.Diagnostics;
using LossGen.Gpu.Tests.Devices;
using LossGen.Losses.Tests.Declarations;
using LossGen.Losses.Tests.References;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Gpu.Tests.Catalogue;

/// <summary>Every overload of the catalogue on a device, value and gradients, at all of its stored cases and within the tolerances of the processor.</summary>
public class CatalogueTests(ITestOutputHelper output)
{
    public static TheoryData<string> Classes => [.. DeclaredLoss.Catalogue.Select(o => o.Class.Name).Distinct()];

    [DeviceTheory]
    [MemberData(nameof(Classes))]
    public void Value_parts_and_gradients_agree_with_the_references(string @class)
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
