using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// The first lanes, none for a count below 1 and all for one that is too large, in halves: unlike masked stores of 128 and 256 bits, which some processors
// run as dozens of operations, these can be read back at once.
public static unsafe partial class Lanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreFirst(float* target, Vector128<float> value, int count)
    {
        if ((uint)count >= (uint)Vector128<float>.Count)
        {
            if (count > 0)
                value.Store(target);
            return;
        }

        if ((count & 2) != 0)
        {
            *(double*)target = value.AsDouble().ToScalar();
            target += 2;
            value = Vector128.Shuffle(value, Vector128.Create(2, 3, 2, 3));
        }

        if ((count & 1) != 0)
            *target = value.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFirst(double* target, Vector128<double> value, int count)
    {
        if (count >= Vector128<double>.Count)
            value.Store(target);
        else if (count > 0)
            *target = value.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreFirst(float* target, Vector256<float> value, int count)
    {
        if ((uint)count >= (uint)Vector256<float>.Count)
        {
            if (count > 0)
                value.Store(target);
            return;
        }

        Vector128<float> rest = value.GetLower();
        if ((count & 4) != 0)
        {
            rest.Store(target);
            target += 4;
            rest = value.GetUpper();
        }

        StoreFirst(target, rest, count & 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFirst(double* target, Vector256<double> value, int count)
    {
        if ((uint)count >= (uint)Vector256<double>.Count)
        {
            if (count > 0)
                value.Store(target);
            return;
        }

        Vector128<double> rest = value.GetLower();
        if ((count & 2) != 0)
        {
            rest.Store(target);
            target += 2;
            rest = value.GetUpper();
        }

        StoreFirst(target, rest, count & 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreFirst(float* target, Vector512<float> value, int count)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(target, FirstLanes512Single(count), value);
            return;
        }

        StoreFirst(target, value.GetLower(), count);
        StoreFirst(target + Vector256<float>.Count, value.GetUpper(), count - Vector256<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFirst(double* target, Vector512<double> value, int count)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(target, FirstLanes512Double(count), value);
            return;
        }

        StoreFirst(target, value.GetLower(), count);
        StoreFirst(target + Vector256<double>.Count, value.GetUpper(), count - Vector256<double>.Count);
    }
}
