using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

/// <summary>A fixed piece of a loop nest's outermost range, and the worker that runs it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Chunk
{
    private readonly bool isOfMany;

    internal Chunk(nint index, nint begin, nint end, int worker, bool isOfMany = false)
    {
        Index = index;
        Begin = begin;
        End = end;
        Worker = worker;
        this.isOfMany = isOfMany;
    }

    /// <summary>The position of this chunk among all: the row of its partial results.</summary>
    public nint Index { get; }

    /// <summary>The first item.</summary>
    public nint Begin { get; }

    /// <summary>The item after the last.</summary>
    public nint End { get; }

    /// <summary>Which of the workers of this nest runs the chunk: it owns a scratch area. Results must not depend on it.</summary>
    public int Worker { get; }

    /// <summary>Whether an output with an element for each item of the nest is larger than the caches, and stands where vectors can be stored around them.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="output">The first element of the output.</param>
    /// <returns>Whether it does.</returns>
    public unsafe bool StoresAroundCaches<T>(ref T output)
        where T : unmanaged => isOfMany && (nint)Unsafe.AsPointer(ref output) % sizeof(T) == 0;
}
