using LossGen.Gpu.Tests.Devices;
using Xunit;

namespace LossGen.Gpu.Tests;

/// <summary>Second derivatives on a device, against the methods.</summary>
public class CurvatureTests
{
    private const int Count = 1003;

    private static readonly float[] Z = [.. Enumerable.Range(0, Count).Select(i => MathF.Sin(i) * 4)];

    [DeviceFact]
    public void Of_a_mean()
    {
        byte[] y = [.. Enumerable.Range(0, Count).Select(i => (byte)(i % 2))];
        float[] wantGradient = new float[Count], wantCurvature = new float[Count];
        float want = DeviceLosses.BceCurvature(Z, y, wantGradient, wantCurvature, upstream: 3);

        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<float> z = queue.Upload<float>(Z), gradient = new(queue.Device, Count), curvature = new(queue.Device, Count), upstream = queue.Upload<float>([3]);
        using GpuBuffer<byte> labels = queue.Upload<byte>(y);
        GpuResults results = queue.Device.Load(DeviceLosses.BceProgram).Curvature(
            queue, new() { ["z"] = z, ["y"] = labels, ["zGradient"] = gradient, ["zCurvature"] = curvature, ["upstream"] = upstream });
        Assert.Equal(want, results["loss"], 1e-6);
        AssertClose(wantGradient, Read(queue, gradient));
        AssertClose(wantCurvature, Read(queue, curvature));

        curvature.Write(queue, new float[Count]);
        Assert.Equal(want, DeviceLosses.BceCurvature(queue, z, labels, gradient, curvature, upstream), 1e-6);
        AssertClose(wantCurvature, Read(queue, curvature));
    }

    [DeviceFact]
    public void Of_each_sample_with_a_number_among_the_parameters()
    {
        double[] values = [.. Z.Select(v => v / 4.0)], weights = [.. Z.Select(v => 1 + (v / 8.0))], factors = [.. Z.Select(v => v / 2.0)];
        double[] wantEach = new double[Count], wantGradient = new double[Count], wantCurvature = new double[Count];
        DeviceLosses.RidgeOfEachCurvature(values, weights, wantEach, wantGradient, out double wantTau, wantCurvature, out double wantTauCurvature, 0.25, factors);

        using GpuQueue queue = TestDevice.Get().CreateQueue();
        using GpuBuffer<double> z = queue.Upload<double>(values), w = queue.Upload<double>(weights), upstream = queue.Upload<double>(factors);
        using GpuBuffer<double> each = new(queue.Device, Count), gradient = new(queue.Device, Count), curvature = new(queue.Device, Count);
        GpuResults results = queue.Device.Load(DeviceLosses.RidgeOfEachProgram).Curvature(queue, new()
        {
            ["z"] = z, ["w"] = w, ["tau"] = 0.25, ["losses"] = each, ["zGradient"] = gradient, ["zCurvature"] = curvature, ["upstream"] = upstream,
        });
        AssertClose(wantEach, Read(queue, each));
        AssertClose(wantGradient, Read(queue, gradient));
        AssertClose(wantCurvature, Read(queue, curvature));
        Assert.Equal(wantTau, results["tauGradient"], 1e-9);
        Assert.Equal(wantTauCurvature, results["tauCurvature"], 1e-9);

        curvature.Write(queue, new double[Count]);
        DeviceLosses.RidgeOfEachCurvature(queue, z, w, each, gradient, out double tauGradient, curvature, out double tauCurvature, 0.25, upstream);
        AssertClose(wantCurvature, Read(queue, curvature));
        Assert.Equal((results["tauGradient"], results["tauCurvature"]), (tauGradient, tauCurvature));
    }

    [DeviceFact]
    public void Where_it_was_not_declared_there_is_none()
    {
        GpuLoss loss = TestDevice.Get().Load(DeviceLosses.MseProgram);
        Assert.Contains("Curvature = true", Assert.Throws<NotSupportedException>(() => loss.CurvatureSource).Message, StringComparison.Ordinal);
    }

    private static T[] Read<T>(GpuQueue queue, GpuBuffer<T> buffer)
        where T : unmanaged
    {
        T[] values = new T[buffer.Length];
        buffer.Read(queue, values);
        return values;
    }

    private static void AssertClose<T>(T[] want, T[] got)
        where T : IConvertible
    {
        double[] wanted = [.. want.Select(v => v.ToDouble(null))];
        double tolerance = (typeof(T) == typeof(float) ? 1e-6 : 1e-12) * wanted.Max(Math.Abs);
        for (int i = 0; i < want.Length; i++) Assert.Equal(wanted[i], got[i].ToDouble(null), tolerance);
    }
}
