using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace LossGen.Runtime.Tests.Execution;

[Collection(ProcessSettings.Name)]
public sealed class KernelRunnerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(32_768)]
    [InlineData(32_769)]
    [InlineData(1_000_003)]
    public void Bits_are_equal_for_any_number_of_threads(int count)
    {
        float[] x = ProcessSettings.Samples(count, seed: 1), y = ProcessSettings.Samples(count, seed: 2);
        float[] expected = new float[count];
        float value = CallThreads.With(1, () => SquaredSum.Gradient(x, y, expected));

        double exact = x.Zip(y, (a, b) => Math.Pow((double)a - b, 2)).Sum();
        Assert.Equal(exact, value, exact * 1e-6);
        foreach (int threads in (int[])[2, 3, 8])
        {
            for (int run = 0; run < 5; run++)
            {
                float[] gradient = new float[count];
                float again = CallThreads.With(threads, () => SquaredSum.Gradient(x, y, gradient));
                Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits(again));
                Assert.Equal(expected, gradient);
            }
        }
    }

    [Theory]
    [InlineData(50_000, 8)]
    [InlineData(1_000_003, 1)]
    public void Bits_are_equal_whichever_way_is_measured(int count, int workPerItem)
    {
        float[] x = ProcessSettings.Samples(count, seed: 1), y = ProcessSettings.Samples(count, seed: 2);
        float[] expected = new float[count], gradient = new float[count];
        float value = CallThreads.With(1, () => SquaredSum.Gradient(x, y, expected, workPerItem));
        bool before = ThreadChoice.AlwaysMany;
        ThreadChoice.AlwaysMany = false;
        HashSet<bool> ways = [];
        try
        {
            for (int call = 0; call < 20; call++)
            {
                Array.Fill(gradient, float.NaN);
                ways.Add(SquaredSum.TakesMany((long)count * workPerItem));
                Assert.Equal(value, CallThreads.With(3, () => SquaredSum.Gradient(x, y, gradient, workPerItem)));
                Assert.Equal(expected, gradient);
            }
        }
        finally
        {
            ThreadChoice.AlwaysMany = before;
        }

        Assert.Equal(2, ways.Count);
    }

    [Fact]
    public void Every_chunk_runs_once_with_a_worker_within_bounds()
    {
        const int count = 1 << 20;
        int[] visits = new int[count];
        int most = CallThreads.With(4, () => Visits.Run(visits));
        Assert.All(visits, visit => Assert.Equal(1, visit));
        Assert.InRange(most, 0, 3);
    }

    [Fact]
    public void Empty_spans_run_as_one_empty_chunk() => Assert.Equal(0f, SquaredSum.Gradient([], [], []));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(32)]
    public void Frames_carry_each_tensor_to_its_place(int tensors)
    {
        double[] values = new double[KernelFrame.MaxTensors];
        for (int i = 0; i < values.Length; i++)
            values[i] = i + 1;
        Assert.Equal(tensors * (tensors + 1) / 2, TensorTotal.Run(values, tensors));
        Assert.Equal(36, TensorTotal.RunEight(values));
    }

    [Fact]
    public void The_first_failing_chunk_is_the_one_reported()
    {
        for (int run = 0; run < 50; run++)
        {
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(
                () => CallThreads.With(8, () => Failing.Run(firstWrong: 300_000)));
            Assert.Equal("label", thrown.ParamName);
            Assert.Equal(300_000L, thrown.ActualValue);
        }

        // The pooled job forgets its failure.
        Assert.Equal(0, CallThreads.With(8, () => Failing.Run(firstWrong: -1)));
    }

    [Fact]
    public void Tensors_stay_in_place_while_the_heap_is_compacted()
    {
        using CancellationTokenSource stop = new();
        Thread collector = new(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                for (int i = 0; i < 100; i++)
                    GC.KeepAlive(new byte[512]);
                GC.Collect(0, GCCollectionMode.Forced, blocking: true, compacting: true);
                Thread.Sleep(0);
            }
        });
        collector.Start();
        try
        {
            for (int run = 0; run < 50; run++)
            {
                // Fresh arrays are in the youngest generation: they would be moved.
                float[] x = ProcessSettings.Samples(20_000, run), y = new float[20_000], gradient = new float[20_000];
                CallThreads.With(2, () => SquaredSum.Gradient(x, y, gradient, workPerItem: 64));
                for (int i = 0; i < x.Length; i++)
                {
                    if (gradient[i] != 2 * x[i])
                        Assert.Fail($"Element {i} of run {run} is {gradient[i]} instead of {2 * x[i]}.");
                }
            }
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    private readonly struct Visits : IKernel, INestKernel
    {
        public static int Run(Span<int> visits)
        {
            scoped KernelFrame frame = default;
            frame.Tensor0 = ref Unsafe.As<int, byte>(ref MemoryMarshal.GetReference(visits));
            frame.TensorCount = 1;
            Span<double> scalars = [0];
            Span<nint> sizes = [visits.Length];
            frame.Sizes = sizes;
            frame.Scalars = scalars;
            KernelRunner.Run<Visits>(ref frame);
            return (int)scalars[0];
        }

        public static void Execute(ref PinnedFrame frame)
        {
            KernelRunner.RunNest<Visits>(ref frame, frame.Size(0), 1, 8, 0, 1, scratchBytes: 40);
            frame.Scalar(0) = frame.MergeMax(0);
        }

        public static void Run(in PinnedFrame frame, in Chunk chunk)
        {
            // Scratch is private to the worker: nobody else may change the mark while the chunk runs.
            frame.Scratch<nint>(chunk, 32) = chunk.Index;
            for (nint i = chunk.Begin; i < chunk.End; i++)
                Interlocked.Increment(ref Unsafe.Add(ref frame.Tensor<int>(0), i));
            bool own = frame.Scratch<nint>(chunk, 32) == chunk.Index;
            frame.Partial(chunk.Index, 0) = own ? chunk.Worker : int.MaxValue;
        }
    }

    private readonly struct Failing : IKernel, INestKernel
    {
        public static int Run(long firstWrong)
        {
            scoped KernelFrame frame = default;
            Span<long> integers = [firstWrong];
            frame.Integers = integers;
            KernelRunner.Run<Failing>(ref frame);
            return 0;
        }

        public static void Execute(ref PinnedFrame frame) => KernelRunner.RunNest<Failing>(ref frame, 1 << 20, 1, 1, 0, 0, 0);

        public static void Run(in PinnedFrame frame, in Chunk chunk)
        {
            for (nint i = chunk.Begin; i < chunk.End; i++)
            {
                if (frame.Integer(0) >= 0 && i >= frame.Integer(0))
                    ArgumentChecks.IndexOutOfRange("label"u8, i, i, 10, "c"u8);
            }
        }
    }
}
