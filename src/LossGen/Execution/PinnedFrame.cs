using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

/// <summary>The pinned arguments of one call, as pointers: what kernels read and write.</summary>
/// <remarks>Made by <see cref="KernelRunner"/> alone and valid until the call returns. Accessors check nothing; the generated loops stay within the sizes.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[SkipLocalsInit]
public unsafe partial struct PinnedFrame
{
    // Partial results of this many doubles need no rented memory: small calls stay on the stack.
    internal const int InlinePartials = 64;

    private readonly byte** tensors;
    private readonly nint* sizes;
    private readonly double* scalars;
    private readonly long* integers;
    private readonly double* inlinePartials;
    private double* partials;
    private nint partialStride;
    private byte* scratch;
    private nint scratchStride;
    private NativeBlock workspace;
    private NativeBlock nestMemory;

    internal PinnedFrame(byte** tensors, nint* sizes, double* scalars, long* integers, double* inlinePartials)
    {
        this.tensors = tensors;
        this.sizes = sizes;
        this.scalars = scalars;
        this.integers = integers;
        this.inlinePartials = inlinePartials;
        partials = inlinePartials;
        workspace = default;
        nestMemory = default;
    }

    /// <summary>How many chunks the last nest ran, and so how many rows of partial results there are.</summary>
    public nint ChunkCount { readonly get; private set; }

    /// <summary>The first element of a tensor.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="index">The tensor's position in the frame.</param>
    /// <returns>A reference to pinned memory.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref T Tensor<T>(int index)
        where T : unmanaged => ref Unsafe.AsRef<T>(tensors[index]);

    /// <summary>The size of an axis.</summary>
    /// <param name="index">Its position in the frame.</param>
    /// <returns>The size.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint Size(int index) => sizes[index];

    /// <summary>A real scalar, to be read or written.</summary>
    /// <param name="index">Its position in the frame.</param>
    /// <returns>A reference to the scalar.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref double Scalar(int index) => ref scalars[index];

    /// <summary>An integer scalar.</summary>
    /// <param name="index">Its position in the frame.</param>
    /// <returns>The value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long Integer(int index) => integers[index];

    /// <summary>Memory that the nests of one call share; <see cref="RequireWorkspace"/> comes first.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="byteOffset">Where the element starts.</param>
    /// <returns>A reference into the workspace.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref T Workspace<T>(nint byteOffset)
        where T : unmanaged => ref Unsafe.AsRef<T>(workspace.Pointer + byteOffset);

    /// <summary>A partial result of the running nest.</summary>
    /// <param name="chunk">The chunk's index.</param>
    /// <param name="index">Which of the chunk's partial results.</param>
    /// <returns>A reference to the result; its first content is undefined.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref double Partial(nint chunk, nint index) => ref partials[chunk * partialStride + index];

    /// <summary>Memory private to the worker that runs a chunk; its content is undefined at the start of every chunk.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="chunk">The chunk that is running.</param>
    /// <param name="byteOffset">Where the element starts.</param>
    /// <returns>A reference into the worker's scratch.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref T Scratch<T>(in Chunk chunk, nint byteOffset)
        where T : unmanaged => ref Unsafe.AsRef<T>(scratch + chunk.Worker * scratchStride + byteOffset);

    /// <summary>Provides the call's workspace: at least so many bytes, aligned to 64, of undefined content.</summary>
    /// <remarks>Asking for more than before discards the content; the memory goes back to its pool when the call ends.</remarks>
    /// <param name="bytes">How many bytes.</param>
    /// <exception cref="OverflowException">The number is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is not so much memory.</exception>
    public void RequireWorkspace(nint bytes)
    {
        if ((nuint)bytes > (nuint)workspace.Capacity)
            Replace(ref workspace, bytes);
    }

    /// <summary>Lays out a nest that runs as one chunk; usually that takes no memory but what is on the stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void BeginChunk(nint partialsPerChunk, nint scratchBytes)
    {
        if ((nuint)partialsPerChunk > InlinePartials || scratchBytes != 0)
        {
            BeginNest(1, 1, partialsPerChunk, scratchBytes);
            return;
        }

        ChunkCount = 1;
        partials = inlinePartials;
    }

    /// <summary>Lays out partial results and scratch for a nest.</summary>
    internal void BeginNest(nint chunks, int workers, nint partialsPerChunk, nint scratchBytes)
    {
        ChunkCount = chunks;
        // Rows and areas start on cache lines of their own, so that workers do not disturb each other.
        partialStride = checked(partialsPerChunk + 7) & ~7;
        scratchStride = checked(scratchBytes + 63) & ~63;
        nint partialCount = checked(chunks * partialStride);
        bool inline = partialCount <= InlinePartials;
        nint partialBytes = inline ? 0 : checked(partialCount * sizeof(double));
        nint bytes = checked(partialBytes + workers * scratchStride);
        if (bytes > nestMemory.Capacity)
            Replace(ref nestMemory, bytes);
        partials = inline ? inlinePartials : (double*)nestMemory.Pointer;
        scratch = nestMemory.Pointer + partialBytes;
    }

    /// <summary>Gives all rented memory back.</summary>
    internal void Release()
    {
        if (workspace.Pointer != null)
            WorkspacePool.Return(ref workspace);
        if (nestMemory.Pointer != null)
            WorkspacePool.Return(ref nestMemory);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Replace(ref NativeBlock block, nint bytes)
    {
        if (bytes < 0)
            throw new OverflowException("The size of a workspace is negative.");
        if (block.Pointer != null)
            WorkspacePool.Return(ref block);
        block = WorkspacePool.Rent(bytes);
    }
}
