using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LossGen.Runtime;

// Merging walks the chunks in order and in double, so that the result is the same on every run and for any number of threads.
public unsafe partial struct PinnedFrame
{
    private const int MergeTile = 256;

    private interface IMerge
    {
        static abstract double Scalar(double a, double b);

        static abstract Vector<double> Vector(Vector<double> a, Vector<double> b);
    }

    /// <summary>The sum of a partial result over the chunks of the last nest.</summary>
    /// <param name="index">Which partial result.</param>
    /// <returns>The sum.</returns>
    public readonly double MergeSum(nint index) => Merge<Sum>(index);

    /// <summary>The greatest of a partial result over the chunks; NaN if any is NaN.</summary>
    /// <param name="index">Which partial result.</param>
    /// <returns>The maximum.</returns>
    public readonly double MergeMax(nint index) => Merge<Max>(index);

    /// <summary>The least of a partial result over the chunks; NaN if any is NaN.</summary>
    /// <param name="index">Which partial result.</param>
    /// <returns>The minimum.</returns>
    public readonly double MergeMin(nint index) => Merge<Min>(index);

    /// <summary>The product of a partial result over the chunks.</summary>
    /// <param name="index">Which partial result.</param>
    /// <returns>The product.</returns>
    public readonly double MergeProduct(nint index) => Merge<Product>(index);

    /// <summary>The sums of consecutive partial results over the chunks, rounded to the destination's type at the end.</summary>
    /// <typeparam name="T">The destination's type.</typeparam>
    /// <param name="firstIndex">The first partial result.</param>
    /// <param name="count">How many.</param>
    /// <param name="destination">Where the first sum goes; overwritten.</param>
    public readonly void MergeSum<T>(nint firstIndex, nint count, ref T destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Merge<Sum, T>(firstIndex, count, ref destination);

    /// <summary>The maxima of consecutive partial results over the chunks.</summary>
    /// <typeparam name="T">The destination's type.</typeparam>
    /// <param name="firstIndex">The first partial result.</param>
    /// <param name="count">How many.</param>
    /// <param name="destination">Where the first maximum goes; overwritten.</param>
    public readonly void MergeMax<T>(nint firstIndex, nint count, ref T destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Merge<Max, T>(firstIndex, count, ref destination);

    /// <summary>The minima of consecutive partial results over the chunks.</summary>
    /// <typeparam name="T">The destination's type.</typeparam>
    /// <param name="firstIndex">The first partial result.</param>
    /// <param name="count">How many.</param>
    /// <param name="destination">Where the first minimum goes; overwritten.</param>
    public readonly void MergeMin<T>(nint firstIndex, nint count, ref T destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Merge<Min, T>(firstIndex, count, ref destination);

    /// <summary>The products of consecutive partial results over the chunks.</summary>
    /// <typeparam name="T">The destination's type.</typeparam>
    /// <param name="firstIndex">The first partial result.</param>
    /// <param name="count">How many.</param>
    /// <param name="destination">Where the first product goes; overwritten.</param>
    public readonly void MergeProduct<T>(nint firstIndex, nint count, ref T destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Merge<Product, T>(firstIndex, count, ref destination);

    /// <summary>Hands on a chunk's consecutive partial results.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="chunk">The chunk's index.</param>
    /// <param name="firstIndex">The first partial result.</param>
    /// <param name="count">How many.</param>
    /// <param name="source">Where the first stands.</param>
    public readonly void SetPartials<T>(nint chunk, nint firstIndex, nint count, ref T source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double* destination = partials + chunk * partialStride + firstIndex;
        nint i = 0;
        for (; typeof(T) == typeof(float) && i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref Unsafe.As<T, float>(ref source), (nuint)i), out Vector<double> low, out Vector<double> high);
            low.Store(destination + i);
            high.Store(destination + i + Vector<double>.Count);
        }

        for (; i < count; i++)
            destination[i] = double.CreateTruncating(Unsafe.Add(ref source, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly double Merge<TMerge>(nint index)
        where TMerge : struct, IMerge
    {
        double* partial = partials + index;
        double result = *partial;
        for (nint chunk = 1; chunk < ChunkCount; chunk++)
        {
            partial += partialStride;
            result = TMerge.Scalar(result, *partial);
        }

        return result;
    }

    private readonly void Merge<TMerge, T>(nint firstIndex, nint count, ref T destination)
        where TMerge : struct, IMerge
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A tile stays in the first-level cache while the rows of all chunks pass by.
        Span<double> tile = stackalloc double[MergeTile];
        for (nint start = 0; start < count; start += MergeTile)
        {
            int length = (int)Math.Min(MergeTile, count - start);
            double* row = partials + firstIndex + start;
            Span<double> merged = tile[..length];
            new ReadOnlySpan<double>(row, length).CopyTo(merged);
            for (nint chunk = 1; chunk < ChunkCount; chunk++)
            {
                row += partialStride;
                AddRow<TMerge>(merged, row);
            }

            Round(merged, ref Unsafe.Add(ref destination, start));
        }
    }

    private static void Round<T>(ReadOnlySpan<double> source, ref T destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref double first = ref MemoryMarshal.GetReference(source);
        int i = 0;
        for (; typeof(T) == typeof(float) && i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<double> low = Vector.LoadUnsafe(ref first, (nuint)i), high = Vector.LoadUnsafe(ref first, (nuint)(i + Vector<double>.Count));
            Vector.Narrow(low, high).StoreUnsafe(ref Unsafe.As<T, float>(ref destination), (nuint)i);
        }

        for (; i < source.Length; i++)
            Unsafe.Add(ref destination, i) = T.CreateTruncating(source[i]);
    }

    private static void AddRow<TMerge>(Span<double> merged, double* row)
        where TMerge : struct, IMerge
    {
        ref double target = ref MemoryMarshal.GetReference(merged);
        int i = 0;
        for (; i <= merged.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            ref double at = ref Unsafe.Add(ref target, i);
            TMerge.Vector(Vector.LoadUnsafe(ref at), Vector.Load(row + i)).StoreUnsafe(ref at);
        }

        for (; i < merged.Length; i++)
            merged[i] = TMerge.Scalar(merged[i], row[i]);
    }

    private readonly struct Sum : IMerge
    {
        public static double Scalar(double a, double b) => a + b;

        public static Vector<double> Vector(Vector<double> a, Vector<double> b) => a + b;
    }

    private readonly struct Product : IMerge
    {
        public static double Scalar(double a, double b) => a * b;

        public static Vector<double> Vector(Vector<double> a, Vector<double> b) => a * b;
    }

    private readonly struct Max : IMerge
    {
        public static double Scalar(double a, double b) => Math.Max(a, b);

        public static Vector<double> Vector(Vector<double> a, Vector<double> b) => System.Numerics.Vector.Max(a, b);
    }

    private readonly struct Min : IMerge
    {
        public static double Scalar(double a, double b) => Math.Min(a, b);

        public static Vector<double> Vector(Vector<double> a, Vector<double> b) => System.Numerics.Vector.Min(a, b);
    }
}
