using LossGen.Gpu.Tests.Devices;
using Xunit;

namespace LossGen.Gpu.Tests;

/// <summary>Tensors that are declared Half hold bfloat16 on the device: what comes out is the float loss of the same numbers, rounded.</summary>
public class BFloat16Tests
{
    private const int Rows = 7, Columns = 33;

    private static readonly ushort[] Logits = [.. Enumerable.Range(0, Rows * Columns).Select(i => Bits(MathF.Sin(i) * 4))];

    private static readonly int[] Labels = [.. Enumerable.Range(0, Rows).Select(i => i * 5 % Columns)];

    [DeviceFact]
    public void Value_and_gradient_are_those_of_float_rounded()
    {
        float[] logits = [.. Logits.Select(Number)], want = new float[logits.Length];
        float loss = Export.ExportedLosses.CrossEntropyGradient(logits, Labels, want);

        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<ushort> z = queue.Upload<ushort>(Logits), gradient = new(queue.Device, Logits.Length);
        using GpuBuffer<int> label = queue.Upload<int>(Labels);
        GpuResults results = queue.Device.Load(DeviceLosses.HalfCrossEntropyProgram, HalfFormat.BFloat16).Gradient(queue, new() { ["z"] = z, ["label"] = label, ["zGradient"] = gradient });
        ushort[] got = new ushort[Logits.Length];
        gradient.Read(queue, got);
        Assert.Equal(loss, results["loss"], 1e-6 * loss);

        // Half a unit in the last of 8 digits, and the tolerance of the float.
        float scale = want.Max(MathF.Abs);
        for (int i = 0; i < got.Length; i++) Assert.Equal(want[i], Number(got[i]), MathF.Abs(want[i]) / 256 + 1e-6f * scale);
    }

    /// <summary>Ties go to the even neighbour, beyond the largest number is infinity, and NaN stays NaN even where its digits are cut off.</summary>
    [DeviceFact]
    public void Storing_rounds_to_nearest()
    {
        // x is the upstream here: the gradient of x y by y is x, exactly as it is stored.
        uint[] bits = [0x3f800000, 0x3f808000, 0x3f808001, 0x3f818000, 0x3f817fff, 0x00000001, 0x80000000, 0x7f7fffff, 0x7f800000, 0xff800000, 0x7f800001, 0xbf808000];
        ushort[] want = [0x3f80, 0x3f80, 0x3f81, 0x3f82, 0x3f81, 0x0000, 0x8000, 0x7f80, 0x7f80, 0xff80, 0x7fc0, 0xbf80];
        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> upstream = queue.Upload<float>([.. bits.Select(BitConverter.UInt32BitsToSingle)]), each = new(queue.Device, bits.Length);
        using GpuBuffer<ushort> y = queue.Upload<ushort>([.. bits.Select(_ => Bits(1))]), gradient = new(queue.Device, bits.Length);
        queue.Device.Load(DeviceLosses.HalfOfEachProgram, HalfFormat.BFloat16).Gradient(queue, new() { ["y"] = y, ["losses"] = each, ["yGradient"] = gradient, ["upstream"] = upstream });
        ushort[] got = new ushort[bits.Length];
        gradient.Read(queue, got);
        for (int i = 0; i < got.Length; i++)
        {
            // Any NaN will do.
            if (float.IsNaN(Number(want[i]))) Assert.True(float.IsNaN(Number(got[i])), $"{bits[i]:x8} became {got[i]:x4}");
            else Assert.True(want[i] == got[i], $"{bits[i]:x8} became {got[i]:x4}, not {want[i]:x4}");
        }
    }

    [DeviceFact]
    public void Buffers_have_to_be_of_the_format()
    {
        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<ushort> bits = queue.Upload<ushort>(Logits);
        using GpuBuffer<Half> halves = new(queue.Device, Logits.Length);
        using GpuBuffer<int> label = queue.Upload<int>(Labels);
        GpuLoss ieee = queue.Device.Load(DeviceLosses.HalfCrossEntropyProgram), brain = queue.Device.Load(DeviceLosses.HalfCrossEntropyProgram, HalfFormat.BFloat16);
        Assert.Equal("z", Assert.Throws<ArgumentException>(() => ieee.Value(queue, new() { ["z"] = bits, ["label"] = label })).ParamName);
        Assert.Equal("z", Assert.Throws<ArgumentException>(() => brain.Value(queue, new() { ["z"] = halves, ["label"] = label })).ParamName);
    }

    private static float Number(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    private static ushort Bits(float number) => (ushort)(BitConverter.SingleToUInt32Bits(number) >> 16);
}
