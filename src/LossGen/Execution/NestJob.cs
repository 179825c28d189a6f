using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

/// <summary>One parallel nest: its caller and some pool threads take chunks from a shared counter until none is left.</summary>
/// <remarks>
/// Jobs are pooled. A job goes back when the caller and all its queued work items have let go of it; a work item that starts late finds no chunk
/// left and touches nothing else. So the caller waits only for chunks that somebody is running, and a starved thread pool cannot block it.
/// </remarks>
internal sealed unsafe class NestJob : IThreadPoolWorkItem
{
    private static readonly int MaxQueued = 4 * Environment.ProcessorCount;
    private static readonly long LongestSpin = Stopwatch.Frequency / 50_000; // 20 microseconds
    private static readonly Lock Gate = new();
    private static readonly NestJob[] Free = new NestJob[64];
    private static int freeCount;
    private static int queued;

    private PinnedFrame frame;
    private ChunkPlan plan;
    private delegate*<NestJob, int, void> work;
    private long next;
    private long completed;
    private int workers;
    private int references;
    private bool finished;
    private Failure? failure;

    /// <summary>Runs a nest with up to so many helpers beside the caller, and throws what the first failing chunk threw.</summary>
    internal static void Run<TNest>(in PinnedFrame frame, in ChunkPlan plan, int helpers)
        where TNest : struct, INestKernel
    {
        NestJob job = Rent();
        job.frame = frame;
        job.plan = plan;
        job.work = &Work<TNest>;
        job.next = 0;
        job.completed = 0;
        job.workers = 0;
        job.finished = false;
        helpers = Reserve(helpers);
        job.references = helpers + 1;
        // Queueing may fail for lack of memory; the caller then works alone, as it would with busy pool threads.
        int started = 0;
        try
        {
            for (; started < helpers; started++)
                ThreadPool.UnsafeQueueUserWorkItem(job, preferLocal: false);
        }
        catch (OutOfMemoryException)
        {
            Interlocked.Add(ref queued, started - helpers);
            Interlocked.Add(ref job.references, started - helpers);
        }

        Work<TNest>(job, worker: 0);
        job.Await();
        Failure? failure = job.failure;
        job.LetGo();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure.Exception);
    }

    /// <summary>A pool thread comes to help.</summary>
    public void Execute()
    {
        Interlocked.Decrement(ref queued);
        work(this, Interlocked.Increment(ref workers));
        LetGo();
    }

    private static void Work<TNest>(NestJob job, int worker)
        where TNest : struct, INestKernel
    {
        long count = job.plan.Count;
        long index = Interlocked.Increment(ref job.next) - 1;
        if (index >= count)
            return;
        // A copy of one's own: the kernel can keep it in registers, and other workers never write near it.
        PinnedFrame frame = job.frame;
        long taken = 0;
        do
        {
            taken++;
            // After a failure only earlier chunks matter: one of them may hold the failure that the caller will see.
            if (Volatile.Read(ref job.failure) is not { } failure || index < failure.Chunk)
            {
                try
                {
                    Chunk chunk = job.plan.At((nint)index, worker);
                    TNest.Run(in frame, in chunk);
                }
                catch (Exception exception)
                {
                    job.Fail((nint)index, exception);
                }
            }

            index = Interlocked.Increment(ref job.next) - 1;
        }
        while (index < count);

        // Stores around caches are not in order with those that say that chunks are done.
        if (Sse.IsSupported)
            Sse.StoreFence();
        if (Interlocked.Add(ref job.completed, taken) != count)
            return;
        if (worker == 0)
            job.finished = true;
        else
            job.WakeCaller();
    }

    // The failure of the lowest chunk wins: which one is reported does not depend on timing.
    private void Fail(nint chunk, Exception exception)
    {
        Failure mine = new(chunk, exception);
        Failure? seen = Volatile.Read(ref failure);
        while (seen is null || chunk < seen.Chunk)
        {
            Failure? found = Interlocked.CompareExchange(ref failure, mine, seen);
            if (found == seen)
                return;
            seen = found;
        }
    }

    private void WakeCaller()
    {
        lock (this)
        {
            finished = true;
            Monitor.Pulse(this);
        }
    }

    // Workers still write to the caller's memory: even an interrupted caller must stay until they are done.
    private void Await()
    {
        // What is awaited is less than a chunk: it is done sooner than this thread would have slept and woken.
        long start = Stopwatch.GetTimestamp();
        while (!Volatile.Read(ref finished) && Stopwatch.GetTimestamp() - start < LongestSpin)
            Thread.SpinWait(10);
        bool interrupted = false;
        while (!Volatile.Read(ref finished))
        {
            try
            {
                lock (this)
                {
                    while (!finished)
                        Monitor.Wait(this);
                }
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        if (interrupted)
            Thread.CurrentThread.Interrupt();
    }

    // A bound on work items that wait in the thread pool's queue: with busy pool threads, stale ones would pile up call by call.
    private static int Reserve(int helpers)
    {
        int after = Interlocked.Add(ref queued, helpers);
        int excess = Math.Clamp(after - MaxQueued, 0, helpers);
        if (excess > 0)
            Interlocked.Add(ref queued, -excess);
        return helpers - excess;
    }

    private static NestJob Rent()
    {
        lock (Gate)
        {
            if (freeCount > 0)
                return Free[--freeCount];
        }

        return new NestJob();
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref references) != 0)
            return;
        failure = null;
        lock (Gate)
        {
            if (freeCount < Free.Length)
                Free[freeCount++] = this;
        }
    }

    private sealed class Failure(nint chunk, Exception exception)
    {
        internal nint Chunk { get; } = chunk;

        internal Exception Exception { get; } = exception;
    }
}
