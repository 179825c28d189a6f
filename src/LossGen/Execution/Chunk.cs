using System.ComponentModel;

namespace LossGen.Runtime;

/// <summary>A fixed piece of a loop nest's outermost range, and the worker that runs it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Chunk
{
    internal Chunk(nint index, nint begin, nint end, int worker)
    {
        Index = index;
        Begin = begin;
        End = end;
        Worker = worker;
    }

    /// <summary>The position of this chunk among all: the row of its partial results.</summary>
    public nint Index { get; }

    /// <summary>The first item.</summary>
    public nint Begin { get; }

    /// <summary>The item after the last.</summary>
    public nint End { get; }

    /// <summary>Which of the workers of this nest runs the chunk: it owns a scratch area. Results must not depend on it.</summary>
    public int Worker { get; }
}
