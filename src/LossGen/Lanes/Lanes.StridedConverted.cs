using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Loads bytes that lie <paramref name="stride"/> apart into the integer lanes of a float kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadByteStrided128(ref readonly byte origin, nint offset, nint stride) =>
        LoadByteStridedPartial128(in origin, offset, stride, Vector128<float>.Count);

    /// <summary>Loads the first <paramref name="count"/> of bytes that lie <paramref name="stride"/> apart into the integer lanes of a float kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadByteStridedPartial128(ref readonly byte origin, nint offset, nint stride, int count)
    {
        Vector128<int> value = default;
        LoadEach(Address(in origin, offset), stride, (int*)&value, count);
        return value;
    }

    /// <summary>Loads as many longs as a float vector has lanes, that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 LoadLongStrided128(ref readonly long origin, nint offset, nint stride) =>
        LoadLongStridedPartial128(in origin, offset, stride, Vector128<float>.Count);

    /// <summary>Loads the first <paramref name="count"/> of longs that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 LoadLongStridedPartial128(ref readonly long origin, nint offset, nint stride, int count)
    {
        LongLanes128 value = default;
        LoadEach(Address(in origin, offset), stride, (long*)&value, count);
        return value;
    }

    /// <summary>Loads doubles that lie <paramref name="stride"/> apart into float lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadDoubleStrided128(ref readonly double origin, nint offset, nint stride) =>
        LoadDoubleStridedPartial128(in origin, offset, stride, Vector128<float>.Count);

    /// <summary>Loads the first <paramref name="count"/> of doubles that lie <paramref name="stride"/> apart into float lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadDoubleStridedPartial128(ref readonly double origin, nint offset, nint stride, int count)
    {
        Vector128<float> value = default;
        LoadEach(Address(in origin, offset), stride, (float*)&value, count);
        return value;
    }

    /// <summary>Loads bytes that lie <paramref name="stride"/> apart into the integer lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> LoadByteLongStrided128(ref readonly byte origin, nint offset, nint stride) =>
        LoadByteLongStridedPartial128(in origin, offset, stride, Vector128<double>.Count);

    /// <summary>Loads the first <paramref name="count"/> of bytes that lie <paramref name="stride"/> apart into the integer lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> LoadByteLongStridedPartial128(ref readonly byte origin, nint offset, nint stride, int count)
    {
        Vector128<long> value = default;
        LoadEach(Address(in origin, offset), stride, (long*)&value, count);
        return value;
    }

    /// <summary>Loads ints that lie <paramref name="stride"/> apart into the long lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> LoadIntLongStrided128(ref readonly int origin, nint offset, nint stride) =>
        LoadIntLongStridedPartial128(in origin, offset, stride, Vector128<double>.Count);

    /// <summary>Loads the first <paramref name="count"/> of ints that lie <paramref name="stride"/> apart into the long lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> LoadIntLongStridedPartial128(ref readonly int origin, nint offset, nint stride, int count)
    {
        Vector128<long> value = default;
        LoadEach(Address(in origin, offset), stride, (long*)&value, count);
        return value;
    }

    /// <summary>Loads floats that lie <paramref name="stride"/> apart into double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadSingleStrided128(ref readonly float origin, nint offset, nint stride) =>
        LoadSingleStridedPartial128(in origin, offset, stride, Vector128<double>.Count);

    /// <summary>Loads the first <paramref name="count"/> of floats that lie <paramref name="stride"/> apart into double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadSingleStridedPartial128(ref readonly float origin, nint offset, nint stride, int count)
    {
        Vector128<double> value = default;
        LoadEach(Address(in origin, offset), stride, (double*)&value, count);
        return value;
    }

    /// <summary>Loads elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadStrided128(ref readonly int origin, nint offset, nint stride) =>
        LoadStrided128(in As<int, float>(in origin), offset, stride).AsInt32();

    /// <summary>Loads the first <paramref name="count"/> of elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadStridedPartial128(ref readonly int origin, nint offset, nint stride, int count) =>
        LoadStridedPartial128(in As<int, float>(in origin), offset, stride, count).AsInt32();

    /// <summary>Loads elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> LoadStrided128(ref readonly long origin, nint offset, nint stride) =>
        LoadStrided128(in As<long, double>(in origin), offset, stride).AsInt64();

    /// <summary>Loads the first <paramref name="count"/> of elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> LoadStridedPartial128(ref readonly long origin, nint offset, nint stride, int count) =>
        LoadStridedPartial128(in As<long, double>(in origin), offset, stride, count).AsInt64();

    /// <summary>Loads truth values that lie <paramref name="stride"/> apart as a mask of float lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBoolStrided128(ref readonly bool origin, nint offset, nint stride) =>
        Vector128.GreaterThan(LoadByteStrided128(in AsByte(in origin), offset, stride), Vector128<int>.Zero).AsSingle();

    /// <summary>Loads the first <paramref name="count"/> of truth values that lie <paramref name="stride"/> apart as a mask of float lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBoolStridedPartial128(ref readonly bool origin, nint offset, nint stride, int count) =>
        Vector128.GreaterThan(LoadByteStridedPartial128(in AsByte(in origin), offset, stride, count), Vector128<int>.Zero).AsSingle();

    /// <summary>Loads truth values that lie <paramref name="stride"/> apart as a mask of double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadBoolLongStrided128(ref readonly bool origin, nint offset, nint stride) =>
        Vector128.GreaterThan(LoadByteLongStrided128(in AsByte(in origin), offset, stride), Vector128<long>.Zero).AsDouble();

    /// <summary>Loads the first <paramref name="count"/> of truth values that lie <paramref name="stride"/> apart as a mask of double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadBoolLongStridedPartial128(ref readonly bool origin, nint offset, nint stride, int count) =>
        Vector128.GreaterThan(LoadByteLongStridedPartial128(in AsByte(in origin), offset, stride, count), Vector128<long>.Zero).AsDouble();

    /// <summary>Stores float lanes to doubles that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDoubleStrided128(ref double origin, nint offset, nint stride, Vector128<float> value) =>
        StoreEach(Address(in origin, offset), stride, (float*)&value, Vector128<float>.Count);

    /// <summary>Stores the first <paramref name="count"/> float lanes to doubles that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDoubleStridedPartial128(ref double origin, nint offset, nint stride, Vector128<float> value, int count) =>
        StoreEach(Address(in origin, offset), stride, (float*)&value, count);

    /// <summary>Stores double lanes to floats that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingleStrided128(ref float origin, nint offset, nint stride, Vector128<double> value) =>
        StoreEach(Address(in origin, offset), stride, (double*)&value, Vector128<double>.Count);

    /// <summary>Stores the first <paramref name="count"/> double lanes to floats that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingleStridedPartial128(ref float origin, nint offset, nint stride, Vector128<double> value, int count) =>
        StoreEach(Address(in origin, offset), stride, (double*)&value, count);
}
