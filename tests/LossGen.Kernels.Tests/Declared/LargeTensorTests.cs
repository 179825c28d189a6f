using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Xunit;

namespace LossGen.Kernels.Tests.Declared;

/// <summary>More elements than a span can have. Untouched memory is zero and costs little; what counts lies at both ends.</summary>
[Collection(ProcessSettings.Name)]
public unsafe partial class LargeTensorTests
{
    private static readonly nint Many = unchecked((nint)((1L << 31) + 67));

    [NeedsMemory(gigabytes: 12)]
    public void One_axis_beyond_31_bits()
    {
        using ZeroMemory bytes = new((nuint)Many), halves = new(2 * (nuint)Many), gradients = new(2 * (nuint)Many);
        var x = (byte*)bytes.Address;
        var y = (Half*)halves.Address;
        (x[0], x[Many - 1], y[1], y[Many - 1]) = (3, 200, (Half)7, (Half)0.5);
        var gradient = (Half*)gradients.Address;
        double value = WeightedSumGradient(
            new ReadOnlyTensorSpan<byte>(x, Many, [Many], [1]), new ReadOnlyTensorSpan<Half>(y, Many, [Many], [1]), new TensorSpan<Half>(gradient, Many, [Many], [1]));
        Assert.Equal(100, value);
        Assert.Equal([3, 0, 200], [(double)gradient[0], (double)gradient[1], (double)gradient[Many - 1]]);
    }

    [NeedsMemory(gigabytes: 5)]
    public void Rows_that_begin_beyond_31_bits()
    {
        nint rows = 3, columns = 1 << 30;
        using ZeroMemory bytes = new((nuint)(rows * columns));
        var x = (byte*)bytes.Address;
        (x[0], x[columns + 5], x[(rows * columns) - 1]) = (2, 3, 10);
        float[] w = [1, 2, 4], gradient = new float[3];
        Assert.Equal(2 + 6 + 40, RowSumsGradient(new ReadOnlyTensorSpan<byte>(x, rows * columns, [rows, columns], [columns, 1]), w, gradient));
        Assert.Equal([2, 3, 10], gradient);
    }

    [Loss("sum(x * y)")]
    private static partial double WeightedSum([Axes("n")] ReadOnlyTensorSpan<byte> x, [Axes("n")] ReadOnlyTensorSpan<Half> y);

    [Loss("sum(x * w)")]
    private static partial double RowSums([Axes("n, c")] ReadOnlyTensorSpan<byte> x, [Axes("n")] ReadOnlySpan<float> w);

    private sealed class ZeroMemory(nuint bytes) : IDisposable
    {
        public nint Address { get; } = (nint)NativeMemory.AllocZeroed(bytes);

        public void Dispose() => NativeMemory.Free((void*)Address);
    }
}

/// <summary>A test that is skipped, with the reason, on a machine with too little memory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsMemoryAttribute : FactAttribute
{
    /// <param name="gigabytes">How much must be available.</param>
    public NeedsMemoryAttribute(int gigabytes)
    {
        Gigabytes = gigabytes;
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        if (available < gigabytes) Skip = $"needs {gigabytes} GiB of memory, the machine has {available:F1}";
    }

    public int Gigabytes { get; }
}
