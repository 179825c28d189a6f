namespace LossGen.Gpu;

/// <summary>
/// An order of work on a device: what is enqueued runs one after the other. It keeps memory for intermediate values, which only grows. Not
/// safe for concurrent use.
/// </summary>
public sealed class GpuQueue : IDisposable
{
    private readonly List<nint> _allocated = [];
    private readonly List<(nint Memory, long Bytes)> _scratch = [];
    private readonly nint _queue;
    private readonly bool _isOwn;
    private bool _isDisposed;

    internal GpuQueue(GpuDevice device)
    {
        Device = device;
        _queue = device.Driver.CreateQueue();
        _isOwn = true;
    }

    private GpuQueue(GpuDevice device, nint queue)
    {
        Device = device;
        _queue = queue;
        device.Driver.CheckQueue(queue);
    }

    /// <summary>The device.</summary>
    public GpuDevice Device { get; }

    /// <summary>The driver's handle of the queue: a stream of CUDA or HIP, or an OpenCL command queue.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _queue;
        }
    }

    /// <summary>
    /// A queue that somebody else has made: what is enqueued runs behind what is in it, and before what comes later. It is never released
    /// here. Disposing of this object waits for the work in it, and gives back the memory for intermediate values.
    /// </summary>
    /// <param name="device">The device, of the context that the queue was made in.</param>
    /// <param name="handle">A <c>CUstream</c> or <c>hipStream_t</c>, 0 for the default one, or a <c>cl_command_queue</c> that runs in order.</param>
    /// <returns>The queue, to be disposed.</returns>
    /// <exception cref="ArgumentException">The queue is one of another context, or may run out of order.</exception>
    public static GpuQueue FromHandle(GpuDevice device, nint handle)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new GpuQueue(device, handle);
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
        if (_isDisposed) return;
        Finish();
        _isDisposed = true;
        foreach (nint memory in _allocated) Device.Driver.Free(memory);
        if (_isOwn) Device.Driver.ReleaseQueue(_queue);
    }
}
