using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// The masked instructions differ by width in name and shape, so each width is spelled out.
public static unsafe partial class Lanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> MaskedLoad(float* source, Vector128<float> mask) =>
        Avx.IsSupported ? Avx.MaskLoad(source, mask) : MaskedLoadEachLane(source, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MaskedStore(float* target, Vector128<float> mask, Vector128<float> value)
    {
        if (Avx.IsSupported)
            Avx.MaskStore(target, mask, value);
        else
            MaskedStoreEachLane(target, mask, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> MaskedLoad(double* source, Vector128<double> mask) =>
        Avx.IsSupported ? Avx.MaskLoad(source, mask) : MaskedLoadEachLane(source, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MaskedStore(double* target, Vector128<double> mask, Vector128<double> value)
    {
        if (Avx.IsSupported)
            Avx.MaskStore(target, mask, value);
        else
            MaskedStoreEachLane(target, mask, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> MaskedLoad(float* source, Vector256<float> mask) =>
        Avx.IsSupported ? Avx.MaskLoad(source, mask) : MaskedLoadEachLane(source, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MaskedStore(float* target, Vector256<float> mask, Vector256<float> value)
    {
        if (Avx.IsSupported)
            Avx.MaskStore(target, mask, value);
        else
            MaskedStoreEachLane(target, mask, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> MaskedLoad(double* source, Vector256<double> mask) =>
        Avx.IsSupported ? Avx.MaskLoad(source, mask) : MaskedLoadEachLane(source, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MaskedStore(double* target, Vector256<double> mask, Vector256<double> value)
    {
        if (Avx.IsSupported)
            Avx.MaskStore(target, mask, value);
        else
            MaskedStoreEachLane(target, mask, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> MaskedLoad(float* source, Vector512<float> mask) =>
        Avx512F.IsSupported ? Avx512F.MaskLoad(source, mask, Vector512<float>.Zero) : MaskedLoadEachLane(source, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MaskedStore(float* target, Vector512<float> mask, Vector512<float> value)
    {
        if (Avx512F.IsSupported)
            Avx512F.MaskStore(target, mask, value);
        else
            MaskedStoreEachLane(target, mask, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> MaskedLoad(double* source, Vector512<double> mask) =>
        Avx512F.IsSupported ? Avx512F.MaskLoad(source, mask, Vector512<double>.Zero) : MaskedLoadEachLane(source, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MaskedStore(double* target, Vector512<double> mask, Vector512<double> value)
    {
        if (Avx512F.IsSupported)
            Avx512F.MaskStore(target, mask, value);
        else
            MaskedStoreEachLane(target, mask, value);
    }
}
