using LossGen.Gpu.Tests.Devices;
using LossGen.Gpu.Tests.Export;
using Xunit;

namespace LossGen.Gpu.Tests;

/// <summary>The package as its user sees it.</summary>
public class GpuLossTests
{
    private const int Count = 100_003;

    private static readonly float[] Logits = [.. Enumerable.Range(0, Count).Select(i => MathF.Sin(i) * 4)];

    private static readonly byte[] Mask = [.. Enumerable.Range(0, Count).Select(i => (byte)(i % 3 == 0 ? 1 : 0))];

    [DeviceFact]
    public void A_composite_of_ones_own_runs_in_three_lines()
    {
        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> logits = queue.Upload<float>(Logits), gradient = new(queue.Device, Count);
        using GpuBuffer<byte> mask = queue.Upload<byte>(Mask);

        GpuLoss loss = queue.Device.Load(ExportedLosses.DiceBceProgram);
        GpuResults results = loss.Gradient(queue, new() { ["logits"] = logits, ["mask"] = mask, ["logitsGradient"] = gradient, ["weight"] = 0.5f, ["smooth"] = 1f });
        float[] got = Read(queue, gradient);

        float[] want = new float[Count];
        float value = ExportedLosses.DiceBceGradient(Logits, Mask, want, out float dice, out float bce, 0.5f);
        Assert.Equal(value, results["loss"], value * 1e-6);
        Assert.Equal(dice, results["dice"], dice * 1e-6);
        Assert.Equal(bce, results["bce"], bce * 1e-6);
        AssertClose(want, got);
        Assert.Equal(results["loss"], loss.Value(queue, new() { ["logits"] = logits, ["mask"] = mask, ["weight"] = 0.5f, ["smooth"] = 1f })["loss"], 1e-6);
    }

    [DeviceFact]
    public void A_prepared_call_reads_its_buffers_anew()
    {
        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> x = queue.Upload<float>([1, 2, 3]), y = queue.Upload<float>([1, 2, 5]), gradient = new(queue.Device, 3), upstream = queue.Upload<float>([3]);
        using GpuCall call = queue.Device.Load(DeviceLosses.MseProgram).PrepareGradient(queue, new() { ["x"] = x, ["y"] = y, ["xGradient"] = gradient, ["upstream"] = upstream });
        call.Enqueue();
        Assert.Equal(4f / 3, (float)call.Wait()["loss"]);
        Assert.Equal(-4f, Read(queue, gradient)[2], 1e-6);
        y.Write(queue, [1, 2, 3]);
        upstream.Write(queue, [1]);
        call.Enqueue();
        Assert.Equal(0, call.Wait()["loss"]);
        Assert.Equal([0, 0, 0], Read(queue, gradient));
    }

    [DeviceFact]
    public void Calls_that_were_prepared_together_keep_their_results()
    {
        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> x = queue.Upload<float>([1, 2, 3]), y = queue.Upload<float>([0, 0, 0]), long1 = queue.Upload<float>(Logits), long2 = queue.Upload<float>(Logits);
        GpuLoss mse = queue.Device.Load(DeviceLosses.MseProgram);
        using GpuCall small = mse.PrepareValue(queue, new() { ["x"] = x, ["y"] = y }), large = mse.PrepareValue(queue, new() { ["x"] = long1, ["y"] = long2 });
        small.Enqueue();
        large.Enqueue();
        Assert.Equal(14.0 / 3, small.Wait()["loss"], 1e-6);
        Assert.Equal(0, large.Wait()["loss"]);
    }

    [DeviceFact]
    public void A_bad_label_throws_as_on_the_processor()
    {
        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> z = queue.Upload<float>(Logits.AsSpan(0, 12));
        using GpuBuffer<int> label = queue.Upload<int>([0, 1, 4]);
        GpuLoss loss = queue.Device.Load(ExportedLosses.CrossEntropyProgram);
        ArgumentOutOfRangeException failure = Assert.Throws<ArgumentOutOfRangeException>(() => loss.Value(queue, new() { ["z"] = z, ["label"] = label }));
        Assert.Equal("label", failure.ParamName);
        Assert.Contains("0 to 3", failure.Message, StringComparison.Ordinal);
    }

    [DeviceFact]
    public void Arguments_are_checked_before_anything_runs()
    {
        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> x = queue.Upload<float>([1, 2, 3]), y = queue.Upload<float>([1, 2]), z = queue.Upload<float>([1, 2, 3]);
        using GpuBuffer<double> wide = queue.Upload<double>([1, 2, 3]);
        GpuLoss mse = queue.Device.Load(DeviceLosses.MseProgram);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => mse.Value(queue, new() { ["x"] = x, ["y"] = y })).ParamName);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => mse.Value(queue, new() { ["x"] = x })).ParamName);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => mse.Value(queue, new() { ["x"] = x, ["y"] = wide })).ParamName);
        Assert.Equal("xGradient", Assert.Throws<ArgumentException>(() => mse.Gradient(queue, new() { ["x"] = x, ["y"] = z, ["xGradient"] = z })).ParamName);
    }

    [DeviceFact]
    public void What_does_not_compile_says_why()
    {
        LossProgram broken = new("Broken", "x", [], [])
        {
            ValueKernels = new DeviceKernels("this is no C", DeviceLosses.MseProgram.ValueKernels!.Plan),
            GradientKernels = DeviceLosses.MseProgram.GradientKernels,
        };
        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> x = queue.Upload<float>([1]), y = queue.Upload<float>([1]);
        Assert.Contains("error", Assert.Throws<GpuException>(() => queue.Device.Load(broken).Value(queue, new() { ["x"] = x, ["y"] = y })).BuildLog, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_device_there_is_a_reason() => Assert.Equal(GpuDevice.Enumerate().Count == 0, GpuDevice.WhyUnavailable() is not null);

    private static float[] Read(GpuQueue queue, GpuBuffer<float> buffer)
    {
        float[] values = new float[buffer.Length];
        buffer.Read(queue, values);
        return values;
    }

    private static void AssertClose(float[] want, float[] got)
    {
        float scale = want.Max(MathF.Abs);
        for (int i = 0; i < want.Length; i++) Assert.True(MathF.Abs(want[i] - got[i]) <= 1e-5f * scale, $"[{i}] is {got[i]}, not {want[i]}");
    }
}
