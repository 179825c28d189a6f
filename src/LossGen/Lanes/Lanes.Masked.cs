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
    private static Vector128<double> MaskedLoad(double* source, Vector128<double> mask) =>
        Avx.IsSupported ? Avx.MaskLoad(source, mask) : MaskedLoadEachLane(source, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> MaskedLoad(float* source, Vector256<float> mask) =>
        Avx.IsSupported ? Avx.MaskLoad(source, mask) : MaskedLoadEachLane(source, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> MaskedLoad(double* source, Vector256<double> mask) =>
        Avx.IsSupported ? Avx.MaskLoad(source, mask) : MaskedLoadEachLane(source, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> MaskedLoad(float* source, Vector512<float> mask) =>
        Avx512F.IsSupported ? Avx512F.MaskLoad(source, mask, Vector512<float>.Zero) : MaskedLoadEachLane(source, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> MaskedLoad(double* source, Vector512<double> mask) =>
        Avx512F.IsSupported ? Avx512F.MaskLoad(source, mask, Vector512<double>.Zero) : MaskedLoadEachLane(source, mask);
}
