namespace LossGen.Gpu;

/// <summary>
/// An order of work on a device: what is enqueued runs one after the other. It keeps memory for intermediate values, which only grows. Not
/// safe for concurrent use.
/// </summary>
public sealed class GpuQueue : IDisposable
{
    private readonly List<nint> _allocated = [];
    private readonly List<(nint Memory, long Bytes)> _scratch = [];
    private nint _queue;

    internal GpuQueue(GpuDevice device)
    {
        Device = device;
        _queue = device.Driver.CreateQueue();
    }

    /// <summary>The device.</summary>
    public GpuDevice Device { get; }

    /// <summary>The device's handle of the queue: an OpenCL command queue.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_queue == 0, this);
            return _queue;
        }
    }

    /// <summary>Allocates a buffer and copies elements into it.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="source">The elements.</param>
    /// <returns>The buffer, to be disposed.</returns>
    public GpuBuffer<T> Upload<T>(ReadOnlySpan<T> source)
        where T : unmanaged
    {
        GpuBuffer<T> buffer = new(Device, source.Length);
        buffer.Write(this, source);
        return buffer;
    }

    /// <summary>Waits until all that was enqueued is done.</summary>
    public void Finish() => Device.Driver.Finish(Handle);

    /// <summary>
    /// Memory for the arrays of a call, by their number. Calls run in order, so they share it; one that was prepared before it grew keeps
    /// the smaller one.
    /// </summary>
    internal nint Scratch(int number, long bytes)
    {
        while (_scratch.Count <= number) _scratch.Add((0, -1));
        if (bytes <= _scratch[number].Bytes) return _scratch[number].Memory;
        nint memory = Device.Driver.Allocate(bytes);
        _allocated.Add(memory);
        _scratch[number] = (memory, bytes);
        return memory;
    }

    /// <summary>Waits for the work and gives the memory back.</summary>
    public void Dispose()
    {
        nint queue = Interlocked.Exchange(ref _queue, 0);
        if (queue == 0) return;
        Device.Driver.Finish(queue);
        foreach (nint memory in _allocated) Device.Driver.Free(memory);
        Device.Driver.ReleaseQueue(queue);
    }
}
