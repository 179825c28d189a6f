using System.ComponentModel;

namespace LossGen.Runtime;

/// <summary>A whole call: runs its loop nests in order, merges their partial results and computes what has no axes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IKernel
{
    /// <summary>Runs the call on the calling thread; nests may spread over others.</summary>
    /// <param name="frame">The pinned arguments.</param>
    static abstract void Execute(ref PinnedFrame frame);
}
