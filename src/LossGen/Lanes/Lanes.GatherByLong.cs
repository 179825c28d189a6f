using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// Twice as many index vectors as value vectors, so each width is spelled out.
public static unsafe partial class Lanes
{
    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Gather128(ref readonly float origin, LongLanes128 index, Vector128<float> mask)
    {
        Vector128<float> value = default;
        GatherEach(Address(in origin, 0), (long*)&index, (int*)&mask, (float*)&value, Vector128<float>.Count);
        return value;
    }

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gather256(ref readonly float origin, LongLanes256 index, Vector256<float> mask)
    {
        if (Avx2.IsSupported)
        {
            float* source = Address(in origin, 0);
            return Vector256.Create(
                Avx2.GatherMaskVector128(Vector128<float>.Zero, source, index.Lower, mask.GetLower(), 4),
                Avx2.GatherMaskVector128(Vector128<float>.Zero, source, index.Upper, mask.GetUpper(), 4));
        }

        Vector256<float> value = default;
        GatherEach(Address(in origin, 0), (long*)&index, (int*)&mask, (float*)&value, Vector256<float>.Count);
        return value;
    }

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gather512(ref readonly float origin, LongLanes512 index, Vector512<float> mask) =>
        Vector512.Create(
            Gather256(in origin, new LongLanes256(index.Lower.GetLower(), index.Lower.GetUpper()), mask.GetLower()),
            Gather256(in origin, new LongLanes256(index.Upper.GetLower(), index.Upper.GetUpper()), mask.GetUpper()));
}
