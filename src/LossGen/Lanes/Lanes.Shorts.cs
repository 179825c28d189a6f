using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// 16-bit elements and 32-bit lanes: each vector of lanes meets half a vector of elements, which differs by width.
public static unsafe partial class Lanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> ShortsToUInt128(ushort* source) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(source)).AsUInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> ShortsToUInt256(ushort* source)
    {
        Vector128<ushort> shorts = Vector128.Load(source);
        return Avx2.IsSupported
            ? Avx2.ConvertToVector256Int32(shorts).AsUInt32()
            : Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> ShortsToUInt512(ushort* source) =>
        Avx512F.IsSupported
            ? Avx512F.ConvertToVector512UInt32(Vector256.Load(source))
            : Vector512.Create(ShortsToUInt256(source), ShortsToUInt256(source + Vector256<uint>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void UIntToShorts128(Vector128<uint> lanes, ushort* target) =>
        Unsafe.WriteUnaligned(target, Vector128.Narrow(lanes, lanes).AsUInt64().ToScalar());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void UIntToShorts256(Vector256<uint> lanes, ushort* target) =>
        Vector128.Narrow(lanes.GetLower(), lanes.GetUpper()).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void UIntToShorts512(Vector512<uint> lanes, ushort* target)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.ConvertToVector256UInt16(lanes).Store(target);
            return;
        }

        UIntToShorts256(lanes.GetLower(), target);
        UIntToShorts256(lanes.GetUpper(), target + Vector256<uint>.Count);
    }

    // Once a loop, for its tail.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CopyHalves(Half* source, Half* target, int count)
    {
        for (int i = 0; i < count; i++)
            target[i] = source[i];
    }
}
