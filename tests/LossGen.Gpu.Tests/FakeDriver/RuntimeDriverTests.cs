using LossGen.Compiler.Model;
using LossGen.Gpu.Drivers.Cuda;
using LossGen.Gpu.Tests.Export;
using LossGen.Kernels.Tests.Corpus;
using Xunit;

namespace LossGen.Gpu.Tests.FakeDriver;

/// <summary>CUDA and HIP as far as a machine without a card can tell: every call that the package makes, and what its kernels compute.</summary>
[Collection(FakeDriverTests.Name)]
public sealed class RuntimeDriverTests : IDisposable
{
    private const string Nothing = "contexts 0, streams 0, buffers 0, modules 0, programs 0, entered 0";

    /// <summary>Whatever a test does, it does nothing that the driver forbids, and all it made is given back.</summary>
    public void Dispose()
    {
        if (FakeDriver.Skip is not null) return;
        for (int attempt = 0; attempt < 10 && FakeDriver.Alive() != Nothing; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal("", FakeDriver.TakeViolations());
        Assert.Equal(Nothing, FakeDriver.Alive());
    }

    [FakeTheory]
    [InlineData(GpuApi.Cuda)]
    [InlineData(GpuApi.Hip)]
    public void A_composite_of_ones_own_agrees_with_the_processor(GpuApi api)
    {
        const int Count = 10_007;
        float[] values = [.. Enumerable.Range(0, Count).Select(i => MathF.Sin(i) * 4)], want = new float[Count], got = new float[Count];
        byte[] truth = [.. Enumerable.Range(0, Count).Select(i => (byte)(i % 3 == 0 ? 1 : 0))];
        GpuDevice device = FakeDriver.Device(api);
        using GpuQueue queue = device.CreateQueue();
        using GpuBuffer<float> logits = queue.Upload<float>(values), gradient = new(device, Count);
        using GpuBuffer<byte> mask = queue.Upload<byte>(truth);
        GpuResults results = device.Load(ExportedLosses.DiceBceProgram).Gradient(
            queue, new() { ["logits"] = logits, ["mask"] = mask, ["logitsGradient"] = gradient, ["weight"] = 0.5f, ["smooth"] = 1f });
        gradient.Read(queue, got);
        float value = ExportedLosses.DiceBceGradient(values, truth, want, out float dice, out float bce, 0.5f);
        Assert.Equal(value, results["loss"], value * 1e-6);
        Assert.Equal(dice, results["dice"], dice * 1e-6);
        Assert.Equal(bce, results["bce"], bce * 1e-6);
        float scale = want.Max(MathF.Abs);
        Assert.All(want.Zip(got), pair => Assert.True(MathF.Abs(pair.First - pair.Second) <= 1e-5f * scale));
    }

    /// <summary>One case for each kind of nest, with lanes that share items, since these devices are no processors.</summary>
    [FakeTheory]
    [InlineData(GpuApi.Cuda, "published/cross-entropy")]
    [InlineData(GpuApi.Cuda, "published/mse with elastic net")]
    [InlineData(GpuApi.Cuda, "published/triplet")]
    [InlineData(GpuApi.Cuda, "published/label smoothing")]
    [InlineData(GpuApi.Cuda, "structure/half tensors")]
    [InlineData(GpuApi.Cuda, "structure/pairwise distances")]
    [InlineData(GpuApi.Cuda, "indices/embedding")]
    [InlineData(GpuApi.Cuda, "order/median")]
    [InlineData(GpuApi.Cuda, "recurrences/forward algorithm")]
    [InlineData(GpuApi.Cuda, "results/huber of each")]
    [InlineData(GpuApi.Hip, "published/cross-entropy")]
    [InlineData(GpuApi.Hip, "structure/half tensors")]
    [InlineData(GpuApi.Hip, "recurrences/forward algorithm")]
    public void A_case_agrees_with_the_oracle(GpuApi api, string name)
    {
        string[] differences = [.. CorpusRun.Differences(DeviceCorpus.On(FakeDriver.Device(api), name, ElementType.Single))];
        if (differences.Length > 0) Assert.Fail(CorpusRun.Report(differences));
    }

    [FakeTheory]
    [InlineData(GpuApi.Cuda, 0, "--gpu-architecture=sm_80", "--fmad=false")]
    [InlineData(GpuApi.Cuda, 1, "--gpu-architecture=compute_90", "--fmad=false")]
    [InlineData(GpuApi.Hip, 0, "-ffp-contract=off")]
    public void Kernels_are_compiled_for_the_device(GpuApi api, int number, params string[] options)
    {
        GpuDevice device = FakeDriver.Device(api, number);
        Assert.Equal(api, device.Api);
        Assert.Contains($"Fake {number}", device.Name, StringComparison.Ordinal);
        using GpuQueue queue = device.CreateQueue();
        using GpuBuffer<float> x = queue.Upload<float>([1, 2, 3]), y = queue.Upload<float>([1, 2, 5]);
        Assert.Equal(4f / 3, (float)device.Load(DeviceLosses.MseProgram).Value(queue, new() { ["x"] = x, ["y"] = y })["loss"]);
        Assert.Equal(options, FakeDriver.Options());
    }

    [FakeTheory]
    [InlineData(GpuApi.Cuda, "CUDA could not allocate 17179869176 bytes: CUDA_ERROR_OUT_OF_MEMORY (2), out of memory.")]
    [InlineData(GpuApi.Hip, "HIP could not allocate 17179869176 bytes: hipErrorOutOfMemory (2), out of memory.")]
    public void Errors_have_the_words_of_the_driver(GpuApi api, string message)
    {
        GpuException memory = Assert.Throws<GpuException>(() => new GpuBuffer<double>(FakeDriver.Device(api), int.MaxValue));
        Assert.Equal(2, memory.Code);
        Assert.Equal(message, memory.Message);
    }

    [FakeFact]
    public void Errors_have_the_words_of_the_compiler()
    {
        GpuDevice device = FakeDriver.Device(GpuApi.Cuda);

        LossProgram broken = new("Broken", "x", [], [])
        {
            ValueKernels = new DeviceKernels("this is no C", DeviceLosses.MseProgram.ValueKernels!.Plan),
            GradientKernels = DeviceLosses.MseProgram.GradientKernels,
        };
        using GpuQueue queue = device.CreateQueue();
        using GpuBuffer<float> x = queue.Upload<float>([1]), y = queue.Upload<float>([1]);
        GpuException compiler = Assert.Throws<GpuException>(() => device.Load(broken).Value(queue, new() { ["x"] = x, ["y"] = y }));
        Assert.Contains("NVRTC could not compile the kernels: NVRTC_ERROR_COMPILATION (6)", compiler.Message, StringComparison.Ordinal);
        Assert.Contains("error", compiler.BuildLog, StringComparison.Ordinal);
    }

    [FakeFact]
    public void A_library_that_is_missing_is_named()
    {
        CudaLibraries libraries = FakeDriver.Libraries(GpuApi.Cuda);
        CudaPlatform noDriver = new(libraries with { DriverFiles = ["libmissing.so.1"] }), noCompiler = new(libraries with { CompilerFiles = ["libmissing.so.2"] });
        Assert.Equal("CUDA is not available: its driver (libmissing.so.1) was not found.", GpuDevice.WhyUnavailable([noDriver]));
        Assert.Contains("its compiler NVRTC (libmissing.so.2 or older) was not found", GpuDevice.WhyUnavailable([noCompiler]), StringComparison.Ordinal);
        Assert.Empty(GpuDevice.Enumerate([noDriver, noCompiler]));
        Assert.Null(GpuDevice.WhyUnavailable([noDriver, FakeDriver.Platform(GpuApi.Cuda)]));
        Assert.Equal([GpuApi.Cuda, GpuApi.Cuda, GpuApi.Hip, GpuApi.Hip], GpuDevice.Enumerate([FakeDriver.Platform(GpuApi.Cuda), FakeDriver.Platform(GpuApi.Hip)]).Select(d => d.Api));
    }

    /// <summary>Between preparing and waiting there are launches, and nothing that a graph could not hold.</summary>
    [FakeTheory]
    [InlineData(GpuApi.Cuda)]
    [InlineData(GpuApi.Hip)]
    public void What_is_enqueued_can_be_captured(GpuApi api)
    {
        GpuDevice device = FakeDriver.Device(api);
        using GpuQueue queue = device.CreateQueue();
        using GpuBuffer<float> z = queue.Upload<float>([.. Enumerable.Range(0, 96).Select(i => MathF.Sin(i))]), gradient = new(device, 96);
        using GpuBuffer<int> label = queue.Upload<int>([0, 1, 2]);
        using GpuCall call = device.Load(ExportedLosses.CrossEntropyProgram).PrepareGradient(queue, new() { ["z"] = z, ["label"] = label, ["zGradient"] = gradient });
        int launches = FakeDriver.Calls("launch");
        FakeDriver.Capture(true);
        call.Enqueue();
        call.Enqueue();
        FakeDriver.Capture(false);
        Assert.True(FakeDriver.Calls("launch") >= launches + 4);
        Assert.Equal("", FakeDriver.TakeViolations());
        float[] values = new float[96];
        z.Read(queue, values);
        float want = ExportedLosses.CrossEntropyGradient(values, [0, 1, 2], new float[96]);
        Assert.Equal(want, call.Wait()["loss"], want * 1e-6);
    }

    /// <summary>A framework's context, stream and tensors: used, and left alone. Its work in the stream comes before, and nothing is copied.</summary>
    [FakeTheory]
    [InlineData(GpuApi.Cuda)]
    [InlineData(GpuApi.Hip)]
    public void What_belongs_to_the_caller_is_used_and_never_released(GpuApi api)
    {
        nint context = FakeDriver.CallersContext(), stream = FakeDriver.CallersStream(context);
        nint x = FakeDriver.CallersMemory(12), y = FakeDriver.CallersMemory(12), gradient = FakeDriver.CallersMemory(12), upstream = FakeDriver.CallersMemory(4);
        new float[] { 1, 2, 3 }.CopyTo(FakeDriver.Memory<float>(x, 3));
        new float[] { 1, 2, 5 }.CopyTo(FakeDriver.Memory<float>(y, 3));
        FakeDriver.Memory<float>(upstream, 1)[0] = 3;
        int copies = FakeDriver.Calls("write"), streams = FakeDriver.Calls("stream");

        GpuDevice device = FakeDriver.Platform(api).FromContext(context, 0);
        using GpuQueue queue = GpuQueue.FromHandle(device, stream);
        using GpuBuffer<float> xs = GpuBuffer.FromHandle<float>(device, x, 3), ys = GpuBuffer.FromHandle<float>(device, y, 3);
        using GpuBuffer<float> gradients = GpuBuffer.FromHandle<float>(device, gradient, 3), factor = GpuBuffer.FromHandle<float>(device, upstream, 1);
        GpuResults results = device.Load(DeviceLosses.MseProgram).Gradient(queue, new() { ["x"] = xs, ["y"] = ys, ["xGradient"] = gradients, ["upstream"] = factor });
        Assert.Equal(4f / 3, (float)results["loss"]);
        Assert.Equal([0, 0, -4], FakeDriver.Memory<float>(gradient, 3));
        Assert.Equal(copies, FakeDriver.Calls("write"));
        Assert.Equal(streams, FakeDriver.Calls("stream"));
        Assert.Equal(stream, queue.Handle);
        Assert.Equal(x, xs.Handle);
    }

    /// <summary>The primary context, which a framework has made current before: its memory needs no context of its own, 0 is its default stream.</summary>
    [FakeFact]
    public void Memory_of_the_primary_context_needs_no_more()
    {
        GpuDevice device = FakeDriver.Device(GpuApi.Cuda);
        nint x = FakeDriver.CallersMemory(16);
        new float[] { 1, 2, 3, 4 }.CopyTo(FakeDriver.Memory<float>(x, 4));
        using GpuQueue queue = GpuQueue.FromHandle(device, 0);
        using GpuBuffer<float> start = GpuBuffer.FromHandle<float>(device, x, 3), shifted = GpuBuffer.FromHandle<float>(device, x + 4, 3), last = GpuBuffer.FromHandle<float>(device, x + 12, 1);
        GpuLoss mse = device.Load(DeviceLosses.MseProgram);
        Assert.Equal(1, mse.Value(queue, new() { ["x"] = start, ["y"] = shifted })["loss"]);
        Assert.Equal("xGradient", Assert.Throws<ArgumentException>(() => mse.Gradient(queue, new() { ["x"] = start, ["y"] = start, ["xGradient"] = shifted })).ParamName);
        Assert.True(start.Overlaps(shifted));
        Assert.False(start.Overlaps(last));
        Assert.Throws<ArgumentException>(() => GpuBuffer.FromHandle<float>(device, 0, 3));
        Assert.Throws<ArgumentException>(() => GpuBuffer.FromHandle<double>(device, x + 4, 1));
        Assert.Throws<ArgumentException>(() => GpuDevice.FromContext(GpuApi.Cuda, 0));
    }

    /// <summary>The fake driver itself finds what it is there for.</summary>
    [FakeFact]
    public void A_mistake_is_noted()
    {
        const string Both = "\"arguments\": [\"tensor:x\", \"tensor:y\"";
        LossProgram mse = DeviceLosses.MseProgram;
        DeviceKernels value = mse.ValueKernels!;
        GpuDevice device = FakeDriver.Device(GpuApi.Cuda);
        using GpuQueue queue = device.CreateQueue();
        using GpuBuffer<float> x = queue.Upload<float>([1, 2, 3]), y = queue.Upload<float>([1, 2, 5]);
        LossProgram With(string source, string plan) => new(mse.Name, mse.Formula, [], []) { ValueKernels = new DeviceKernels(source, plan), GradientKernels = mse.GradientKernels };
        GpuArguments arguments = new() { ["x"] = x, ["y"] = y };

        LossProgram swapped = With(value.Source, value.Plan.Replace(Both, "\"arguments\": [\"size:i\", \"tensor:y\"", StringComparison.Ordinal));
        Assert.NotEqual(value.Plan, swapped.ValueKernels!.Plan);
        Assert.Throws<GpuException>(() => device.Load(swapped).Value(queue, arguments));
        Assert.Contains("argument 0 is no device memory", FakeDriver.TakeViolations(), StringComparison.Ordinal);

        LossProgram shorter = With(value.Source, value.Plan.Replace(Both, "\"arguments\": [\"tensor:y\"", StringComparison.Ordinal));
        Assert.Throws<GpuException>(() => device.Load(shorter).Value(queue, arguments));
        Assert.Contains("arguments of", FakeDriver.TakeViolations(), StringComparison.Ordinal);

        FakeDriver.Capture(true);
        Assert.Throws<GpuException>(() => new GpuBuffer<float>(device, 4));
        FakeDriver.Capture(false);
        Assert.Contains("while a stream is captured", FakeDriver.TakeViolations(), StringComparison.Ordinal);
    }
}
