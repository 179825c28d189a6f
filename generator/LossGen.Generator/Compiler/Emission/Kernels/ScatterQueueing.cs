using System.Collections.Immutable;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Lets the lanes that a loop over vectors adds to elements that data say wait for those of the next vectors: read lane by lane at once, a vector would have to be
/// written first, and lanes of several vectors that share an element are added up together.
/// Needs: the body of a kernel whose arrays of sums are read behind the loops that are summed over. Gives: the same with queues, which are empty behind each block.
/// </summary>
internal sealed class ScatterQueueing
{
    // As many as the runtime has for a thread.
    private const int Limit = 4;

    private readonly List<ScatterQueue> _queues = new();
    private readonly Func<string, string> _newName;

    private ScatterQueueing(Func<string, string> newName) => _newName = newName;

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, Func<string, string> newName)
    {
        var pass = new ScatterQueueing(newName);
        ImmutableArray<KernelStatement> queued = pass.Rebuild(body);
        return queued.InsertRange(0, pass._queues.Select(q => new OpenQueue(q)));
    }

    private ImmutableArray<KernelStatement> Rebuild(ImmutableArray<KernelStatement> block) =>
        block.Select(s => s is VectorLoop loop ? Queued(loop) : s.WithBlocks(Rebuild)).ToImmutableArray();

    private VectorLoop Queued(VectorLoop loop)
    {
        KernelBuffer[] arrays = loop.Body.OfType<ScatterAdd>().Where(CanWait).Select(s => s.Place.Buffer).Distinct().Take(Limit).ToArray();
        if (arrays.Length == 0) return loop;
        while (_queues.Count < arrays.Length) _queues.Add(new ScatterQueue(_newName("queue"), _queues.Count));
        ImmutableArray<KernelStatement> Waiting(ImmutableArray<KernelStatement> block) => block
            .Select(s => s is ScatterAdd scatter && CanWait(scatter) && Array.IndexOf(arrays, scatter.Place.Buffer) is >= 0 and var k ? scatter with { Queue = _queues[k] } : s)
            .ToImmutableArray();
        return loop with
        {
            Body = Waiting(loop.Body),
            Tail = Waiting(loop.Tail),
            BlockEpilogue = loop.BlockEpilogue.InsertRange(0, arrays.Select((array, k) => new CloseQueue(_queues[k], array))),
        };
    }

    private static bool CanWait(ScatterAdd scatter) => !scatter.Place.LaneOffset!.IsLong;
}
