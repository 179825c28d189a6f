using LossGen.Gpu.Tests.Devices;
using LossGen.Gpu.Tests.Export;
using Xunit;

namespace LossGen.Gpu.Tests;

/// <summary>The generated methods with buffers: one loss for each kind of parameter, against the methods with spans.</summary>
public class OverloadTests
{
    private static readonly float[] Numbers = [.. Enumerable.Range(0, 60).Select(i => MathF.Sin(i) * 2)];

    [DeviceFact]
    public void Parts_bytes_and_default_values()
    {
        byte[] truth = [.. Enumerable.Range(0, 60).Select(i => (byte)(i % 2))];
        float[] want = new float[60];
        float value = ExportedLosses.DiceBceGradient(Numbers, truth, want, out float dice, out float bce, upstream: 3);

        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> logits = queue.Upload<float>(Numbers), gradient = new(queue.Device, 60), upstream = queue.Upload<float>([3]);
        using GpuBuffer<byte> mask = queue.Upload<byte>(truth);
        Close(value, ExportedLosses.DiceBceGradient(queue, logits, mask, gradient, out float gotDice, out float gotBce, upstream: upstream));
        Close([dice, bce], [gotDice, gotBce]);
        Close(want, Read(queue, gradient));
        Close(value, ExportedLosses.DiceBce(queue, logits, mask, out gotDice, out gotBce));
        Close([dice, bce], [gotDice, gotBce]);
    }

    [DeviceFact]
    public void Labels()
    {
        int[] classes = [0, 2, 1, 3, 3, 0, 1, 2, 2, 1, 0, 3, 1, 2, 0];
        float[] want = new float[60];
        float value = ExportedLosses.CrossEntropyGradient(Numbers, classes, want);

        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> z = queue.Upload<float>(Numbers), gradient = new(queue.Device, 60);
        using GpuBuffer<int> label = queue.Upload<int>(classes);
        Close(value, ExportedLosses.CrossEntropyGradient(queue, z, label, gradient));
        Close(want, Read(queue, gradient));
        label.Write(queue, [.. classes[..^1], 4]);
        Assert.Equal("label", Assert.Throws<ArgumentOutOfRangeException>(() => ExportedLosses.CrossEntropy(queue, z, label)).ParamName);
        Assert.Equal("label", Assert.Throws<ArgumentNullException>(() => ExportedLosses.CrossEntropy(queue, z, null!)).ParamName);
        Assert.Equal("queue", Assert.Throws<ArgumentNullException>(() => ExportedLosses.CrossEntropy(null!, z, label)).ParamName);
    }

    [DeviceFact]
    public void Truth_integers_and_a_gradient_that_is_a_number()
    {
        double[] inputs = [.. Numbers.Select(x => (double)x)], weights = [0.5, -1, 2], want = new double[3];
        bool[] truth = [.. Enumerable.Range(0, 20).Select(i => i % 3 == 0)];
        double value = ExportedLosses.LogisticGradient(inputs, weights, truth, want, out double wantB, 0.25, 3, 0.1);

        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<double> x = queue.Upload<double>(inputs), w = queue.Upload<double>(weights), gradient = new(queue.Device, 3);
        using GpuBuffer<bool> y = queue.Upload<bool>(truth);
        Close(value, ExportedLosses.LogisticGradient(queue, x, w, y, gradient, out double b, 0.25, 3, 0.1));
        double[] got = new double[3];
        gradient.Read(queue, got);
        Close([.. want, wantB], [.. got, b]);
        Close(value, ExportedLosses.Logistic(queue, x, w, 0.25, y, 3, 0.1));
    }

    [DeviceFact]
    public void Half_and_a_result_for_each_position()
    {
        Half[] inputs = [.. Numbers.Select(x => (Half)x)], wantGradient = new Half[60], got = new Half[60];
        float[] targets = [.. Numbers.Reverse()], want = new float[60], factors = [.. Numbers.Select(x => x + 1)];
        ExportedLosses.DriftGradient(inputs, targets, want, wantGradient, 4, factors);

        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<Half> x = queue.Upload<Half>(inputs), gradient = new(queue.Device, 60);
        using GpuBuffer<float> y = queue.Upload<float>(targets), result = new(queue.Device, 60), upstream = queue.Upload<float>(factors);
        ExportedLosses.DriftGradient(queue, x, y, result, gradient, 4, upstream);
        Close(want, Read(queue, result));
        gradient.Read(queue, got);
        Assert.All(wantGradient.Zip(got), pair => Assert.Equal((double)pair.First, (double)pair.Second, 0.02 * (1 + Math.Abs((double)pair.First))));
        result.Write(queue, new float[60]);
        ExportedLosses.Drift(queue, x, y, 4, result);
        Close(want, Read(queue, result));
    }

    [DeviceFact]
    public void Tensor_spans()
    {
        float[] want = new float[60];
        float value = ExportedLosses.PairsGradient(new(Numbers, [6, 10]), new(want, [6, 10]));

        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> x = new(queue.Device, 6, 10), gradient = new(queue.Device, 6, 10);
        x.Write(queue, Numbers);
        Close(value, ExportedLosses.PairsGradient(queue, x, gradient));
        Close(want, Read(queue, gradient));
    }

    [DeviceFact]
    public void A_prepared_call_is_run_again()
    {
        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> x = queue.Upload<float>([1, 2, 3]), y = queue.Upload<float>([1, 2, 5]), gradient = new(queue.Device, 3);
        using GpuCall value = DeviceLosses.PrepareMse(queue, x, y), both = DeviceLosses.PrepareMseGradient(queue, x, y, gradient);
        value.Enqueue();
        Close(4f / 3, value.Wait()["loss"]);
        y.Write(queue, [1, 2, 6]);
        both.Enqueue();
        Close(3, both.Wait()["loss"]);
        Close([0, 0, -2], Read(queue, gradient));
    }

    private static float[] Read(GpuQueue queue, GpuBuffer<float> buffer)
    {
        float[] values = new float[buffer.Length];
        buffer.Read(queue, values);
        return values;
    }

    private static void Close(double want, double got) => Assert.Equal(want, got, Math.Abs(want) * 1e-6);

    private static void Close(float[] want, float[] got) => Close([.. want.Select(x => (double)x)], [.. got.Select(x => (double)x)]);

    private static void Close(double[] want, double[] got)
    {
        double scale = want.Max(Math.Abs);
        Assert.Equal(want.Length, got.Length);
        Assert.All(want.Zip(got), pair => Assert.Equal(pair.First, pair.Second, scale * 1e-5));
    }
}
