using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// The instructions differ by width in name, so each width is spelled out.
public static partial class VectorMath
{
    // Bits of 2^(k / 4) less those of 1 and less k << 21, so that (n << 21) + entry[n & 3] is 2^(n / 4) but for the exponent's bias.
    private const int QuarterPower1 = -509968;
    private const int QuarterPower2 = -719629;
    private const int QuarterPower3 = -572163;

    /// <summary>The entry for the two lowest bits of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> QuarterPower(Vector128<int> n)
    {
        if (Avx.IsSupported)
            return Avx.PermuteVar(Vector128.Create(0, QuarterPower1, QuarterPower2, QuarterPower3).AsSingle(), n).AsInt32();
        Vector128<int> odd = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(n, 31), 31), upper = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(n, 30), 31);
        return Vector128.ConditionalSelect(
            upper,
            Vector128.ConditionalSelect(odd, Vector128.Create(QuarterPower3), Vector128.Create(QuarterPower2)),
            odd & Vector128.Create(QuarterPower1));
    }

    /// <inheritdoc cref="QuarterPower(Vector128{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> QuarterPower(Vector256<int> n) => Avx.IsSupported
        ? Avx.PermuteVar(Vector256.Create(0, QuarterPower1, QuarterPower2, QuarterPower3, 0, QuarterPower1, QuarterPower2, QuarterPower3).AsSingle(), n).AsInt32()
        : Vector256.Create(QuarterPower(n.GetLower()), QuarterPower(n.GetUpper()));

    /// <inheritdoc cref="QuarterPower(Vector128{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> QuarterPower(Vector512<int> n) => Avx512F.IsSupported
        ? Avx512F.PermuteVar4x32(
            Vector512.Create(
                0, QuarterPower1, QuarterPower2, QuarterPower3, 0, QuarterPower1, QuarterPower2, QuarterPower3,
                0, QuarterPower1, QuarterPower2, QuarterPower3, 0, QuarterPower1, QuarterPower2, QuarterPower3).AsSingle(),
            n).AsInt32()
        : Vector512.Create(QuarterPower(n.GetLower()), QuarterPower(n.GetUpper()));
}
