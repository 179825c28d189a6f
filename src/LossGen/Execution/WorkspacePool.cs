using System.Numerics;
using System.Runtime.InteropServices;

namespace LossGen.Runtime;

/// <summary>Native memory for workspaces, kept between calls: fresh pages cost more than the loops that use them.</summary>
/// <remarks>Each thread keeps one small block to itself, without a lock; the rest is shared, by size class, up to a bound.</remarks>
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
    private static ThreadBlock? threadBlock;

    /// <summary>How many bytes the shared part may keep.</summary>
    internal static long MaxSharedBytes { get; } =
        Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, 64L << 20, 1L << 30);

    /// <summary>How many bytes the shared part keeps now.</summary>
    internal static long SharedBytes { get; private set; }

    internal static NativeBlock Rent(nint bytes)
    {
        ThreadBlock? own = threadBlock;
        if (own is not null && own.Block.Capacity >= bytes)
        {
            NativeBlock block = own.Block;
            own.Block = default;
            return block;
        }

        return RentShared(bytes);
    }

    internal static void Return(ref NativeBlock block)
    {
        NativeBlock returned = block;
        block = default;
        if (returned.Capacity <= ThreadBlockBytes)
        {
            ThreadBlock own = threadBlock ??= new ThreadBlock();
            if (own.Block.Pointer == null)
            {
                own.Block = returned;
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

    /// <summary>A thread's own block, freed when the thread is gone.</summary>
    private sealed class ThreadBlock
    {
        internal NativeBlock Block;

        ~ThreadBlock()
        {
            if (Block.Pointer != null)
                NativeMemory.AlignedFree(Block.Pointer);
        }
    }
}
