using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LossGen.Gpu;

/// <summary>Elements in the memory of a device.</summary>
public abstract class GpuBuffer : IDisposable
{
    private readonly nint _memory;
    private readonly int _elementSize;
    private readonly bool _isOwn;
    private int _isDisposed;

    private protected GpuBuffer(GpuDevice device, nint? callers, int[] lengths, int elementSize, string element)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(lengths);
        foreach (int length in lengths) ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(lengths));
        Device = device;
        Lengths = Array.AsReadOnly([.. lengths]);
        Length = lengths.Aggregate(1, (product, length) => checked(product * length));
        Element = element;
        _elementSize = elementSize;
        _isOwn = callers is null;
        if (callers is { } given) device.Driver.CheckMemory(given, Bytes, elementSize);
        _memory = callers ?? device.Driver.Allocate(Bytes);
    }

    /// <summary>The device.</summary>
    public GpuDevice Device { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The length of each axis, the outermost first. Elements are dense.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>The driver's handle of the memory: a device pointer of CUDA or HIP, or an OpenCL memory object.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
            return _memory;
        }
    }

    /// <summary>How launch plans name the type of the elements.</summary>
    internal string Element { get; }

    private long Bytes => (long)Length * _elementSize;

    /// <summary>
    /// Memory that somebody else has allocated, as another framework's tensor. It is never freed here, and must stay allocated as long as
    /// work with it is enqueued.
    /// </summary>
    /// <typeparam name="T">The type of the elements, as of <see cref="GpuBuffer{T}"/>.</typeparam>
    /// <param name="device">The device whose memory it is, of the context that it was allocated in.</param>
    /// <param name="handle">A device pointer of CUDA or HIP, or an OpenCL memory object. What it points to starts with the first element; elements are dense.</param>
    /// <param name="lengths">The number of elements, or the length of each axis where the loss takes a tensor span.</param>
    /// <returns>The memory as a buffer.</returns>
    /// <exception cref="ArgumentException">The pointer is null or not aligned; the memory object is too small or of another context.</exception>
    /// <exception cref="NotSupportedException">Losses have no elements of this type.</exception>
    public static GpuBuffer<T> FromHandle<T>(GpuDevice device, nint handle, params int[] lengths)
        where T : unmanaged => new(device, handle, lengths);

    /// <summary>Gives the memory back, if it was allocated here.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0 && _isOwn) Device.Driver.Free(_memory);
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether a byte is one of both.</summary>
    internal bool Overlaps(GpuBuffer other)
    {
        (nint whole, long offset) = Device.Driver.Place(Handle);
        (nint otherWhole, long otherOffset) = Device.Driver.Place(other.Handle);
        return whole == otherWhole && offset < otherOffset + other.Bytes && otherOffset < offset + Bytes;
    }
}

/// <summary>Elements of one type in the memory of a device.</summary>
/// <typeparam name="T"><see langword="float"/>, <see langword="double"/>, <see cref="Half"/>, <see langword="byte"/>, <see langword="int"/>,
/// <see langword="long"/> or <see langword="bool"/>; <see langword="ushort"/> for the bits of <see cref="HalfFormat.BFloat16"/>.</typeparam>
public sealed class GpuBuffer<T> : GpuBuffer
    where T : unmanaged
{
    /// <summary>Allocates memory; what it holds is undefined.</summary>
    /// <param name="device">The device.</param>
    /// <param name="lengths">The number of elements, or the length of each axis where the loss takes a tensor span.</param>
    /// <exception cref="NotSupportedException">The type is none of those above.</exception>
    /// <exception cref="GpuException">The device has not that much memory.</exception>
    public GpuBuffer(GpuDevice device, params int[] lengths)
        : base(device, null, lengths, Unsafe.SizeOf<T>(), NameOfElement())
    {
    }

    internal GpuBuffer(GpuDevice device, nint callers, int[] lengths)
        : base(device, callers, lengths, Unsafe.SizeOf<T>(), NameOfElement())
    {
    }

    /// <summary>Copies elements to the device.</summary>
    /// <param name="queue">The queue whose order it follows.</param>
    /// <param name="source">As many elements as the buffer has.</param>
    public void Write(GpuQueue queue, ReadOnlySpan<T> source)
    {
        Check(queue, source.Length);
        Device.Driver.Write(queue.Handle, Handle, MemoryMarshal.AsBytes(source));
    }

    /// <summary>Waits for the queue and copies elements from the device.</summary>
    /// <param name="queue">The queue whose order it follows.</param>
    /// <param name="target">As many elements as the buffer has.</param>
    public void Read(GpuQueue queue, Span<T> target)
    {
        Check(queue, target.Length);
        Device.Driver.Read(queue.Handle, Handle, MemoryMarshal.AsBytes(target));
    }

    private static string NameOfElement() => default(T) switch
    {
        float => "f32",
        double => "f64",
        Half => "f16",
        ushort => "bf16",
        byte => "u8",
        int => "i32",
        long => "i64",
        bool => "bool",
        _ => throw new NotSupportedException($"Losses have no elements of type {typeof(T)}."),
    };

    private void Check(GpuQueue queue, int length)
    {
        ArgumentNullException.ThrowIfNull(queue);
        if (queue.Device != Device) throw new ArgumentException("The queue is one of another device.", nameof(queue));
        if (length != Length) throw new ArgumentException($"The buffer has {Length} elements, not {length}.");
    }
}
