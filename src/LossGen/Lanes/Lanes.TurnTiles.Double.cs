using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// The same in float64, two positions at once.
public static unsafe partial class Lanes
{
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
