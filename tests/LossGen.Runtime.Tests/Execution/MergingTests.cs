using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace LossGen.Runtime.Tests.Execution;

[Collection(ProcessSettings.Name)]
public sealed class MergingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 64)]
    [InlineData(3, 7)]
    [InlineData(50, 1000)]
    public void Arrays_merge_in_chunk_order_in_double(int chunks, int count)
    {
        double[] rows = Rows(chunks, count);
        float[] sums = new float[count], products = new float[count], greatest = new float[count], least = new float[count];
        double[] scalars = Merges.Run(rows, chunks, sums, products, greatest, least);

        for (int i = 0; i < count; i++)
        {
            double sum = rows[i], product = rows[i], max = rows[i], min = rows[i];
            for (int chunk = 1; chunk < chunks; chunk++)
            {
                double value = rows[chunk * count + i];
                sum += value;
                product *= value;
                max = Math.Max(max, value);
                min = Math.Min(min, value);
            }

            Assert.Equal((float)sum, sums[i]);
            Assert.Equal((float)product, products[i]);
            Assert.Equal((float)max, greatest[i]);
            Assert.Equal((float)min, least[i]);
            if (i == count - 1)
                Assert.Equal([sum, product, max, min], scalars);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_NaN_in_any_chunk_is_the_extreme(int wrongChunk)
    {
        const int count = 37;
        double[] rows = Rows(3, count);
        for (int i = 0; i < count; i++)
            rows[wrongChunk * count + i] = double.NaN;
        float[] sums = new float[count], products = new float[count], greatest = new float[count], least = new float[count];
        double[] scalars = Merges.Run(rows, 3, sums, products, greatest, least);
        Assert.All([.. greatest, .. least], value => Assert.True(float.IsNaN(value)));
        Assert.All(scalars, value => Assert.True(double.IsNaN(value)));
    }

    private static double[] Rows(int chunks, int count)
    {
        Random random = new(chunks * 1009 + count);
        double[] rows = new double[chunks * count];
        foreach (ref double value in rows.AsSpan())
            value = 2 * random.NextDouble() - 1;
        return rows;
    }

    /// <summary>Each chunk copies its row of a matrix into its partial results; the call merges them in every way.</summary>
    private readonly struct Merges : IKernel, INestKernel
    {
        public static double[] Run(double[] rows, int chunks, float[] sums, float[] products, float[] greatest, float[] least)
        {
            scoped KernelFrame frame = default;
            frame.Tensor0 = ref Unsafe.As<double, byte>(ref MemoryMarshal.GetArrayDataReference(rows));
            frame.Tensor1 = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetArrayDataReference(sums));
            frame.Tensor2 = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetArrayDataReference(products));
            frame.Tensor3 = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetArrayDataReference(greatest));
            frame.Tensor4 = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetArrayDataReference(least));
            frame.TensorCount = 5;
            Span<nint> sizes = [chunks, sums.Length];
            double[] scalars = new double[4];
            frame.Sizes = sizes;
            frame.Scalars = scalars;
            KernelRunner.Run<Merges>(ref frame);
            return scalars;
        }

        public static void Execute(ref PinnedFrame frame)
        {
            nint chunks = frame.Size(0), count = frame.Size(1);
            KernelRunner.RunNest<Merges>(ref frame, chunks, 1, 1 << 20, 1, count, 0);
            Assert.Equal(chunks, frame.ChunkCount);
            frame.MergeSum(0, count, ref frame.Tensor<float>(1));
            frame.MergeProduct(0, count, ref frame.Tensor<float>(2));
            frame.MergeMax(0, count, ref frame.Tensor<float>(3));
            frame.MergeMin(0, count, ref frame.Tensor<float>(4));
            frame.Scalar(0) = frame.MergeSum(count - 1);
            frame.Scalar(1) = frame.MergeProduct(count - 1);
            frame.Scalar(2) = frame.MergeMax(count - 1);
            frame.Scalar(3) = frame.MergeMin(count - 1);
        }

        public static void Run(in PinnedFrame frame, in Chunk chunk)
        {
            nint count = frame.Size(1);
            for (nint i = 0; i < count; i++)
                frame.Partial(chunk.Index, i) = Unsafe.Add(ref frame.Tensor<double>(0), chunk.Index * count + i);
        }
    }
}
