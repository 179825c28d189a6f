using LossGen.Gpu.Tests.Devices;
using Xunit;

namespace LossGen.Gpu.Tests;

/// <summary>Contexts, queues and memory that somebody else has made with OpenCL, and programs that OpenCL gives away.</summary>
[Collection(FakeDriver.KeptPrograms.Name)]
public class InteropTests
{
    [OpenClFact]
    public void What_belongs_to_the_caller_is_used_and_never_released()
    {
        using CallersOpenCl caller = new();
        nint x = caller.Memory([1, 2, 3]), y = caller.Memory([1, 2, 5]), gradient = caller.Memory([0, 0, 0]), upstream = caller.Memory([3]);
        GpuDevice device = GpuDevice.FromContext(GpuApi.OpenCl, caller.Context);
        using (GpuQueue queue = GpuQueue.FromHandle(device, caller.Queue))
        {
            using GpuBuffer<float> xs = GpuBuffer.FromHandle<float>(device, x, 3), ys = GpuBuffer.FromHandle<float>(device, y, 3);
            using GpuBuffer<float> gradients = GpuBuffer.FromHandle<float>(device, gradient, 3), factor = GpuBuffer.FromHandle<float>(device, upstream, 1);
            GpuResults results = device.Load(DeviceLosses.MseProgram).Gradient(queue, new() { ["x"] = xs, ["y"] = ys, ["xGradient"] = gradients, ["upstream"] = factor });
            Assert.Equal(4f / 3, (float)results["loss"]);
        }

        // Through the caller's queue, which is still there.
        Assert.Equal([0, 0, -4], caller.Read(gradient, 3));
        Assert.Equal([1, 1, 1, 1], [caller.References(x), caller.References(y), caller.References(gradient), caller.References(upstream)]);
    }

    [OpenClFact]
    public void What_cannot_work_is_refused()
    {
        using CallersOpenCl caller = new();
        GpuDevice own = TestDevice.GetOpenCl(), device = GpuDevice.FromContext(GpuApi.OpenCl, caller.Context);
        nint x = caller.Memory([1, 2, 3]);
        Assert.Throws<ArgumentException>(() => GpuQueue.FromHandle(own, caller.Queue));
        Assert.Throws<ArgumentException>(() => GpuQueue.FromHandle(device, caller.OutOfOrderQueue()));
        Assert.Throws<ArgumentException>(() => GpuBuffer.FromHandle<float>(own, x, 3));
        Assert.Throws<ArgumentException>(() => GpuBuffer.FromHandle<float>(device, x, 4));
        Assert.Throws<ArgumentException>(() => GpuBuffer.FromHandle<float>(device, 0, 1));
        Assert.Throws<ArgumentException>(() => GpuDevice.FromContext(GpuApi.OpenCl, caller.Context, 1));
    }

    /// <summary>Two objects of the same memory, and two parts of it.</summary>
    [OpenClFact]
    public void Overlaps_show()
    {
        using CallersOpenCl caller = new();
        GpuDevice device = GpuDevice.FromContext(GpuApi.OpenCl, caller.Context);
        nint whole = caller.Memory(new float[1024]);
        using GpuQueue queue = GpuQueue.FromHandle(device, caller.Queue);
        using GpuBuffer<float> all = GpuBuffer.FromHandle<float>(device, whole, 1024), again = GpuBuffer.FromHandle<float>(device, whole, 1024);
        using GpuBuffer<float> first = GpuBuffer.FromHandle<float>(device, caller.Part(whole, 0, 2048), 512), second = GpuBuffer.FromHandle<float>(device, caller.Part(whole, 2048, 2048), 512);
        Assert.True(all.Overlaps(again));
        Assert.True(all.Overlaps(second));
        Assert.False(first.Overlaps(second));
        GpuLoss mse = device.Load(DeviceLosses.MseProgram);
        Assert.Equal("xGradient", Assert.Throws<ArgumentException>(() => mse.Gradient(queue, new() { ["x"] = all, ["y"] = all, ["xGradient"] = again })).ParamName);
        Assert.Equal(0, mse.Gradient(queue, new() { ["x"] = first, ["y"] = first, ["xGradient"] = second })["loss"]);
    }

    [DeviceFact]
    public void A_program_is_taken_from_the_folder()
    {
        string folder = Directory.CreateTempSubdirectory("lossgen-programs").FullName;
        GpuOptions.CacheFolder = folder;
        try
        {
            double[] losses = [.. Enumerable.Range(0, 2).Select(_ =>
            {
                GpuDevice device = GpuDevice.Enumerate().First(d => d.Name == TestDevice.Get().Name);
                using GpuQueue queue = device.CreateQueue();
                using GpuBuffer<float> x = queue.Upload<float>([1, 2, 3]), y = queue.Upload<float>([1, 2, 5]);
                double loss = device.Load(DeviceLosses.MseProgram).Value(queue, new() { ["x"] = x, ["y"] = y })["loss"];

                // What the second one takes is this file: it would write a damaged one anew, and leaves a good one as it is.
                Assert.Single(Directory.GetFiles(folder));
                return loss;
            })];
            Assert.Equal([4f / 3, 4f / 3], losses.Select(l => (float)l));
        }
        finally
        {
            GpuOptions.CacheFolder = null;
            Directory.Delete(folder, recursive: true);
        }
    }
}
