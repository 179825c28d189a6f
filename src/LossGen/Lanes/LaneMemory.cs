using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

/// <summary>A little memory of each thread, aligned to the longest vectors, for lanes that wait to be taken one by one.</summary>
internal static unsafe class LaneMemory
{
    /// <summary>How many loops' lanes may wait at once.</summary>
    internal const int Queues = 4;

    /// <summary>Vectors of a queue.</summary>
    internal const int Vectors = 8;

    /// <summary>Bytes from one vector to the next.</summary>
    internal const int Stride = 64;

    // For each vector one of places and one of terms, and a word for its mask.
    private const int QueueBytes = (2 * Vectors * Stride) + Stride;

    // On the heap of pinned objects, so that it stays aligned; it goes with its thread.
    [ThreadStatic]
    private static byte[]? memory;

    /// <summary>The memory of a queue.</summary>
    internal static byte* Queue(int number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)Queues);
        memory ??= GC.AllocateUninitializedArray<byte>((Queues * QueueBytes) + Stride, pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref memory[0]);
        return (byte*)((address + Stride - 1) & ~(nint)(Stride - 1)) + (number * QueueBytes);
    }
}
