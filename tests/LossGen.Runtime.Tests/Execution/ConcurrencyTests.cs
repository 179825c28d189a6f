using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace LossGen.Runtime.Tests.Execution;

[Collection(ProcessSettings.Name)]
public sealed class ConcurrencyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void Concurrent_callers_get_the_serial_result()
    {
        const int callers = 6;
        float[] x = ProcessSettings.Samples(300_000, seed: 5), y = ProcessSettings.Samples(300_000, seed: 6);
        float[] expected = new float[x.Length];
        float value = CallThreads.With(1, () => SquaredSum.Gradient(x, y, expected));

        int wrong = 0;
        RunThreads(callers, threads: 4, _ =>
        {
            float[] gradient = new float[x.Length];
            for (int run = 0; run < 30; run++)
            {
                gradient.AsSpan().Clear();
                if (SquaredSum.Gradient(x, y, gradient) != value || !gradient.AsSpan().SequenceEqual(expected))
                    Interlocked.Increment(ref wrong);
            }
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Kernels_on_pool_threads_may_call_other_losses()
    {
        float expected = SquaredSum.Gradient(Outer.X, Outer.Y, new float[Outer.X.Length]);
        double total = 0;
        RunThreads(callers: 1, threads: 4, _ => total = Outer.Run(chunks: 32));
        Assert.Equal(32.0 * expected, total);
    }

    [Fact]
    public void A_call_ends_while_the_thread_pool_is_starved()
    {
        ThreadPool.GetMinThreads(out int blocked, out _);
        blocked += 2;
        using ManualResetEventSlim release = new();
        using CountdownEvent ended = new(blocked);
        for (int i = 0; i < blocked; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    release.Wait();
                    ended.Signal();
                },
                null);
        }

        try
        {
            float[] x = ProcessSettings.Samples(200_000, seed: 7), gradient = new float[200_000];
            RunThreads(callers: 1, threads: 4, _ =>
            {
                // Far more calls than may wait in the queue: none of them depends on a pool thread.
                for (int run = 0; run < 300; run++)
                    SquaredSum.Gradient(x, gradient, gradient);
            });
        }
        finally
        {
            release.Set();
            Assert.True(ended.Wait(Patience));
        }
    }

    [Fact]
    public void An_interrupted_caller_stays_until_its_workers_are_done()
    {
        int done = 0;
        bool pending = false;
        Thread caller = new(() =>
        {
            done = (int)Slow.Run(chunks: 8);
            pending = Record.Exception(() => Thread.Sleep(Patience)) is ThreadInterruptedException;
        })
        { IsBackground = true };
        CallThreads.With(3, () =>
        {
            caller.Start();
            Thread.Sleep(50);
            caller.Interrupt();
            return caller.Join(Patience);
        });
        Assert.Equal(8, done);
        Assert.True(pending);
    }

    private static void RunThreads(int callers, int threads, Action<int> action)
    {
        CallThreads.With(threads, () =>
        {
            Exception? failure = null;
            Thread[] started = new Thread[callers];
            for (int i = 0; i < callers; i++)
            {
                int caller = i;
                started[i] = new Thread(() => failure = Record.Exception(() => action(caller)) ?? failure) { IsBackground = true };
                started[i].Start();
            }

            foreach (Thread thread in started)
                Assert.True(thread.Join(Patience), "A caller did not come back.");
            Assert.Null(failure);
            return 0;
        });
    }

    private readonly struct Outer : IKernel, INestKernel
    {
        internal static readonly float[] X = ProcessSettings.Samples(150_000, seed: 8);
        internal static readonly float[] Y = ProcessSettings.Samples(150_000, seed: 9);

        public static double Run(nint chunks)
        {
            scoped KernelFrame frame = default;
            Span<nint> sizes = [chunks];
            Span<double> scalars = [0];
            frame.Sizes = sizes;
            frame.Scalars = scalars;
            KernelRunner.Run<Outer>(ref frame);
            return scalars[0];
        }

        public static void Execute(ref PinnedFrame frame)
        {
            KernelRunner.RunNest<Outer>(ref frame, frame.Size(0), 1, 1 << 20, 0, 1, 0);
            frame.Scalar(0) = frame.MergeSum(0);
        }

        public static void Run(in PinnedFrame frame, in Chunk chunk) =>
            frame.Partial(chunk.Index, 0) = SquaredSum.Gradient(X, Y, new float[X.Length]);
    }

    /// <summary>Chunks that take long on pool threads alone, so that the caller has to wait.</summary>
    private readonly struct Slow : IKernel, INestKernel
    {
        public static double Run(nint chunks)
        {
            Span<nint> sizes = [chunks];
            Span<double> scalars = [0];
            KernelRunner.Run<Slow>(sizes, scalars, default, ref Unsafe.NullRef<byte>());
            return scalars[0];
        }

        public static void Execute(ref PinnedFrame frame)
        {
            KernelRunner.RunNest<Slow>(ref frame, frame.Size(0), 1, 1 << 20, 0, 1, 0);
            frame.Scalar(0) = frame.MergeSum(0);
        }

        public static void Run(in PinnedFrame frame, in Chunk chunk)
        {
            Stopwatch time = Stopwatch.StartNew();
            while (time.ElapsedMilliseconds < (chunk.Worker == 0 ? 1 : 200))
                Thread.SpinWait(100);
            frame.Partial(chunk.Index, 0) = 1;
        }
    }
}
