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
        for (int i = 0; i < Vector128<float>.Count; i++)
        {
            if (mask.AsInt32()[i] < 0) Unsafe.Add(ref origin, (nint)index[i]) += value[i];
        }
    }

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ScatterAdd(ref float origin, Vector128<int> index, Vector128<float> mask, Vector128<float> value)
    {
        for (int i = 0; i < Vector128<float>.Count; i++)
        {
            if (mask.AsInt32()[i] < 0) Unsafe.Add(ref origin, (nint)index[i]) += value[i];
        }
    }

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ScatterAdd(ref double origin, LongLanes128 index, Vector128<float> mask, Vector128<float> value)
    {
        long* places = (long*)&index;
        for (int i = 0; i < Vector128<float>.Count; i++)
        {
            if (mask.AsInt32()[i] < 0) Unsafe.Add(ref origin, (nint)places[i]) += value[i];
        }
    }

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ScatterAdd(ref float origin, LongLanes128 index, Vector128<float> mask, Vector128<float> value)
    {
        long* places = (long*)&index;
        for (int i = 0; i < Vector128<float>.Count; i++)
        {
            if (mask.AsInt32()[i] < 0) Unsafe.Add(ref origin, (nint)places[i]) += value[i];
        }
    }

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ScatterAdd(ref double origin, Vector128<long> index, Vector128<double> mask, Vector128<double> value)
    {
        for (int i = 0; i < Vector128<double>.Count; i++)
        {
            if (mask.AsInt64()[i] < 0) Unsafe.Add(ref origin, (nint)index[i]) += value[i];
        }
    }
}
