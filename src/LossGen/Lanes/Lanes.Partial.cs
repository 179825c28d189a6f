using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Loads the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadPartial128(ref readonly float origin, nint offset, int count) =>
        MaskedLoad(Address(in origin, offset), FirstLanes128Single(count));

    /// <summary>Loads the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadPartial128(ref readonly double origin, nint offset, int count) =>
        MaskedLoad(Address(in origin, offset), FirstLanes128Double(count));

    /// <summary>Loads the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadPartial128(ref readonly int origin, nint offset, int count) =>
        MaskedLoad((float*)Address(in origin, offset), FirstLanes128Single(count)).AsInt32();

    /// <summary>Loads the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> LoadPartial128(ref readonly long origin, nint offset, int count) =>
        MaskedLoad((double*)Address(in origin, offset), FirstLanes128Double(count)).AsInt64();

    /// <summary>Stores the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial128(ref float origin, nint offset, Vector128<float> value, int count) =>
        StoreFirst(Address(in origin, offset), value, count);

    /// <summary>Stores the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial128(ref double origin, nint offset, Vector128<double> value, int count) =>
        StoreFirst(Address(in origin, offset), value, count);

    /// <summary>Stores the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial128(ref int origin, nint offset, Vector128<int> value, int count) =>
        StoreFirst((float*)Address(in origin, offset), value.AsSingle(), count);

    /// <summary>Stores the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePartial128(ref long origin, nint offset, Vector128<long> value, int count) =>
        StoreFirst((double*)Address(in origin, offset), value.AsDouble(), count);

    // Without masked instructions: lane by lane through the stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<float> MaskedLoadEachLane(float* source, Vector128<float> mask)
    {
        Vector128<float> value = default;
        for (int i = 0; i < Vector128<float>.Count; i++)
        {
            if (mask.AsInt32()[i] != 0)
                value = value.WithElement(i, source[i]);
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<double> MaskedLoadEachLane(double* source, Vector128<double> mask)
    {
        Vector128<double> value = default;
        for (int i = 0; i < Vector128<double>.Count; i++)
        {
            if (mask.AsInt64()[i] != 0)
                value = value.WithElement(i, source[i]);
        }

        return value;
    }
}
