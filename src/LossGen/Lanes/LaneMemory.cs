using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

/// <summary>Where lanes wait to be taken one by one: memory of each thread, behind that of its strips and aligned like it.</summary>
internal static unsafe class LaneMemory
{
    /// <summary>Vectors of a queue.</summary>
    internal const int Vectors = 8;

    /// <summary>Bytes from one vector to the next.</summary>
    internal const int Stride = 64;

    /// <summary>Bytes of all queues.</summary>
    internal const int Bytes = Queues * QueueBytes;

    // How many loops' lanes may wait at once.
    private const int Queues = 4;

    // For each vector one of places and one of terms, and a word for its mask.
    private const int QueueBytes = (2 * Vectors * Stride) + Stride;

    /// <summary>The memory of a queue.</summary>
    internal static byte* Queue(int number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)Queues);
        return (byte*)Unsafe.AsPointer(ref StripMemory.Of<byte>()) + StripMemory.Bytes + (number * QueueBytes);
    }
}
