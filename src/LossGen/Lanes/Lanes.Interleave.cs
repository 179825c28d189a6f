using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// Copies: any width gives the same elements.
public static unsafe partial class Lanes
{
    /// <summary>
    /// Copies rows side by side: element <c>p</c> of row <c>r</c>, of rows <paramref name="row"/> apart, goes to <c>p</c> times <paramref name="stride"/> plus <c>r</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(ref readonly float origin, nint offset, nint row, nint rows, ref float target, nint first, nint stride, nint count)
    {
        // So many rows fill a line of a cache.
        const int RowsOfALine = 16;
        float* from = Address(in origin, offset), to = Address(in target, first);
        for (; rows > 0; rows -= RowsOfALine, from += RowsOfALine * row, to += RowsOfALine)
        {
            nint together = Math.Min(rows, RowsOfALine), p = 0;
            for (; p <= count - Vector128<float>.Count; p += Vector128<float>.Count)
            {
                nint r = 0;
                float* source = from + p, place = to + (p * stride);
                for (; r <= together - 4; r += 4, source += 4 * row, place += 4) Turn(source, row, place, stride);
                if (r <= together - 2)
                {
                    TurnPair(source, row, place, stride);
                    r += 2;
                    source += 2 * row;
                    place += 2;
                }

                if (r == together) continue;
                for (int k = 0; k < Vector128<float>.Count; k++) place[k * stride] = source[k];
            }

            for (; p < count; p++)
                for (nint r = 0; r < together; r++) to[(p * stride) + r] = from[(r * row) + p];
        }
    }

    /// <summary>The same for another type.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(ref readonly double origin, nint offset, nint row, nint rows, ref double target, nint first, nint stride, nint count)
    {
        const int RowsOfALine = 8;
        double* from = Address(in origin, offset), to = Address(in target, first);
        for (; rows > 0; rows -= RowsOfALine, from += RowsOfALine * row, to += RowsOfALine)
        {
            nint together = Math.Min(rows, RowsOfALine);
            for (nint p = 0; p < count; p++)
                for (nint r = 0; r < together; r++) to[(p * stride) + r] = from[(r * row) + p];
        }
    }

    // Four elements of four rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(float* source, nint row, float* place, nint stride)
    {
        Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + row), c = Vector128.Load(source + (2 * row)), d = Vector128.Load(source + (3 * row));
        Vector128<float> lowEven = ZipLow(a, c), lowOdd = ZipLow(b, d), highEven = ZipHigh(a, c), highOdd = ZipHigh(b, d);
        Vector128.Store(ZipLow(lowEven, lowOdd), place);
        Vector128.Store(ZipHigh(lowEven, lowOdd), place + stride);
        Vector128.Store(ZipLow(highEven, highOdd), place + (2 * stride));
        Vector128.Store(ZipHigh(highEven, highOdd), place + (3 * stride));
    }

    // Four elements of two rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnPair(float* source, nint row, float* place, nint stride)
    {
        Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + row);
        Vector128<double> low = ZipLow(a, b).AsDouble(), high = ZipHigh(a, b).AsDouble();
        *(double*)place = low[0];
        *(double*)(place + stride) = low[1];
        *(double*)(place + (2 * stride)) = high[0];
        *(double*)(place + (3 * stride)) = high[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);
}
