using LossGen.Gpu.Plans;
using LossGen.Gpu.Tests.Devices;
using LossGen.Gpu.Tests.Export;
using Xunit;

namespace LossGen.Gpu.Tests.FakeDriver;

/// <summary>Rows of which lanes keep what they read again: in registers, in shared memory, and the rest not at all.</summary>
[Collection(FakeDriverTests.Name)]
public sealed class LongRowTests : IDisposable
{
    public void Dispose()
    {
        if (FakeDriver.Skip is null) Assert.Equal("", FakeDriver.TakeViolations());
    }

    [FakeTheory]
    [InlineData(3, 1000)]
    [InlineData(3, 1003)]
    [InlineData(2, 40_000)]
    [InlineData(2, 70_001)]
    [InlineData(2, 150_000)]
    [InlineData(130, 33_000)]
    [InlineData(600, 4_100)]
    public void Cross_entropy_agrees_with_the_processor(int rows, int classes) => CompareCrossEntropy(FakeDriver.Device(GpuApi.Cuda), rows, classes);

    [DeviceTheory]
    [InlineData(3, 1003)]
    [InlineData(2, 150_000)]
    [InlineData(130, 33_000)]
    [InlineData(600, 4_100)]
    public void Cross_entropy_agrees_on_a_device(int rows, int classes) => CompareCrossEntropy(TestDevice.Get(), rows, classes);

    private static void CompareCrossEntropy(GpuDevice device, int rows, int classes)
    {
        float[] values = [.. Enumerable.Range(0, rows * classes).Select(i => 3 * MathF.Sin(i * 1.7f) + (i % 977 == 5 ? 4 : 0))], want = new float[values.Length], got = new float[values.Length];
        int[] labels = [.. Enumerable.Range(0, rows).Select(i => ((i * 7919) + classes - 1) % classes)];
        using GpuQueue queue = device.CreateQueue();
        using GpuBuffer<float> z = queue.Upload<float>(values), gradient = new(device, values.Length);
        using GpuBuffer<int> label = queue.Upload<int>(labels);
        GpuResults results = device.Load(ExportedLosses.CrossEntropyProgram).Gradient(queue, new() { ["z"] = z, ["label"] = label, ["zGradient"] = gradient });
        gradient.Read(queue, got);
        float value = ExportedLosses.CrossEntropyGradient(values, labels, want);
        Assert.Equal(value, results["loss"], value * 1e-6);
        AssertClose(want, got);
    }

    /// <summary>Three loops, back and forth, over two arrays.</summary>
    [FakeTheory]
    [InlineData(2, 129)]
    [InlineData(2, 48_000)]
    [InlineData(3, 80_002)]
    public void Standardised_rows_agree_with_the_processor(int rows, int width) => CompareStandardised(FakeDriver.Device(GpuApi.Cuda), rows, width);

    [DeviceTheory]
    [InlineData(2, 129)]
    [InlineData(3, 80_002)]
    [InlineData(150, 70_000)]
    public void Standardised_rows_agree_on_a_device(int rows, int width) => CompareStandardised(TestDevice.Get(), rows, width);

    private static void CompareStandardised(GpuDevice device, int rows, int width)
    {
        float[] values = [.. Enumerable.Range(0, rows * width).Select(i => MathF.Sin(i) + 0.5f)], target = [.. Enumerable.Range(0, rows * width).Select(i => MathF.Cos(i * 0.3f))];
        float[] want = new float[values.Length], got = new float[values.Length];
        using GpuQueue queue = device.CreateQueue();
        using GpuBuffer<float> z = queue.Upload<float>(values), y = queue.Upload<float>(target), gradient = new(device, values.Length);
        GpuResults results = device.Load(DeviceLosses.StandardisedProgram).Gradient(queue, new() { ["z"] = z, ["y"] = y, ["zGradient"] = gradient, ["n"] = rows });
        gradient.Read(queue, got);
        float value = DeviceLosses.StandardisedGradient(values, target, want, rows);
        Assert.Equal(value, results["loss"], value * 1e-6);
        AssertClose(want, got);
    }

    /// <summary>A lane keeps what its registers and its part of the group's memory hold, and never more than the row has.</summary>
    [Theory]
    [InlineData(4, 16, 1000, 32, 0, 8, 0, true)]
    [InlineData(4, 16, 32_000, 512, 0, 16, 0, true)]
    [InlineData(4, 16, 32_000, 512, 232_448, 8, 8, true)]
    [InlineData(8, 16, 16_000, 128, 232_448, 8, 8, true)]
    [InlineData(4, 16, 128_256, 512, 232_448, 17, 28, false)]
    [InlineData(8, 16, 32_000, 256, 232_448, 8, 8, true)]
    [InlineData(4, 32, 128_256, 512, 0, 8, 0, false)]
    [InlineData(4, 16, 3, 32, 232_448, 0, 0, true)]
    [InlineData(4, 48, 16, 1, 232_448, 2, 0, false)]
    public void What_is_kept_fits(int width, int bytes, long length, int lanes, int sharedBytes, int registers, int room, bool isAll) =>
        Assert.Equal(new KeptVectors(registers, room, isAll, room * bytes * lanes), KeptVectors.Of(new PlanKept(width, bytes), length, lanes, sharedBytes));

    private static void AssertClose(float[] want, float[] got)
    {
        float scale = want.Max(MathF.Abs);
        for (int i = 0; i < want.Length; i++) Assert.True(MathF.Abs(want[i] - got[i]) <= 1e-5f * scale, $"{i}: {got[i]}, expected {want[i]}");
    }
}
