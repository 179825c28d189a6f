using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

/// <summary>Runs kernels: pins their arguments once, cuts nests into fixed chunks and spreads large ones over the thread pool.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SkipLocalsInit]
public static unsafe partial class KernelRunner
{
    /// <summary>Runs a whole call with up to 8 tensors.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <param name="frame">The arguments; the spans behind them must outlive the call.</param>
    public static void Run<TKernel>(scoped ref KernelFrame8 frame)
        where TKernel : struct, IKernel => Pin8<TKernel>(ref frame);

    /// <summary>Runs a whole call with any number of tensors.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <param name="frame">The arguments; the spans behind them must outlive the call.</param>
    public static void Run<TKernel>(scoped ref KernelFrame frame)
        where TKernel : struct, IKernel
    {
        if (frame.TensorCount <= 16)
            Pin16<TKernel>(ref frame);
        else
            Pin32<TKernel>(ref frame);
    }

    /// <summary>Whether a nest without another limit runs as one chunk, on the thread that calls.</summary>
    /// <param name="length">How many items there are.</param>
    /// <param name="workPerItem">Units of work for one item.</param>
    /// <returns>Whether it does.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOneChunk(nint length, nint workPerItem) =>
        (nuint)length <= ChunkPlan.WorkPerChunk && (nuint)workPerItem <= ChunkPlan.WorkPerChunk && length * workPerItem <= ChunkPlan.WorkPerChunk;

    /// <summary>Runs one nest over [0, <paramref name="length"/>) in chunks that depend on the sizes alone, so that results do too.</summary>
    /// <remarks>
    /// Chunks are about 128 K units of work, where one unit is a cheap element-wise step of some 0.02 ns, and at most 4096 in number, except that
    /// <paramref name="maxItemsPerChunk"/> may ask for more. Partial results stay below a quarter of the work and, against
    /// every other wish, below 64 M doubles. An empty range runs as one empty chunk, so that partial results get their neutral values.
    /// </remarks>
    /// <typeparam name="TNest">The nest.</typeparam>
    /// <param name="frame">The call's arguments.</param>
    /// <param name="length">How many items there are.</param>
    /// <param name="granule">Chunks start at multiples of it.</param>
    /// <param name="workPerItem">Units of work for one item.</param>
    /// <param name="maxItemsPerChunk">The most items in a chunk, or 0 for no limit; a granule always fits, and more do where each touches few of the partial results.</param>
    /// <param name="partialsPerChunk">How many partial results each chunk writes.</param>
    /// <param name="scratchBytes">How much scratch each worker needs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunNest<TNest>(
        ref PinnedFrame frame, nint length, nint granule, nint workPerItem, nint maxItemsPerChunk, nint partialsPerChunk, nint scratchBytes)
        where TNest : struct, INestKernel
    {
        if (IsOneChunk(length, workPerItem) && (maxItemsPerChunk == 0 || length <= maxItemsPerChunk))
        {
            frame.BeginChunk(partialsPerChunk, scratchBytes);
            Chunk chunk = new(0, 0, length, 0);
            TNest.Run(in frame, in chunk);
        }
        else
            RunChunks<TNest>(ref frame, length, granule, workPerItem, maxItemsPerChunk, partialsPerChunk, scratchBytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunChunks<TNest>(
        ref PinnedFrame frame, nint length, nint granule, nint workPerItem, nint maxItemsPerChunk, nint partialsPerChunk, nint scratchBytes)
        where TNest : struct, INestKernel
    {
        ChunkPlan plan = ChunkPlan.Create(length, granule, workPerItem, maxItemsPerChunk, partialsPerChunk);
        int threads = plan.Work < ThreadChoice.LeastWork ? 1 : (int)Math.Min(LossGenOptions.MaxDegreeOfParallelism, plan.Count);
        if (threads > 1)
        {
            ref TimedChoice choice = ref ThreadChoice<TNest>.For(plan.Work);
            if (!Unsafe.IsNullRef(ref choice))
            {
                long start = Stopwatch.GetTimestamp();
                RunPlan<TNest>(ref frame, in plan, choice.TakesMany ? threads : 1, partialsPerChunk, scratchBytes);
                choice.Record((float)(Stopwatch.GetTimestamp() - start) / plan.Work);
                return;
            }
        }

        RunPlan<TNest>(ref frame, in plan, threads, partialsPerChunk, scratchBytes);
    }

    private static void RunPlan<TNest>(ref PinnedFrame frame, in ChunkPlan plan, int threads, nint partialsPerChunk, nint scratchBytes)
        where TNest : struct, INestKernel
    {
        frame.BeginNest(plan.Count, threads, partialsPerChunk, scratchBytes);
        if (threads > 1)
        {
            NestJob.Run<TNest>(in frame, in plan, threads - 1);
            return;
        }

        for (nint index = 0; index < plan.Count; index++)
        {
            Chunk chunk = plan.At(index, worker: 0);
            TNest.Run(in frame, in chunk);
        }

        // Stores around caches are not in order with others.
        if (Sse.IsSupported)
            Sse.StoreFence();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Execute<TKernel>(byte** tensors, ref nint firstSize, ref double firstScalar, ref long firstInteger)
        where TKernel : struct, IKernel
    {
        InlinePartials partials;
        fixed (nint* sizes = &firstSize)
        fixed (double* scalars = &firstScalar)
        fixed (long* integers = &firstInteger)
        {
            PinnedFrame pinned = new(tensors, sizes, scalars, integers, (double*)&partials);
            try
            {
                TKernel.Execute(ref pinned);
            }
            finally
            {
                pinned.Release();
            }
        }
    }

    [InlineArray(PinnedFrame.InlinePartials)]
    private struct InlinePartials
    {
        private double first;
    }
}
