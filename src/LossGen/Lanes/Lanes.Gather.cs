using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// .NET has no 512-bit gather; two halves read the same elements.
public static unsafe partial class Lanes
{
    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Gather128(ref readonly float origin, Vector128<int> index, Vector128<float> mask) =>
        Avx2.IsSupported
            ? Avx2.GatherMaskVector128(Vector128<float>.Zero, Address(in origin, 0), index, mask, 4)
            : GatherEachLane(Address(in origin, 0), index, mask);

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gather256(ref readonly float origin, Vector256<int> index, Vector256<float> mask) =>
        Avx2.IsSupported
            ? Avx2.GatherMaskVector256(Vector256<float>.Zero, Address(in origin, 0), index, mask, 4)
            : GatherEachLane(Address(in origin, 0), index, mask);

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gather512(ref readonly float origin, Vector512<int> index, Vector512<float> mask) =>
        Vector512.Create(
            Gather256(in origin, index.GetLower(), mask.GetLower()), Gather256(in origin, index.GetUpper(), mask.GetUpper()));

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Gather128(ref readonly double origin, Vector128<long> index, Vector128<double> mask) =>
        Avx2.IsSupported
            ? Avx2.GatherMaskVector128(Vector128<double>.Zero, Address(in origin, 0), index, mask, 8)
            : GatherEachLane(Address(in origin, 0), index, mask);

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Gather256(ref readonly double origin, Vector256<long> index, Vector256<double> mask) =>
        Avx2.IsSupported
            ? Avx2.GatherMaskVector256(Vector256<double>.Zero, Address(in origin, 0), index, mask, 8)
            : GatherEachLane(Address(in origin, 0), index, mask);

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Gather512(ref readonly double origin, Vector512<long> index, Vector512<double> mask) =>
        Vector512.Create(
            Gather256(in origin, index.GetLower(), mask.GetLower()), Gather256(in origin, index.GetUpper(), mask.GetUpper()));

    [MethodImpl(OutOfLine)]
    private static Vector128<float> GatherEachLane(float* source, Vector128<int> index, Vector128<float> mask)
    {
        Vector128<float> value = default;
        for (int i = 0; i < Vector128<float>.Count; i++)
        {
            if (mask.AsInt32()[i] < 0)
                value = value.WithElement(i, source[index[i]]);
        }

        return value;
    }

    [MethodImpl(OutOfLine)]
    private static Vector256<float> GatherEachLane(float* source, Vector256<int> index, Vector256<float> mask)
    {
        Vector256<float> value = default;
        for (int i = 0; i < Vector256<float>.Count; i++)
        {
            if (mask.AsInt32()[i] < 0)
                value = value.WithElement(i, source[index[i]]);
        }

        return value;
    }

    [MethodImpl(OutOfLine)]
    private static Vector128<double> GatherEachLane(double* source, Vector128<long> index, Vector128<double> mask)
    {
        Vector128<double> value = default;
        for (int i = 0; i < Vector128<double>.Count; i++)
        {
            if (mask.AsInt64()[i] < 0)
                value = value.WithElement(i, source[index[i]]);
        }

        return value;
    }

    [MethodImpl(OutOfLine)]
    private static Vector256<double> GatherEachLane(double* source, Vector256<long> index, Vector256<double> mask)
    {
        Vector256<double> value = default;
        for (int i = 0; i < Vector256<double>.Count; i++)
        {
            if (mask.AsInt64()[i] < 0)
                value = value.WithElement(i, source[index[i]]);
        }

        return value;
    }
}
