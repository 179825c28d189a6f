using System.ComponentModel;

namespace LossGen.Runtime;

/// <summary>One loop nest of a call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface INestKernel
{
    /// <summary>Runs the nest over one chunk and writes every partial result of that chunk, also when the chunk is empty.</summary>
    /// <param name="frame">The pinned arguments, shared with the other chunks.</param>
    /// <param name="chunk">The chunk to run.</param>
    static abstract void Run(in PinnedFrame frame, in Chunk chunk);
}
