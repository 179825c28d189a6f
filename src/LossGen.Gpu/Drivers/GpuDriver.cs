namespace LossGen.Gpu.Drivers;

/// <summary>What the rest of the package asks of a device, whatever its interface. Handles are the interface's own.</summary>
internal abstract class GpuDriver
{
    public abstract nint CreateQueue();

    public abstract void ReleaseQueue(nint queue);

    /// <summary>Waits until all that was enqueued is done.</summary>
    public abstract void Finish(nint queue);

    public abstract nint Allocate(long bytes);

    public abstract void Free(nint memory);

    /// <summary>Copies to the device, in the queue's order; the source may be reused when it returns.</summary>
    public abstract void Write(nint queue, nint memory, ReadOnlySpan<byte> source);

    /// <summary>Copies from the device, behind all that was enqueued before.</summary>
    public abstract void Read(nint queue, nint memory, Span<byte> target);

    /// <summary>Compiles a program.</summary>
    /// <exception cref="GpuException">It does not compile; with the compiler's log.</exception>
    public abstract nint Build(string source);

    public abstract void ReleaseProgram(nint program);

    /// <summary>A kernel with arguments of its own, so that several calls can be prepared at once.</summary>
    public abstract nint CreateKernel(nint program, string name);

    public abstract void ReleaseKernel(nint kernel);

    public abstract void SetMemory(nint kernel, int index, nint memory);

    public abstract void SetInteger(nint kernel, int index, long value);

    public abstract void SetDouble(nint kernel, int index, double value);

    public abstract void SetSingle(nint kernel, int index, float value);

    public abstract void Launch(nint queue, nint kernel, long groups, int groupSize);
}
