using System.Runtime.Intrinsics;
using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>Strided and gathered access, masks, reductions across lanes.</summary>
[EveryWidth]
public sealed unsafe partial class LaneAccessTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-2)]
    public void Strided_access_128_of_float(int stride)
    {
        float* memory = stackalloc float[128];
        float* target = stackalloc float[128];
        for (int i = 0; i < 128; i++)
            memory[i] = i;
        int first = stride < 0 ? 100 : 2;
        Vector128<float> all = Lanes.LoadStrided128(in *memory, first, stride);
        for (int count = 1; count <= Vector128<float>.Count; count++)
        {
            Vector128<float> some = Lanes.LoadStridedPartial128(in *memory, first, stride, count);
            new Span<float>(target, 128).Fill(-1);
            if (count == Vector128<float>.Count)
                Lanes.StoreStrided128(ref *target, first, stride, all);
            else
                Lanes.StoreStridedPartial128(ref *target, first, stride, all, count);
            for (int i = 0; i < Vector128<float>.Count; i++)
            {
                Assert.Equal(first + i * stride, all[i]);
                Assert.Equal(i < count ? first + i * stride : 0, some[i]);
            }

            for (int i = 0; i < 128; i++)
                Assert.Equal((i - first) % stride == 0 && (i - first) / stride is int k && k >= 0 && k < count ? i : -1, target[i]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(-2)]
    public void Strided_access_128_of_double(int stride)
    {
        double* memory = stackalloc double[128];
        double* target = stackalloc double[128];
        for (int i = 0; i < 128; i++)
            memory[i] = i;
        int first = stride < 0 ? 100 : 2;
        Vector128<double> all = Lanes.LoadStrided128(in *memory, first, stride);
        for (int count = 1; count <= Vector128<double>.Count; count++)
        {
            Vector128<double> some = Lanes.LoadStridedPartial128(in *memory, first, stride, count);
            new Span<double>(target, 128).Fill(-1);
            if (count == Vector128<double>.Count)
                Lanes.StoreStrided128(ref *target, first, stride, all);
            else
                Lanes.StoreStridedPartial128(ref *target, first, stride, all, count);
            for (int i = 0; i < Vector128<double>.Count; i++)
            {
                Assert.Equal(first + i * stride, all[i]);
                Assert.Equal(i < count ? first + i * stride : 0, some[i]);
            }

            for (int i = 0; i < 128; i++)
                Assert.Equal((i - first) % stride == 0 && (i - first) / stride is int k && k >= 0 && k < count ? i : -1, target[i]);
        }
    }

    [Fact]
    public void Gather128_reads_only_lanes_of_the_mask()
    {
        float* memory = stackalloc float[64];
        double* wide = stackalloc double[64];
        for (int i = 0; i < 64; i++)
            wide[i] = memory[i] = i;
        // Lanes outside the mask point at memory that cannot be read.
        Vector128<float> mask = Vector128.Equals(Vector128<int>.Indices & Vector128<int>.One, Vector128<int>.One).AsSingle();
        Vector128<int> index = Vector128.ConditionalSelect(mask.AsInt32(), Vector128<int>.Indices * 3, Vector128.Create(int.MaxValue));
        Vector128<float> value = Lanes.Gather128(in *memory, index, mask);
        for (int i = 0; i < Vector128<float>.Count; i++)
            Assert.Equal(i % 2 == 1 ? 3 * i : 0, value[i]);

        Vector128<double> mask2 = Vector128.Equals(Vector128<long>.Indices & Vector128<long>.One, Vector128<long>.One).AsDouble();
        Vector128<long> index2 = Vector128.ConditionalSelect(mask2.AsInt64(), Vector128<long>.Indices * 5, Vector128.Create(1L << 55));
        Vector128<double> value2 = Lanes.Gather128(in *wide, index2, mask2);
        for (int i = 0; i < Vector128<double>.Count; i++)
            Assert.Equal(i % 2 == 1 ? 5 * i : 0, value2[i]);
    }

    [Fact]
    public void Masks_and_sequences_128()
    {
        for (int count = 0; count <= Vector128<float>.Count; count++)
        {
            for (int i = 0; i < Vector128<float>.Count; i++)
                Assert.Equal(i < count ? -1 : 0, Lanes.FirstLanes128Single(count).AsInt32()[i]);
            for (int i = 0; i < Vector128<double>.Count; i++)
                Assert.Equal(i < count ? -1L : 0, Lanes.FirstLanes128Double(count).AsInt64()[i]);
        }

        for (int i = 0; i < Vector128<float>.Count; i++)
            Assert.Equal(i, Lanes.ToReal(Vector128<int>.Indices)[i]);
        for (int i = 0; i < Vector128<double>.Count; i++)
            Assert.Equal(i, Lanes.ToReal(Vector128<long>.Indices)[i]);
    }

    [Fact]
    public void Reductions_across_lanes_128()
    {
        Vector128<float> x = Vector128<float>.Indices - Vector128.Create(1.5f);
        int n = Vector128<float>.Count;
        Assert.Equal(n * (n - 1) / 2 - 1.5f * n, Lanes.SumLanes(x));
        Assert.Equal(n - 2.5f, Lanes.MaxLanes(x));
        Assert.Equal(-1.5f, Lanes.MinLanes(x));
        float product = 1;
        for (int i = 0; i < n; i++)
            product *= x[i];
        Assert.Equal(product, Lanes.ProductLanes(x), Math.Abs(product) * 1e-6);
        for (int i = 0; i < n; i++)
        {
            Assert.True(float.IsNaN(Lanes.MaxLanes(x.WithElement(i, float.NaN))));
            Assert.True(float.IsNaN(Lanes.MinLanes(x.WithElement(i, float.NaN))));
            Assert.Equal(100, Lanes.MaxLanes(x.WithElement(i, 100)));
        }
    }

    [Fact]
    public void Reductions_across_double_lanes_128()
    {
        Vector128<double> x = Vector128<double>.Indices - Vector128.Create(1.5);
        int n = Vector128<double>.Count;
        Assert.Equal(n * (n - 1) / 2 - 1.5 * n, Lanes.SumLanes(x));
        Assert.Equal(n - 2.5, Lanes.MaxLanes(x));
        Assert.Equal(-1.5, Lanes.MinLanes(x));
        double product = 1;
        for (int i = 0; i < n; i++)
            product *= x[i];
        Assert.Equal(product, Lanes.ProductLanes(x), Math.Abs(product) * 1e-14);
        for (int i = 0; i < n; i++)
        {
            Assert.True(double.IsNaN(Lanes.MaxLanes(x.WithElement(i, double.NaN))));
            Assert.True(double.IsNaN(Lanes.MinLanes(x.WithElement(i, double.NaN))));
        }
    }

    [Fact]
    public void Long_lanes_128_compute_and_compare_in_64_bits()
    {
        LongLanes128 a = LongLanes128.FromInt(Vector128<int>.Indices) * LongLanes128.Create(1L << 33) - LongLanes128.Create(1L << 34);
        LongLanes128 b = LongLanes128.Create(1L << 33) + LongLanes128.Create(0);
        for (int i = 0; i < Vector128<float>.Count; i++)
        {
            long x = i * (1L << 33) - (1L << 34);
            long y = 1L << 33;
            Assert.Equal(x, a.ToSingle()[i]);
            Assert.Equal(-x, (-a).ToSingle()[i]);
            Assert.Equal(x == y ? -1 : 0, LongLanes128.Equals(a, b).AsInt32()[i]);
            Assert.Equal(x < y ? -1 : 0, LongLanes128.LessThan(a, b).AsInt32()[i]);
            Assert.Equal(x <= y ? -1 : 0, LongLanes128.LessThanOrEqual(a, b).AsInt32()[i]);
            Assert.Equal(x > y ? -1 : 0, LongLanes128.GreaterThan(a, b).AsInt32()[i]);
            Assert.Equal(x >= y ? -1 : 0, LongLanes128.GreaterThanOrEqual(a, b).AsInt32()[i]);
        }
    }
}
