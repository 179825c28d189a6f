using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// Tiles of rows and columns exchanged in registers: four positions of as many rows as a vector has lanes.
public static unsafe partial class Lanes
{
    // Four elements of four rows; those of a row are a vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn128(float* source, nint row, float* place) => Turn(source, row, place, Vector128<float>.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnBack128(float* source, float* place, nint row) => Turn(source, Vector128<float>.Count, place, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn256(float* source, nint row, float* place)
    {
        FourPositions t = Turned(Halves(source, 4 * row), Halves(source + row, 4 * row), Halves(source + (2 * row), 4 * row), Halves(source + (3 * row), 4 * row));
        Vector256.Store(t.A, place);
        Vector256.Store(t.B, place + 8);
        Vector256.Store(t.C, place + 16);
        Vector256.Store(t.D, place + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnBack256(float* source, float* place, nint row) =>
        StoreRows(Turned(Vector256.Load(source), Vector256.Load(source + 8), Vector256.Load(source + 16), Vector256.Load(source + 24)), place, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn512(float* source, nint row, float* place)
    {
        float* upper = source + (8 * row);
        FourPositions t = Turned(Halves(source, 4 * row), Halves(source + row, 4 * row), Halves(source + (2 * row), 4 * row), Halves(source + (3 * row), 4 * row));
        FourPositions u = Turned(Halves(upper, 4 * row), Halves(upper + row, 4 * row), Halves(upper + (2 * row), 4 * row), Halves(upper + (3 * row), 4 * row));
        Vector512.Store(Vector512.Create(t.A, u.A), place);
        Vector512.Store(Vector512.Create(t.B, u.B), place + 16);
        Vector512.Store(Vector512.Create(t.C, u.C), place + 32);
        Vector512.Store(Vector512.Create(t.D, u.D), place + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnBack512(float* source, float* place, nint row)
    {
        StoreRows(Turned(Vector256.Load(source), Vector256.Load(source + 16), Vector256.Load(source + 32), Vector256.Load(source + 48)), place, row);
        StoreRows(Turned(Vector256.Load(source + 8), Vector256.Load(source + 24), Vector256.Load(source + 40), Vector256.Load(source + 56)), place + (8 * row), row);
    }

    // Four elements of a row, and of the row so far behind it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* source, nint behind) => Vector256.Create(Vector128.Load(source), Vector128.Load(source + behind));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRows(FourPositions rows, float* place, nint row)
    {
        float* behind = place + (4 * row);
        Vector128.Store(rows.A.GetLower(), place);
        Vector128.Store(rows.B.GetLower(), place + row);
        Vector128.Store(rows.C.GetLower(), place + (2 * row));
        Vector128.Store(rows.D.GetLower(), place + (3 * row));
        Vector128.Store(rows.A.GetUpper(), behind);
        Vector128.Store(rows.B.GetUpper(), behind + row);
        Vector128.Store(rows.C.GetUpper(), behind + (2 * row));
        Vector128.Store(rows.D.GetUpper(), behind + (3 * row));
    }

    // The four by four elements of each half, rows and columns exchanged.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FourPositions Turned(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        Vector256<float> lowEven = ZipLow(a, c), lowOdd = ZipLow(b, d), highEven = ZipHigh(a, c), highOdd = ZipHigh(b, d);
        return new(ZipLow(lowEven, lowOdd), ZipHigh(lowEven, lowOdd), ZipLow(highEven, highOdd), ZipHigh(highEven, highOdd));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ZipLow(Vector256<float> a, Vector256<float> b) =>
        Avx.IsSupported ? Avx.UnpackLow(a, b) : Vector256.Create(ZipLow(a.GetLower(), b.GetLower()), ZipLow(a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ZipHigh(Vector256<float> a, Vector256<float> b) =>
        Avx.IsSupported ? Avx.UnpackHigh(a, b) : Vector256.Create(ZipHigh(a.GetLower(), b.GetLower()), ZipHigh(a.GetUpper(), b.GetUpper()));

    private readonly record struct FourPositions(Vector256<float> A, Vector256<float> B, Vector256<float> C, Vector256<float> D);
}
