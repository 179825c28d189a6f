using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

/// <summary>A fixed piece of a loop nest's outermost range, and the worker that runs it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Chunk
{
    /// <summary>Arrays of fewer elements, 1 MB each, are found in a second-level cache.</summary>
    private const long BeyondNearCaches = 256L << 10;

    /// <summary>Outputs of so many elements, 32 MB and more, are not found in caches when the call is over.</summary>
    private const long BeyondCaches = 8L << 20;

    private readonly long work;

    internal Chunk(nint index, nint begin, nint end, int worker, long work = 0)
    {
        Index = index;
        Begin = begin;
        End = end;
        Worker = worker;
        this.work = work;
    }

    /// <summary>The position of this chunk among all: the row of its partial results.</summary>
    public nint Index { get; }

    /// <summary>The first item.</summary>
    public nint Begin { get; }

    /// <summary>The item after the last.</summary>
    public nint End { get; }

    /// <summary>Which of the workers of this nest runs the chunk: it owns a scratch area. Results must not depend on it.</summary>
    public int Worker { get; }

    /// <summary>Whether the nest reads so much that it waits for more than the near caches.</summary>
    /// <param name="workPerElement">Units of work for each element.</param>
    /// <returns>Whether it does.</returns>
    public bool ReadsAhead(int workPerElement) => work / workPerElement >= BeyondNearCaches;

    /// <summary>
    /// Whether an output is larger than the caches, and stands where vectors can be stored around them.
    /// Elsewhere than on x86 such stores are ordinary ones, and turning lanes would be for nothing.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="output">The first element of the output.</param>
    /// <param name="workPerElement">Units of work for each of its elements.</param>
    /// <returns>Whether it does.</returns>
    public unsafe bool StoresAroundCaches<T>(ref T output, int workPerElement)
        where T : unmanaged =>
        X86Base.IsSupported && work / workPerElement >= BeyondCaches && (nint)Unsafe.AsPointer(ref output) % sizeof(T) == 0;
}
