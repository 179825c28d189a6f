using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// The same in float64, two positions at once, and where panels begin.
public static unsafe partial class Lanes
{
    /// <summary>Copies 2 rows that stand one behind the other to a panel: element <c>p</c> of row <c>r</c> goes to <c>2 p + r</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TurnRows128(ref readonly double origin, nint first, nint length, ref double panel)
    {
        double* from = Address(in origin, first), to = Address(in panel, 0);
        nint p = 0;
        for (; p <= length - 2; p += 2) Turn128(from + p, length, to + (2 * p));
        if (length < 2)
        {
            for (; p < length; p++) Vector128.Store(LoadStrided128(in origin, first + p, length), to + (2 * p));
        }
        else if (p < length)
        {
            Turn128(from + length - 2, length, to + (2 * (length - 2)));
        }
    }

    /// <summary>The same for the first <paramref name="rows" /> of 2 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnRows128(ref readonly double origin, nint first, nint length, ref double panel, int rows) =>
        Interleave(in origin, first, length, rows, ref panel, 0, 2, length);

    /// <summary>Copies a panel to 2 rows that stand one behind the other: element <c>2 p + r</c> goes to <c>p</c> of row <c>r</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TurnBack128(ref double target, nint first, nint length, ref readonly double panel)
    {
        double* from = Address(in panel, 0), to = Address(in target, first);
        nint p = 0;
        for (; p <= length - 2; p += 2) TurnBack128(from + (2 * p), to + p, length);
        if (length < 2)
        {
            for (; p < length; p++) StoreStrided128(ref target, first + p, length, Vector128.Load(from + (2 * p)));
        }
        else if (p < length)
        {
            TurnBack128(from + (2 * (length - 2)), to + length - 2, length);
        }
    }

    /// <summary>The same for the first <paramref name="rows" /> of 2 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnBack128(ref double target, nint first, nint length, ref readonly double panel, int rows) =>
        Interleave(in panel, 0, 2, length, ref target, first, length, rows);

    /// <summary>Copies 4 rows that stand one behind the other to a panel: element <c>p</c> of row <c>r</c> goes to <c>4 p + r</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TurnRows256(ref readonly double origin, nint first, nint length, ref double panel)
    {
        double* from = Address(in origin, first), to = Address(in panel, 0);
        nint p = 0;
        for (; p <= length - 2; p += 2) Turn256(from + p, length, to + (4 * p));
        if (length < 2)
        {
            for (; p < length; p++) Vector256.Store(LoadStrided256(in origin, first + p, length), to + (4 * p));
        }
        else if (p < length)
        {
            Turn256(from + length - 2, length, to + (4 * (length - 2)));
        }
    }

    /// <summary>The same for the first <paramref name="rows" /> of 4 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnRows256(ref readonly double origin, nint first, nint length, ref double panel, int rows) =>
        Interleave(in origin, first, length, rows, ref panel, 0, 4, length);

    /// <summary>Copies a panel to 4 rows that stand one behind the other: element <c>4 p + r</c> goes to <c>p</c> of row <c>r</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TurnBack256(ref double target, nint first, nint length, ref readonly double panel)
    {
        double* from = Address(in panel, 0), to = Address(in target, first);
        nint p = 0;
        for (; p <= length - 2; p += 2) TurnBack256(from + (4 * p), to + p, length);
        if (length < 2)
        {
            for (; p < length; p++) StoreStrided256(ref target, first + p, length, Vector256.Load(from + (4 * p)));
        }
        else if (p < length)
        {
            TurnBack256(from + (4 * (length - 2)), to + length - 2, length);
        }
    }

    /// <summary>The same for the first <paramref name="rows" /> of 4 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnBack256(ref double target, nint first, nint length, ref readonly double panel, int rows) =>
        Interleave(in panel, 0, 4, length, ref target, first, length, rows);

