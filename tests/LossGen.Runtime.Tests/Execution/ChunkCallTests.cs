using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace LossGen.Runtime.Tests.Execution;

public class ChunkCallTests
{
    [Fact]
    public void Tensors_come_in_their_order_and_results_go_back()
    {
        Span<double> values = [1, 10, 100, 1000];
        Total call = new() { Factor = 2 };
        KernelRunner.RunChunk<Total>(ref call, ref Place(values, 0));
        Assert.Equal(2, call.Result);
        KernelRunner.RunChunk<Total>(ref call, ref Place(values, 0), ref Place(values, 1));
        Assert.Equal(2 * 21, call.Result);
        KernelRunner.RunChunk<Total>(ref call, ref Place(values, 0), ref Place(values, 1), ref Place(values, 2));
        Assert.Equal(2 * 321, call.Result);
        KernelRunner.RunChunk<Total>(ref call, ref Place(values, 0), ref Place(values, 1), ref Place(values, 2), ref Place(values, 3));
        Assert.Equal(2 * 4321, call.Result);
    }

    [Fact]
    public void Tensors_stay_in_place_while_the_heap_is_compacted()
    {
        for (int run = 0; run < 20; run++)
        {
            // Garbage before a fresh array: without a pin it would be moved.
            for (int i = 0; i < 100; i++) GC.KeepAlive(new byte[512]);
            double[] values = [1, 2, 3];
            Compacting call = default;
            KernelRunner.RunChunk(ref call, ref Place(values, 0));
            Assert.Equal(call.Before, call.After);
            Assert.Equal(6, call.Sum);
        }
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(131072, 1, true)]
    [InlineData(131073, 1, false)]
    [InlineData(65536, 2, true)]
    [InlineData(65537, 2, false)]
    [InlineData(1, 131073, false)]
    [InlineData(long.MaxValue, 2, false)]
    [InlineData(2, long.MaxValue, false)]
    [InlineData(-1, 1, false)]
    public void One_chunk_is_what_the_plan_makes_one(long length, long workPerItem, bool expected)
    {
        Assert.Equal(expected, KernelRunner.IsOneChunk((nint)length, (nint)workPerItem));
        if (length >= 0 && expected) Assert.Equal(1, ChunkPlan.Create((nint)length, 1, (nint)workPerItem, 0, 1).Count);
    }

    private static ref byte Place(Span<double> values, int index) => ref Unsafe.As<double, byte>(ref values[index]);

    private struct Total : IChunkCall1, IChunkCall2, IChunkCall3, IChunkCall4
    {
        public double Factor, Result;

        public void Run(ref byte tensor0) => Result = Factor * Value(ref tensor0);

        public void Run(ref byte tensor0, ref byte tensor1) => Result = Factor * (Value(ref tensor0) + (2 * Value(ref tensor1)));

        public void Run(ref byte tensor0, ref byte tensor1, ref byte tensor2) =>
            Result = Factor * (Value(ref tensor0) + (2 * Value(ref tensor1)) + (3 * Value(ref tensor2)));

        public void Run(ref byte tensor0, ref byte tensor1, ref byte tensor2, ref byte tensor3) =>
            Result = Factor * (Value(ref tensor0) + (2 * Value(ref tensor1)) + (3 * Value(ref tensor2)) + (4 * Value(ref tensor3)));

        private static double Value(ref byte tensor) => Unsafe.As<byte, double>(ref tensor);
    }

    private struct Compacting : IChunkCall1
    {
        public nint Before, After;
        public double Sum;

        public void Run(ref byte tensor0)
        {
            Before = Address(ref tensor0);
            GC.Collect(0, GCCollectionMode.Forced, blocking: true, compacting: true);
            After = Address(ref tensor0);
            foreach (double value in MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, double>(ref tensor0), 3)) Sum += value;
        }

        private static unsafe nint Address(ref byte place) => (nint)Unsafe.AsPointer(ref place);
    }
}
