using LossGen.Compiler.Model;
using LossGen.Gpu.Tests.Devices;
using LossGen.Kernels.Tests.Calls;
using Xunit;

namespace LossGen.Gpu.Tests;

/// <summary>Kernels of every kind in a simulator that sees races and accesses out of bounds, with and without lanes that share items.</summary>
public class RaceTests
{
    [SimulatorTheory]
    [InlineData("published/mse", "i=3")]
    [InlineData("published/dice and bce", "i=17")]
    [InlineData("published/mse with elastic net", null)]
    [InlineData("published/cross-entropy", "n=3,c=10")]
    [InlineData("published/weighted cross-entropy", "n=3,c=10")]
    [InlineData("structure/pairwise distances", null)]
    [InlineData("structure/gather of rows", null)]
    [InlineData("recurrences/moving average", "n=2,t=5")]
    [InlineData("recurrences/softmax inside", "n=2,t=3,s=2")]
    [InlineData("recurrences/forward algorithm", "n=2,t=3,s=2")]
    [InlineData("recurrences/recurrence without batch", "t=3")]
    public void Nothing_is_reported(string name, string? shape)
    {
        shape ??= DeviceCorpus.Case(name).Shapes.First(s => !s.Contains("=0", StringComparison.Ordinal));
        foreach (GpuDevice device in new[] { Simulator.Get(), Simulator.Get().WithLanes() })
        {
            Assert.Equal([], OracleComparison.Run(DeviceCorpus.On(device, name, ElementType.Single), shape));
            Assert.Equal("", Simulator.TakeReport());
        }
    }

    /// <summary>The simulator sees what it is there for, in what a vector leaves over.</summary>
    [SimulatorTheory]
    [InlineData("x[i]", "x[i + 1]", "Invalid read")]
    [InlineData("t * t);", "t * t);\n        shared[0] = sum;", "race")]
    public void A_mistake_is_reported(string text, string mistake, string report)
    {
        LossProgram mse = DeviceLosses.MseProgram;
        string source = mse.ValueKernels!.Source;
        LossProgram wrong = new(mse.Name, mse.Formula, [], [])
        {
            ValueKernels = new DeviceKernels(source.Replace(text, mistake), mse.ValueKernels.Plan),
            GradientKernels = mse.GradientKernels,
        };
        Assert.NotEqual(source, wrong.ValueKernels!.Source);
        using GpuQueue queue = Simulator.Get().CreateQueue();
        using GpuBuffer<float> x = queue.Upload<float>([1, 2, 3, 4, 5, 6, 7]), y = queue.Upload<float>([0, 1, 1, 7, 5, 4, 3]);
        queue.Device.Load(wrong).Value(queue, new() { ["x"] = x, ["y"] = y });
        Assert.Contains(report, Simulator.TakeReport(), StringComparison.OrdinalIgnoreCase);
    }
}
