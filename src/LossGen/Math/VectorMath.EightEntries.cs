using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// The instructions differ by width in name, so each width is spelled out.
public static partial class VectorMath
{
    /// <summary>For each lane the entry of a table that its three lowest bits say.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Entry(Vector256<float> table, Vector128<int> n)
    {
        Vector128<int> upper = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(n, 29), 31);
        Vector128<int> quarter = n & Vector128.Create(3);
        return Vector128.ConditionalSelect(
            upper.AsSingle(), Vector128.Shuffle(table.GetUpper(), quarter), Vector128.Shuffle(table.GetLower(), quarter));
    }

    /// <inheritdoc cref="Entry(Vector256{float}, Vector128{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Entry(Vector256<float> table, Vector256<int> n) => Avx2.IsSupported
        ? Avx2.PermuteVar8x32(table, n)
        : Vector256.Create(Entry(table, n.GetLower()), Entry(table, n.GetUpper()));

    /// <inheritdoc cref="Entry(Vector256{float}, Vector128{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Entry(Vector256<float> table, Vector512<int> n) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32(Vector512.Create(table, table), n)
        : Vector512.Create(Entry(table, n.GetLower()), Entry(table, n.GetUpper()));
}
