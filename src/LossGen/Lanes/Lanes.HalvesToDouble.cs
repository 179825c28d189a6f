using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// The Half memory of a double kernel, lane by lane: a way through float would round twice, and such kernels are rare.
[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Loads as many Halves as there are doubles.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <returns>The elements as doubles.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadHalfDouble128(ref readonly Half origin, nint offset) =>
        LoadHalfDoubleStridedPartial128(in origin, offset, 1, Vector128<double>.Count);

    /// <summary>Loads Halves into the first lanes, 0 into the others; touches no other memory.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="count">How many lanes exist.</param>
    /// <returns>The elements as doubles.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadHalfDoublePartial128(ref readonly Half origin, nint offset, int count) =>
        LoadHalfDoubleStridedPartial128(in origin, offset, 1, count);

    /// <summary>Loads Halves a fixed distance apart.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="stride">The distance between lanes, in elements.</param>
    /// <returns>The elements as doubles.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadHalfDoubleStrided128(ref readonly Half origin, nint offset, nint stride) =>
        LoadHalfDoubleStridedPartial128(in origin, offset, stride, Vector128<double>.Count);

    /// <summary>Loads Halves a fixed distance apart into the first lanes.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="stride">The distance between lanes, in elements.</param>
    /// <param name="count">How many lanes exist.</param>
    /// <returns>The elements as doubles, 0 in the other lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadHalfDoubleStridedPartial128(ref readonly Half origin, nint offset, nint stride, int count)
    {
        Vector128<double> value = default;
        LoadEach(Address(in origin, offset), stride, (double*)&value, count);
        return value;
    }

    /// <summary>Stores doubles as the nearest Halves, ties to even.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="value">The lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalfDouble128(ref Half origin, nint offset, Vector128<double> value) =>
        StoreHalfDoubleStridedPartial128(ref origin, offset, 1, value, Vector128<double>.Count);

    /// <summary>Stores the first lanes as the nearest Halves; touches no other memory.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="value">The lanes.</param>
    /// <param name="count">How many lanes exist.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalfDoublePartial128(ref Half origin, nint offset, Vector128<double> value, int count) =>
        StoreHalfDoubleStridedPartial128(ref origin, offset, 1, value, count);

    /// <summary>Stores doubles as Halves a fixed distance apart.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="stride">The distance between lanes, in elements.</param>
    /// <param name="value">The lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalfDoubleStrided128(ref Half origin, nint offset, nint stride, Vector128<double> value) =>
        StoreHalfDoubleStridedPartial128(ref origin, offset, stride, value, Vector128<double>.Count);

    /// <summary>Stores the first lanes as Halves a fixed distance apart.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="stride">The distance between lanes, in elements.</param>
    /// <param name="value">The lanes.</param>
    /// <param name="count">How many lanes exist.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalfDoubleStridedPartial128(ref Half origin, nint offset, nint stride, Vector128<double> value, int count) =>
        StoreEach(Address(in origin, offset), stride, (double*)&value, count);

    /// <summary>Gathers Halves where the mask is set.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="index">The elements.</param>
    /// <param name="mask">Which lanes touch memory.</param>
    /// <returns>The elements as doubles, 0 in the other lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> GatherHalfDouble128(ref readonly Half origin, Vector128<long> index, Vector128<double> mask)
    {
        Vector128<double> value = default;
        GatherEach(Address(in origin, 0), (long*)&index, (long*)&mask, (double*)&value, Vector128<double>.Count);
        return value;
    }
}
