using Xunit;

namespace LossGen.Runtime.Tests.Execution;

[Collection(ProcessSettings.Name)]
public sealed unsafe class WorkspacePoolTests
{
    [Fact]
    public void Size_classes_hold_what_is_asked_and_waste_a_quarter_at_most()
    {
        int before = -1;
        for (nint bytes = 1; bytes < (nint)1 << 40; bytes += Math.Max(1, bytes / 7))
        {
            nint capacity = WorkspacePool.ClassBytes(bytes, out int sizeClass);
            Assert.InRange(capacity, bytes, Math.Max(4096, bytes + bytes / 4));
            Assert.InRange(sizeClass, before, before + 1 + (bytes > 4096 ? 1 : 0));
            Assert.Equal(capacity, WorkspacePool.ClassBytes(capacity, out int same));
            Assert.Equal(sizeClass, same);
            before = sizeClass;
        }
    }

    [Fact]
    public void Sizes_beyond_memory_fail_cleanly()
    {
        Assert.Throws<OutOfMemoryException>(() => WorkspacePool.Rent(nint.MaxValue));
        Assert.Throws<OutOfMemoryException>(() => WorkspacePool.Rent(nint.MaxValue / 2));
        Assert.Throws<OverflowException>(() => Memory.Run(-1));
        Assert.Throws<OutOfMemoryException>(() => Memory.Run(nint.MaxValue - 70));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(40_000_000)]
    public void A_returned_block_serves_the_next_call(int bytes)
    {
        NativeBlock block = WorkspacePool.Rent(bytes);
        byte* pointer = block.Pointer;
        Assert.Equal(0, (nint)pointer % WorkspacePool.Alignment);
        new Span<byte>(pointer, bytes).Fill(1);
        WorkspacePool.Return(ref block);
        Assert.True(block.Pointer == null);
        NativeBlock again = WorkspacePool.Rent(bytes);
        Assert.True(pointer == again.Pointer);
        WorkspacePool.Return(ref again);
    }

    [Fact]
    public void Blocks_in_use_at_once_are_distinct()
    {
        NativeBlock first = WorkspacePool.Rent(1000), second = WorkspacePool.Rent(1000);
        Assert.True(first.Pointer != second.Pointer);
        WorkspacePool.Return(ref first);
        WorkspacePool.Return(ref second);
    }

    [Fact]
    public void What_is_kept_is_bounded()
    {
        const nint bytes = 48 << 20;
        int count = (int)(WorkspacePool.MaxSharedBytes / bytes) + 4;
        NativeBlock[] blocks = new NativeBlock[count];
        for (int i = 0; i < count; i++)
            blocks[i] = WorkspacePool.Rent(bytes);
        for (int i = 0; i < count; i++)
            WorkspacePool.Return(ref blocks[i]);
        Assert.InRange(WorkspacePool.SharedBytes, 1, WorkspacePool.MaxSharedBytes);

        NativeBlock[] small = new NativeBlock[2 * WorkspacePool.BlocksPerClass];
        long before = WorkspacePool.SharedBytes;
        for (int i = 0; i < small.Length; i++)
            small[i] = WorkspacePool.Rent(8192);
        for (int i = 0; i < small.Length; i++)
            WorkspacePool.Return(ref small[i]);
        Assert.InRange(WorkspacePool.SharedBytes, 0, before + WorkspacePool.BlocksPerClass * 8192);
    }

    [Fact]
    public void The_workspace_lives_through_the_nests_of_a_call()
    {
        Assert.Equal(5000.0 * 4999 / 2, Memory.Run(5000 * sizeof(double)));
        long before = WorkspacePool.SharedBytes;
        Memory.Run(5000 * sizeof(double));
        Assert.Equal(before, WorkspacePool.SharedBytes);
    }

    /// <summary>One nest fills the workspace, the next adds it up.</summary>
    private readonly struct Memory : IKernel
    {
        internal static double Run(nint bytes)
        {
            scoped KernelFrame frame = default;
            Span<nint> sizes = [bytes];
            Span<double> scalars = [0];
            frame.Sizes = sizes;
            frame.Scalars = scalars;
            KernelRunner.Run<Memory>(ref frame);
            return scalars[0];
        }

        public static void Execute(ref PinnedFrame frame)
        {
            frame.RequireWorkspace(frame.Size(0));
            nint items = frame.Size(0) / sizeof(double);
            KernelRunner.RunNest<Fill>(ref frame, items, 1, 100, 0, 0, 0);
            KernelRunner.RunNest<Add>(ref frame, items, 1, 100, 0, 1, 64);
            frame.Scalar(0) = frame.MergeSum(0);
        }
    }

    private readonly struct Fill : INestKernel
    {
        public static void Run(in PinnedFrame frame, in Chunk chunk)
        {
            for (nint i = chunk.Begin; i < chunk.End; i++)
                frame.Workspace<double>(i * sizeof(double)) = i;
        }
    }

    private readonly struct Add : INestKernel
    {
        public static void Run(in PinnedFrame frame, in Chunk chunk)
        {
            ref double sum = ref frame.Scratch<double>(chunk, 0);
            sum = 0;
            for (nint i = chunk.Begin; i < chunk.End; i++)
                sum += frame.Workspace<double>(i * sizeof(double));
            frame.Partial(chunk.Index, 0) = sum;
        }
    }
}
