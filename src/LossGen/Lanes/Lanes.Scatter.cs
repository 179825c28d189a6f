using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// Lanes may share an element. Those that share the first one's are added up at once where they are many, as neighbours of one class or blanks between labels are: one after the
// other, each addition would wait for the one before. The others follow from the first to the last. So the order of the sum is fixed.
[EveryWidth]
public static unsafe partial class Lanes
{
    internal const int ManyShare = 4;

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(OutOfLine)]
    public static void ScatterAdd(ref double origin, Vector128<int> index, Vector128<float> mask, Vector128<float> value)
    {
        uint lanes = (uint)mask.ExtractMostSignificantBits();
        if (lanes == 0) return;
        int* places = (int*)&index;
        int place = places[BitOperations.TrailingZeroCount(lanes)];
        Vector128<float> same = SharedByMany(index, place, mask);
        uint shared = (uint)same.ExtractMostSignificantBits();
        if (shared != 0)
        {
            Vector128<float> terms = value & same;
            Unsafe.Add(ref origin, place) += SumLanes(Vector128.WidenLower(terms) + Vector128.WidenUpper(terms));
            lanes &= ~shared;
        }

        AddEach(ref origin, places, (float*)&value, lanes);
    }

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(OutOfLine)]
    public static void ScatterAdd(ref float origin, Vector128<int> index, Vector128<float> mask, Vector128<float> value)
    {
        uint lanes = (uint)mask.ExtractMostSignificantBits();
        if (lanes == 0) return;
        int* places = (int*)&index;
        int place = places[BitOperations.TrailingZeroCount(lanes)];
        Vector128<float> same = SharedByMany(index, place, mask);
        uint shared = (uint)same.ExtractMostSignificantBits();
        if (shared != 0)
        {
            Unsafe.Add(ref origin, place) += SumLanes(value & same);
            lanes &= ~shared;
        }

        AddEach(ref origin, places, (float*)&value, lanes);
    }

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(OutOfLine)]
    public static void ScatterAdd(ref double origin, LongLanes128 index, Vector128<float> mask, Vector128<float> value) =>
        AddEach(ref origin, (long*)&index, (float*)&value, (uint)mask.ExtractMostSignificantBits());

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(OutOfLine)]
    public static void ScatterAdd(ref float origin, LongLanes128 index, Vector128<float> mask, Vector128<float> value) =>
        AddEach(ref origin, (long*)&index, (float*)&value, (uint)mask.ExtractMostSignificantBits());

    /// <summary>Adds each lane of the mask to <c>origin[index]</c>.</summary>
    [MethodImpl(OutOfLine)]
    public static void ScatterAdd(ref double origin, Vector128<long> index, Vector128<double> mask, Vector128<double> value)
    {
        uint lanes = (uint)mask.ExtractMostSignificantBits();
        if (lanes == 0) return;
        long* places = (long*)&index;
        long place = places[BitOperations.TrailingZeroCount(lanes)];
        Vector128<double> same = SharedByMany(index, place, mask);
        uint shared = (uint)same.ExtractMostSignificantBits();
        if (shared != 0)
        {
            Unsafe.Add(ref origin, (nint)place) += SumLanes(value & same);
            lanes &= ~shared;
        }

        AddEach(ref origin, places, (double*)&value, lanes);
    }

    // The lanes of the mask with this place, if they are many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SharedByMany(Vector128<int> index, int place, Vector128<float> mask)
    {
        Vector128<float> same = mask & Vector128.Equals(index, Vector128.Create(place)).AsSingle();
        return BitOperations.PopCount((uint)same.ExtractMostSignificantBits()) >= ManyShare ? same : Vector128<float>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SharedByMany(Vector128<long> index, long place, Vector128<double> mask)
    {
        Vector128<double> same = mask & Vector128.Equals(index, Vector128.Create(place)).AsDouble();
        return BitOperations.PopCount((uint)same.ExtractMostSignificantBits()) >= ManyShare ? same : Vector128<double>.Zero;
    }
}
