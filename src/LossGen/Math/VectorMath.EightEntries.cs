using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// The instructions differ by width in name, so each width is spelled out. Tables are constants of the assembly, which stay in place.
public static unsafe partial class VectorMath
{
    /// <summary>For each lane the entry of a table of eight that its three lowest bits say.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Entry(ReadOnlySpan<float> table, Vector128<int> n)
    {
        ref float first = ref MemoryMarshal.GetReference(table);
        Vector128<int> upper = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(n, 29), 31);
        Vector128<int> quarter = n & Vector128.Create(3);
        return Vector128.ConditionalSelect(
            upper.AsSingle(), Vector128.Shuffle(Vector128.LoadUnsafe(ref first, 4), quarter), Vector128.Shuffle(Vector128.LoadUnsafe(ref first), quarter));
    }

    /// <inheritdoc cref="Entry(ReadOnlySpan{float}, Vector128{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Entry(ReadOnlySpan<float> table, Vector256<int> n) => Avx2.IsSupported
        ? Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(table)), n)
        : Vector256.Create(Entry(table, n.GetLower()), Entry(table, n.GetUpper()));

    /// <inheritdoc cref="Entry(ReadOnlySpan{float}, Vector128{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Entry(ReadOnlySpan<float> table, Vector512<int> n) => Avx512DQ.IsSupported
        ? Avx512F.PermuteVar16x32(Avx512DQ.BroadcastVector256ToVector512((float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(table))), n)
        : Vector512.Create(Entry(table, n.GetLower()), Entry(table, n.GetUpper()));
}
