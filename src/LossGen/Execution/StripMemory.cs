using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LossGen.Runtime;

/// <summary>
/// What the stages of a kernel keep for one strip of vectors: a little memory of each thread, aligned to the longest vectors. Behind it lies <see cref="LaneMemory"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class StripMemory
{
    /// <summary>Eight values of eight vectors of 512 bits.</summary>
    internal const int Bytes = 8 * 8 * 64;

    private const int Alignment = 64;

    // On the heap of pinned objects, so that it stays aligned; it goes with its thread.
    [ThreadStatic]
    private static byte[]? memory;

    /// <summary>The first element of this thread's memory; there is room for 4096 bytes.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Of<T>()
        where T : unmanaged
    {
        ref byte first = ref MemoryMarshal.GetArrayDataReference(memory ?? Allocate());
        nint past = (nint)Unsafe.AsPointer(ref first) & (Alignment - 1);
        return ref Unsafe.As<byte, T>(ref Unsafe.Add(ref first, (Alignment - past) & (Alignment - 1)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] Allocate() => memory = GC.AllocateUninitializedArray<byte>(Bytes + LaneMemory.Bytes + Alignment, pinned: true);
}