    /// <summary>Copies 8 rows that stand one behind the other to a panel: element <c>p</c> of row <c>r</c> goes to <c>8 p + r</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TurnRows512(ref readonly double origin, nint first, nint length, ref double panel)
    {
        double* from = Address(in origin, first), to = Address(in panel, 0);
        nint p = 0;
        for (; p <= length - 2; p += 2) Turn512(from + p, length, to + (8 * p));
        if (length < 2)
        {
            for (; p < length; p++) Vector512.Store(LoadStrided512(in origin, first + p, length), to + (8 * p));
        }
        else if (p < length)
        {
            Turn512(from + length - 2, length, to + (8 * (length - 2)));
        }
    }

    /// <summary>The same for the first <paramref name="rows" /> of 8 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnRows512(ref readonly double origin, nint first, nint length, ref double panel, int rows) =>
        Interleave(in origin, first, length, rows, ref panel, 0, 8, length);

    /// <summary>Copies a panel to 8 rows that stand one behind the other: element <c>8 p + r</c> goes to <c>p</c> of row <c>r</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TurnBack512(ref double target, nint first, nint length, ref readonly double panel)
    {
        double* from = Address(in panel, 0), to = Address(in target, first);
        nint p = 0;
        for (; p <= length - 2; p += 2) TurnBack512(from + (8 * p), to + p, length);
        if (length < 2)
        {
            for (; p < length; p++) StoreStrided512(ref target, first + p, length, Vector512.Load(from + (8 * p)));
        }
        else if (p < length)
        {
            TurnBack512(from + (8 * (length - 2)), to + length - 2, length);
        }
    }

    /// <summary>The same for the first <paramref name="rows" /> of 8 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnBack512(ref double target, nint first, nint length, ref readonly double panel, int rows) =>
        Interleave(in panel, 0, 8, length, ref target, first, length, rows);

    // Two elements of two rows; those of a row are a vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn128(double* source, nint row, double* place) => TurnTwo(source, row, place, Vector128<double>.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnBack128(double* source, double* place, nint row) => TurnTwo(source, Vector128<double>.Count, place, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn256(double* source, nint row, double* place) => TurnFour(source, row, place, 4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnBack256(double* source, double* place, nint row) => TurnBackFour(source, 4, place, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn512(double* source, nint row, double* place)
    {
        TurnFour(source, row, place, 8);
        TurnFour(source + (4 * row), row, place + 4, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnBack512(double* source, double* place, nint row)
    {
        TurnBackFour(source, 8, place, row);
        TurnBackFour(source + 4, 8, place + (4 * row), row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnTwo(double* source, nint row, double* place, nint stride)
    {
        Vector128<double> a = Vector128.Load(source), b = Vector128.Load(source + row);
        Vector128.Store(ZipLow(a, b), place);
        Vector128.Store(ZipHigh(a, b), place + stride);
    }

    // Two elements of four rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnFour(double* source, nint row, double* place, nint stride)
    {
        Vector256<double> even = Vector256.Create(Vector128.Load(source), Vector128.Load(source + (2 * row)));
        Vector256<double> odd = Vector256.Create(Vector128.Load(source + row), Vector128.Load(source + (3 * row)));
        Vector256.Store(ZipLow(even, odd), place);
        Vector256.Store(ZipHigh(even, odd), place + stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnBackFour(double* source, nint stride, double* place, nint row)
    {
        Vector256<double> a = Vector256.Load(source), b = Vector256.Load(source + stride), even = ZipLow(a, b), odd = ZipHigh(a, b);
        Vector128.Store(even.GetLower(), place);
        Vector128.Store(odd.GetLower(), place + row);
        Vector128.Store(even.GetUpper(), place + (2 * row));
        Vector128.Store(odd.GetUpper(), place + (3 * row));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ZipLow(Vector256<double> a, Vector256<double> b) =>
        Avx.IsSupported ? Avx.UnpackLow(a, b) : Vector256.Create(ZipLow(a.GetLower(), b.GetLower()), ZipLow(a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ZipHigh(Vector256<double> a, Vector256<double> b) =>
        Avx.IsSupported ? Avx.UnpackHigh(a, b) : Vector256.Create(ZipHigh(a.GetLower(), b.GetLower()), ZipHigh(a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ZipLow(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ZipHigh(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[1], b[1]);
}
