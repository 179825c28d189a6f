using System.Runtime.InteropServices;
using LossGen.Gpu.Drivers.OpenCl;
using Xunit;

namespace LossGen.Gpu.Tests.Devices;

/// <summary>Another program's use of OpenCL on the test device's platform: its context, its queue, its memory.</summary>
internal sealed unsafe class CallersOpenCl : IDisposable
{
    private readonly nint _device;
    private readonly List<nint> _memory = [];
    private readonly List<nint> _queues = [];

    public CallersOpenCl()
    {
        nint device;
        int error;
        using (GpuQueue queue = TestDevice.GetOpenCl().CreateQueue()) Check(OpenClApi.clGetCommandQueueInfo(queue.Handle, OpenClApi.QueueDevice, (nuint)sizeof(nint), &device, null));
        _device = device;
        Context = OpenClApi.clCreateContext(null, 1, &device, null, null, &error);
        Check(error);
        Queue = NewQueue(0);
    }

    public nint Context { get; }

    public nint Queue { get; }

    public nint OutOfOrderQueue() => NewQueue(OpenClApi.QueueOutOfOrder);

    public nint Memory(float[] values)
    {
        int error;
        nint memory = OpenClApi.clCreateBuffer(Context, 1, (nuint)values.Length * sizeof(float), null, &error);
        Check(error);
        _memory.Add(memory);
        fixed (float* first = values) Check(OpenClApi.clEnqueueWriteBuffer(Queue, memory, 1, 0, (nuint)values.Length * sizeof(float), first, 0, null, null));
        return memory;
    }

    public nint Part(nint memory, int offset, int bytes)
    {
        int error;
        nuint* region = stackalloc nuint[] { (nuint)offset, (nuint)bytes };
        nint part = ((delegate* unmanaged<nint, ulong, uint, nuint*, int*, nint>)NativeLibrary.GetExport(NativeLibrary.Load("libOpenCL.so.1"), "clCreateSubBuffer"))(memory, 0, 0x1220, region, &error);
        Check(error);
        _memory.Add(part);
        return part;
    }

    public float[] Read(nint memory, int length)
    {
        float[] values = new float[length];
        fixed (float* first = values) Check(OpenClApi.clEnqueueReadBuffer(Queue, memory, 1, 0, (nuint)length * sizeof(float), first, 0, null, null));
        return values;
    }

    /// <summary>How many still hold the memory.</summary>
    public int References(nint memory)
    {
        const uint MemoryReferences = 0x1105;
        uint count;
        Check(OpenClApi.clGetMemObjectInfo(memory, MemoryReferences, sizeof(uint), &count, null));
        return (int)count;
    }

    public void Dispose()
    {
        foreach (nint memory in _memory) Check(OpenClApi.clReleaseMemObject(memory));
        foreach (nint queue in _queues) Check(OpenClApi.clReleaseCommandQueue(queue));
        Check(OpenClApi.clReleaseContext(Context));
    }

    private nint NewQueue(ulong properties)
    {
        int error;
        nint queue = OpenClApi.clCreateCommandQueue(Context, _device, properties, &error);
        Check(error);
        _queues.Add(queue);
        return queue;
    }

    private static void Check(int error) => Assert.Equal(0, error);
}
