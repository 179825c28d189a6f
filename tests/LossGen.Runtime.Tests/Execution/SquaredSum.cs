using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LossGen.Runtime.Tests.Execution;

/// <summary>A hand-written loss in the shape of generated code: value sum((x - y)^2) and gradient by x.</summary>
internal static class SquaredSum
{
    internal static float Gradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> xGradient, nint workPerItem = 1, nint maxItemsPerChunk = 0)
    {
        scoped KernelFrame4 frame = default;
        frame.Tensor0 = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(x));
        frame.Tensor1 = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(y));
        frame.Tensor2 = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(xGradient));
        frame.TensorCount = 3;
        Span<nint> sizes = [x.Length, workPerItem, maxItemsPerChunk];
        Span<double> scalars = [0];
        frame.Sizes = sizes;
        frame.Scalars = scalars;
        KernelRunner.Run<Kernel>(ref frame);
        return (float)scalars[0];
    }

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
