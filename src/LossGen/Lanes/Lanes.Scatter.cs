using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// Lanes may share an element, so they are added one after the other, from the first to the last: the order of the sum is fixed.
[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ScatterAdd(ref double origin, Vector128<int> index, Vector128<float> mask, Vector128<float> value)
    {
        ScatterEach(ref origin, index, mask, value);
    }

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ScatterAdd(ref float origin, Vector128<int> index, Vector128<float> mask, Vector128<float> value)
    {
        ScatterEach(ref origin, index, mask, value);
    }

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ScatterAdd(ref double origin, LongLanes128 index, Vector128<float> mask, Vector128<float> value)
    {
        long* places = (long*)&index;
        float* terms = (float*)&value;
        for (uint lanes = (uint)mask.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
        {
            int i = BitOperations.TrailingZeroCount(lanes);
            Unsafe.Add(ref origin, (nint)places[i]) += terms[i];
        }
    }

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ScatterAdd(ref float origin, LongLanes128 index, Vector128<float> mask, Vector128<float> value)
    {
        long* places = (long*)&index;
        float* terms = (float*)&value;
        for (uint lanes = (uint)mask.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
        {
            int i = BitOperations.TrailingZeroCount(lanes);
            Unsafe.Add(ref origin, (nint)places[i]) += terms[i];
        }
    }

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ScatterAdd(ref double origin, Vector128<long> index, Vector128<double> mask, Vector128<double> value)
    {
        long* places = (long*)&index;
        double* terms = (double*)&value;
        for (uint lanes = (uint)mask.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
        {
            int i = BitOperations.TrailingZeroCount(lanes);
            Unsafe.Add(ref origin, (nint)places[i]) += terms[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ScatterEach<T>(ref T origin, Vector128<int> index, Vector128<float> mask, Vector128<float> value)
        where T : unmanaged, INumberBase<T>
    {
        int* places = (int*)&index;
        float* terms = (float*)&value;
        uint lanes = (uint)mask.ExtractMostSignificantBits();
        if (lanes == (uint)Vector128<float>.AllBitsSet.ExtractMostSignificantBits())
        {
            for (int i = 0; i < Vector128<float>.Count; i += 4)
            {
                Unsafe.Add(ref origin, places[i]) += T.CreateTruncating(terms[i]);
                Unsafe.Add(ref origin, places[i + 1]) += T.CreateTruncating(terms[i + 1]);
                Unsafe.Add(ref origin, places[i + 2]) += T.CreateTruncating(terms[i + 2]);
                Unsafe.Add(ref origin, places[i + 3]) += T.CreateTruncating(terms[i + 3]);
            }

            return;
        }

        for (; lanes != 0; lanes &= lanes - 1)
        {
            int i = BitOperations.TrailingZeroCount(lanes);
            Unsafe.Add(ref origin, places[i]) += T.CreateTruncating(terms[i]);
        }
    }
}
