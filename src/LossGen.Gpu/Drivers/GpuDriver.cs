namespace LossGen.Gpu.Drivers;

/// <summary>What the rest of the package asks of a device and its context, whatever its interface. Handles are the interface's own.</summary>
internal abstract class GpuDriver
{
    /// <summary>All that decides what the compiler makes of a text, but the text: device, driver, compiler, options.</summary>
    public abstract string Identity { get; }

    public abstract nint CreateQueue();

    /// <summary>Refuses a caller's queue in which work might not run in order, or that cannot use this device's memory.</summary>
    /// <exception cref="ArgumentException">It is one of those.</exception>
    public abstract void CheckQueue(nint queue);

    public abstract void ReleaseQueue(nint queue);

    /// <summary>Waits until all that was enqueued is done.</summary>
    public abstract void Finish(nint queue);

    public abstract nint Allocate(long bytes);

    /// <summary>Refuses a caller's memory that is too small or cannot be used by this device, as far as the interface can tell.</summary>
    /// <exception cref="ArgumentException">It is one of those.</exception>
    public abstract void CheckMemory(nint memory, long bytes, int alignment);

    public abstract void Free(nint memory);

    /// <summary>Where memory lies, so that overlaps show: the object it is part of, and the position inside of it.</summary>
    public abstract (nint Whole, long Offset) Place(nint memory);

    /// <summary>Copies to the device, in the queue's order; the source may be reused when it returns.</summary>
    public abstract void Write(nint queue, nint memory, ReadOnlySpan<byte> source);

    /// <summary>Copies from the device, behind all that was enqueued before.</summary>
    public abstract void Read(nint queue, nint memory, Span<byte> target);

    /// <summary>Compiles a program.</summary>
    /// <exception cref="GpuException">It does not compile; with the compiler's log.</exception>
    public abstract BuiltProgram Build(string source);

    /// <summary>Takes a program that <see cref="Build"/> has compiled before, perhaps in another process.</summary>
    /// <exception cref="GpuException">The driver does not take it.</exception>
    public abstract nint Load(byte[] binary);

    /// <summary>A kernel with arguments of its own, so that several calls can be prepared at once.</summary>
    public abstract GpuKernel CreateKernel(nint program, string name, int arguments);
}

/// <summary>A program that was just compiled.</summary>
/// <param name="Handle">The driver's handle.</param>
/// <param name="Binary">Gives what <see cref="GpuDriver.Load"/> takes; empty where the driver has nothing to give.</param>
internal sealed record BuiltProgram(nint Handle, Func<byte[]> Binary);
