using System.Numerics;
using System.Runtime.InteropServices;

namespace LossGen.Runtime;

/// <summary>Native memory for workspaces, kept between calls: fresh pages cost more than the loops that use them.</summary>
/// <remarks>Each thread keeps two small blocks to itself, without a lock; the rest is shared, by size class, up to a bound.</remarks>
internal static unsafe class WorkspacePool
{
    internal const nint Alignment = 64;

    /// <summary>Blocks up to this size may be kept by a thread.</summary>
    internal const nint ThreadBlockBytes = 256 * 1024;

    /// <summary>How many blocks of one size class are kept.</summary>
    internal const int BlocksPerClass = 16;

    private const int SmallestShift = 12;
    private const int ClassCount = 4 * (64 - SmallestShift);

    private static readonly Lock Gate = new();
    private static readonly NativeBlock[] Shared = new NativeBlock[ClassCount * BlocksPerClass];
    private static readonly int[] SharedCount = new int[ClassCount];

    [ThreadStatic]
    private static ThreadBlocks? threadBlocks;

    /// <summary>How many bytes the shared part may keep.</summary>
    internal static long MaxSharedBytes { get; } =
        Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, 64L << 20, 1L << 30);

    /// <summary>How many bytes the shared part keeps now.</summary>
    internal static long SharedBytes { get; private set; }

    internal static NativeBlock Rent(nint bytes)
    {
        ThreadBlocks? own = threadBlocks;
        if (own is not null)
        {
            if (own.First.Capacity >= bytes)
                return Take(ref own.First);
            if (own.Second.Capacity >= bytes)
                return Take(ref own.Second);
        }

        return RentShared(bytes);
    }

    internal static void Return(ref NativeBlock block)
    {
        NativeBlock returned = Take(ref block);
        if (returned.Capacity <= ThreadBlockBytes)
        {
            ThreadBlocks own = threadBlocks ??= new ThreadBlocks();
            if (own.First.Pointer == null)
            {
                own.First = returned;
                return;
            }

            if (own.Second.Pointer == null)
            {
                own.Second = returned;
                return;
            }
        }

        ReturnShared(returned);
    }

    /// <summary>Bytes of the smallest size class that holds so many: four classes to each power of two.</summary>
    internal static nint ClassBytes(nint bytes, out int sizeClass)
    {
        if (bytes <= (nint)1 << SmallestShift)
        {
            sizeClass = 0;
            return (nint)1 << SmallestShift;
        }

        int shift = BitOperations.Log2((nuint)(bytes - 1)) - 2;
        nint quarters = ((bytes - 1) >> shift) + 1;
        if (quarters > nint.MaxValue >> shift)
            throw new OutOfMemoryException();
        sizeClass = 4 * (shift + 2 - SmallestShift) + (int)quarters - 4;
        return quarters << shift;
    }

    private static NativeBlock RentShared(nint bytes)
    {
        nint capacity = ClassBytes(bytes, out int sizeClass);
        lock (Gate)
        {
            if (SharedCount[sizeClass] > 0)
            {
                SharedBytes -= capacity;
                return Shared[sizeClass * BlocksPerClass + --SharedCount[sizeClass]];
            }
        }

        return new NativeBlock((byte*)NativeMemory.AlignedAlloc((nuint)capacity, (nuint)Alignment), capacity);
    }

    private static void ReturnShared(NativeBlock block)
    {
        ClassBytes(block.Capacity, out int sizeClass);
        lock (Gate)
        {
            if (SharedCount[sizeClass] < BlocksPerClass && SharedBytes + block.Capacity <= MaxSharedBytes)
            {
                Shared[sizeClass * BlocksPerClass + SharedCount[sizeClass]++] = block;
                SharedBytes += block.Capacity;
                return;
            }
        }

        NativeMemory.AlignedFree(block.Pointer);
    }

    private static NativeBlock Take(ref NativeBlock block)
    {
        NativeBlock taken = block;
        block = default;
        return taken;
    }

    /// <summary>A thread's own blocks, enough for a workspace and a nest's memory; freed when the thread is gone.</summary>
    private sealed class ThreadBlocks
    {
        internal NativeBlock First;
        internal NativeBlock Second;

        ~ThreadBlocks()
        {
            NativeMemory.AlignedFree(First.Pointer);
            NativeMemory.AlignedFree(Second.Pointer);
        }
    }
}
