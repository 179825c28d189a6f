using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Loads the first <paramref name="count"/> bytes into the integer lanes of a float kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadBytePartial128(ref readonly byte origin, nint offset, int count) =>
        BytesToInt128(FirstBytes(Address(in origin, offset), count));

    /// <summary>Loads the first <paramref name="count"/> bytes into the integer lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> LoadByteLongPartial128(ref readonly byte origin, nint offset, int count) =>
        BytesToLong128(FirstBytes(Address(in origin, offset), count));

    /// <summary>Loads truth values as a mask of float lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBool128(ref readonly bool origin, nint offset) =>
        Vector128.GreaterThan(LoadByte128(in AsByte(in origin), offset), Vector128<int>.Zero).AsSingle();

    /// <summary>Loads the first <paramref name="count"/> truth values as a mask of float lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBoolPartial128(ref readonly bool origin, nint offset, int count) =>
        Vector128.GreaterThan(LoadBytePartial128(in AsByte(in origin), offset, count), Vector128<int>.Zero).AsSingle();

    /// <summary>Loads truth values as a mask of double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadBoolLong128(ref readonly bool origin, nint offset) =>
        Vector128.GreaterThan(LoadByteLong128(in AsByte(in origin), offset), Vector128<long>.Zero).AsDouble();

    /// <summary>Loads the first <paramref name="count"/> truth values as a mask of double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadBoolLongPartial128(ref readonly bool origin, nint offset, int count) =>
        Vector128.GreaterThan(LoadByteLongPartial128(in AsByte(in origin), offset, count), Vector128<long>.Zero).AsDouble();

    /// <summary>Loads as many longs as a float vector has lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 LoadLong128(ref readonly long origin, nint offset)
    {
        long* p = Address(in origin, offset);
        return new LongLanes128(Vector128.Load(p), Vector128.Load(p + Vector128<long>.Count));
    }

    /// <summary>Loads the first <paramref name="count"/> longs of as many as a float vector has lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 LoadLongPartial128(ref readonly long origin, nint offset, int count) =>
        new(
            LoadPartial128(in origin, offset, count),
            LoadPartial128(in origin, offset + Vector128<long>.Count, count - Vector128<long>.Count));
}
