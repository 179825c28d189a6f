using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask as integers of a float kernel; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> GatherByte128(ref readonly byte origin, Vector128<int> index, Vector128<float> mask)
    {
        Vector128<int> value = default;
        GatherEach(Address(in origin, 0), (int*)&index, (int*)&mask, (int*)&value, Vector128<float>.Count);
        return value;
    }

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask as integers of a float kernel; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> GatherByte128(ref readonly byte origin, LongLanes128 index, Vector128<float> mask)
    {
        Vector128<int> value = default;
        GatherEach(Address(in origin, 0), (long*)&index, (int*)&mask, (int*)&value, Vector128<float>.Count);
        return value;
    }

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask as longs; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 GatherLong128(ref readonly long origin, Vector128<int> index, Vector128<float> mask)
    {
        LongLanes128 value = default;
        GatherEach(Address(in origin, 0), (int*)&index, (int*)&mask, (long*)&value, Vector128<float>.Count);
        return value;
    }

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask as longs; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 GatherLong128(ref readonly long origin, LongLanes128 index, Vector128<float> mask)
    {
        LongLanes128 value = default;
        GatherEach(Address(in origin, 0), (long*)&index, (int*)&mask, (long*)&value, Vector128<float>.Count);
        return value;
    }

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask as floats; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GatherDouble128(ref readonly double origin, Vector128<int> index, Vector128<float> mask)
    {
        Vector128<float> value = default;
        GatherEach(Address(in origin, 0), (int*)&index, (int*)&mask, (float*)&value, Vector128<float>.Count);
        return value;
    }

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask as floats; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GatherDouble128(ref readonly double origin, LongLanes128 index, Vector128<float> mask)
    {
        Vector128<float> value = default;
        GatherEach(Address(in origin, 0), (long*)&index, (int*)&mask, (float*)&value, Vector128<float>.Count);
        return value;
    }

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask as integers of a double kernel; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> GatherByteLong128(ref readonly byte origin, Vector128<long> index, Vector128<double> mask)
    {
        Vector128<long> value = default;
        GatherEach(Address(in origin, 0), (long*)&index, (long*)&mask, (long*)&value, Vector128<double>.Count);
        return value;
    }

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask as longs; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> GatherIntLong128(ref readonly int origin, Vector128<long> index, Vector128<double> mask)
    {
        Vector128<long> value = default;
        GatherEach(Address(in origin, 0), (long*)&index, (long*)&mask, (long*)&value, Vector128<double>.Count);
        return value;
    }

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask as doubles; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> GatherSingle128(ref readonly float origin, Vector128<long> index, Vector128<double> mask)
    {
        Vector128<double> value = default;
        GatherEach(Address(in origin, 0), (long*)&index, (long*)&mask, (double*)&value, Vector128<double>.Count);
        return value;
    }

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Gather128(ref readonly int origin, Vector128<int> index, Vector128<float> mask) =>
        Gather128(in As<int, float>(in origin), index, mask).AsInt32();

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Gather128(ref readonly int origin, LongLanes128 index, Vector128<float> mask) =>
        Gather128(in As<int, float>(in origin), index, mask).AsInt32();

    /// <summary>Loads <c>origin[index]</c> in the lanes of the mask; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> Gather128(ref readonly long origin, Vector128<long> index, Vector128<double> mask) =>
        Gather128(in As<long, double>(in origin), index, mask).AsInt64();

    /// <summary>Loads the truth values <c>origin[index]</c> in the lanes of the mask as a mask of float lanes; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GatherBool128(ref readonly bool origin, Vector128<int> index, Vector128<float> mask) =>
        Vector128.GreaterThan(GatherByte128(in AsByte(in origin), index, mask), Vector128<int>.Zero).AsSingle();

    /// <summary>Loads the truth values <c>origin[index]</c> in the lanes of the mask as a mask of float lanes; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GatherBool128(ref readonly bool origin, LongLanes128 index, Vector128<float> mask) =>
        Vector128.GreaterThan(GatherByte128(in AsByte(in origin), index, mask), Vector128<int>.Zero).AsSingle();

    /// <summary>Loads the truth values <c>origin[index]</c> in the lanes of the mask as a mask of double lanes; the others are 0 and read nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> GatherBoolLong128(ref readonly bool origin, Vector128<long> index, Vector128<double> mask) =>
        Vector128.GreaterThan(GatherByteLong128(in AsByte(in origin), index, mask), Vector128<long>.Zero).AsDouble();
}
