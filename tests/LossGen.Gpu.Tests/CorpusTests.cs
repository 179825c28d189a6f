using LossGen.Compiler.Model;
using LossGen.Gpu.Tests.Devices;
using LossGen.Kernels.Tests.Corpus;
using Xunit;

namespace LossGen.Gpu.Tests;

/// <summary>Value, parts and gradients of every case of the CPU's corpus on a device against the float64 oracle, at the same shapes and within the same tolerances.</summary>
public class CorpusTests
{
    public static TheoryData<string, bool> Names => DeviceCorpus.Names;

    [DeviceTheory]
    [MemberData(nameof(Names))]
    public void A_case_agrees_with_the_oracle(string name, bool isDouble) => Check(TestDevice.Get(), name, isDouble);

    /// <summary>A group for an item: what only graphics cards do otherwise.</summary>
    [DeviceTheory]
    [InlineData("published/cross-entropy")]
    [InlineData("published/weighted cross-entropy")]
    [InlineData("published/label smoothing")]
    [InlineData("published/temperature")]
    [InlineData("recurrences/softmax inside")]
    [InlineData("recurrences/two states")]
    [InlineData("recurrences/forward algorithm")]
    [InlineData("recurrences/recurrent layer")]
    [InlineData("recurrences/connected labels")]
    [InlineData("structure/pairwise distances")]
    [InlineData("indices/labels of two images")]
    [InlineData("extreme/masked rows")]
    [InlineData("extreme/NaN in the maximum of rows")]
    public void Lanes_that_share_items_agree_with_the_oracle(string name) => Check(TestDevice.Get().WithLanes(), name, isDouble: false);

    /// <summary>Between loops there is float then, and the gamma functions have no better type to fall back on.</summary>
    [DeviceTheory]
    [InlineData("published/dice and bce")]
    [InlineData("published/cross-entropy")]
    [InlineData("published/mse with elastic net")]
    [InlineData("functions/digamma")]
    [InlineData("structure/half tensors")]
    public void A_device_without_float64_agrees_with_the_oracle(string name) => Check(TestDevice.Get().WithoutDouble(), name, isDouble: false);

    private static void Check(GpuDevice device, string name, bool isDouble)
    {
        string[] differences = [.. CorpusRun.Differences(DeviceCorpus.On(device, name, isDouble ? ElementType.Double : ElementType.Single))];
        if (differences.Length > 0) Assert.Fail(CorpusRun.Report(differences));
    }
}
