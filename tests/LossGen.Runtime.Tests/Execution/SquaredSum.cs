using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LossGen.Runtime.Tests.Execution;

/// <summary>A hand-written loss in the shape of generated code: value sum((x - y)^2) and gradient by x.</summary>
internal static class SquaredSum
{
    internal static float Gradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> xGradient, nint workPerItem = 1, nint maxItemsPerChunk = 0)
    {
        Span<nint> sizes = [x.Length, workPerItem, maxItemsPerChunk];
        Span<double> scalars = [0];
        KernelRunner.Run<Kernel>(
            sizes,
            scalars,
            default,
            ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(x)),
            ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(y)),
            ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(xGradient)));
        return (float)scalars[0];
    }

    /// <summary>Whether the next call with so much work takes many threads, where that is measured.</summary>
    internal static bool TakesMany(long work) => ThreadChoice<Nest>.For(work).TakesMany;

    private readonly struct Kernel : IKernel
    {
        public static void Execute(ref PinnedFrame frame)
        {
            KernelRunner.RunNest<Nest>(
                ref frame, frame.Size(0), granule: 16, frame.Size(1), frame.Size(2), partialsPerChunk: 1, scratchBytes: 0);
            frame.Scalar(0) = frame.MergeSum(0);
        }
    }

    private readonly struct Nest : INestKernel
    {
        public static void Run(in PinnedFrame frame, in Chunk chunk)
        {
            ref float x = ref frame.Tensor<float>(0);
            ref float y = ref frame.Tensor<float>(1);
            ref float gradient = ref frame.Tensor<float>(2);
            double sum = 0;
            for (nint i = chunk.Begin; i < chunk.End; i++)
            {
                float difference = Unsafe.Add(ref x, i) - Unsafe.Add(ref y, i);
                sum += difference * difference;
                Unsafe.Add(ref gradient, i) = 2 * difference;
            }

            frame.Partial(chunk.Index, 0) = sum;
        }
    }
}
