using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// Half precision and lanes of float or double: bits are moved by integer instructions, since the framework has no conversion for vectors.
[EveryWidth]
public static unsafe partial class Lanes
{
    // Exponents of Half and float differ by 112, their fractions by 13 bits.
    private const int HalfFractionShift = 13;
    private const uint HalfExponentGap = 112u << 23;
    private const uint HalfInfinity = 0x7C00;
    private const uint FloatInfinity = 0x7F800000;

    // 2^-14, the smallest normal Half, and 2^16, which rounds to no finite one.
    private const uint SmallestNormalHalf = 113u << 23;
    private const uint BeyondHalf = 143u << 23;

    // The unit in the last place of 1/2 is that of a subnormal Half: adding rounds to it.
    private const uint SubnormalRounding = 126u << 23;

    /// <summary>The floats whose bits as Half stand in the lower parts of the lanes; exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> HalvesToFloat128(Vector128<uint> halves)
    {
        Vector128<uint> size = halves & Vector128.Create(0x7FFFu);
        Vector128<uint> sign = Vector128.ShiftLeft(halves ^ size, 16);
        Vector128<uint> shifted = Vector128.ShiftLeft(size, HalfFractionShift);
        Vector128<uint> normal = shifted + Vector128.Create(HalfExponentGap);

        // Infinity and NaN have the greatest exponent in both.
        normal |= Vector128.GreaterThan(size.AsInt32(), Vector128.Create((int)HalfInfinity - 1)).AsUInt32() & Vector128.Create(FloatInfinity);

        // m 2^-24 = 2^-14 (1 + m 2^-10) - 2^-14
        Vector128<float> least = Vector128.Create(SmallestNormalHalf).AsSingle();
        Vector128<uint> subnormal = ((shifted + Vector128.Create(SmallestNormalHalf)).AsSingle() - least).AsUInt32();
        Vector128<uint> isSubnormal = Vector128.LessThan(size.AsInt32(), Vector128.Create(0x400)).AsUInt32();
        return (Vector128.ConditionalSelect(isSubnormal, subnormal, normal) | sign).AsSingle();
    }

    /// <summary>The bits of the nearest Halves, ties to even, in the lower parts of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> FloatsToHalves128(Vector128<float> floats)
    {
        Vector128<uint> bits = floats.AsUInt32();
        Vector128<uint> size = bits & Vector128.Create(0x7FFFFFFFu);
        Vector128<uint> sign = Vector128.ShiftRightLogical(bits ^ size, 16);

        // Half of the last place less one, and one more where the last place is odd; a carry enters the exponent as it should.
        Vector128<uint> odd = Vector128.ShiftRightLogical(size, HalfFractionShift) & Vector128.Create(1u);
        Vector128<uint> normal = Vector128.ShiftRightLogical(size - Vector128.Create(HalfExponentGap) + Vector128.Create(0xFFFu) + odd, HalfFractionShift);
        Vector128<float> rounding = Vector128.Create(SubnormalRounding).AsSingle();
        Vector128<uint> subnormal = (size.AsSingle() + rounding).AsUInt32() - Vector128.Create(SubnormalRounding);
        Vector128<uint> isNaN = Vector128.GreaterThan(size.AsInt32(), Vector128.Create((int)FloatInfinity)).AsUInt32();
        Vector128<uint> beyond = Vector128.Create(HalfInfinity) | (isNaN & Vector128.Create(0x200u));

        Vector128<uint> isSubnormal = Vector128.LessThan(size.AsInt32(), Vector128.Create((int)SmallestNormalHalf)).AsUInt32();
        Vector128<uint> isBeyond = Vector128.GreaterThan(size.AsInt32(), Vector128.Create((int)BeyondHalf - 1)).AsUInt32();
        Vector128<uint> finite = Vector128.ConditionalSelect(isSubnormal, subnormal, normal);
        return Vector128.ConditionalSelect(isBeyond, beyond, finite) | sign;
    }

    /// <summary>Loads as many Halves as there are floats.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <returns>The elements as floats.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadHalf128(ref readonly Half origin, nint offset) => HalvesToFloat128(ShortsToUInt128((ushort*)Address(in origin, offset)));

    /// <summary>Loads Halves into the first lanes, 0 into the others; touches no other memory.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="count">How many lanes exist.</param>
    /// <returns>The elements as floats.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadHalfPartial128(ref readonly Half origin, nint offset, int count)
    {
        Vector128<float> room = default;
        CopyHalves(Address(in origin, offset), (Half*)&room, count);
        return HalvesToFloat128(ShortsToUInt128((ushort*)&room));
    }

    /// <summary>Stores floats as the nearest Halves, ties to even.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="value">The lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalf128(ref Half origin, nint offset, Vector128<float> value) =>
        UIntToShorts128(FloatsToHalves128(value), (ushort*)Address(in origin, offset));

    /// <summary>Stores the first lanes as the nearest Halves; touches no other memory.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="value">The lanes.</param>
    /// <param name="count">How many lanes exist.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalfPartial128(ref Half origin, nint offset, Vector128<float> value, int count)
    {
        Vector128<float> room = default;
        UIntToShorts128(FloatsToHalves128(value), (ushort*)&room);
        CopyHalves((Half*)&room, Address(in origin, offset), count);
    }

    /// <summary>Loads Halves a fixed distance apart.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="stride">The distance between lanes, in elements.</param>
    /// <returns>The elements as floats.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadHalfStrided128(ref readonly Half origin, nint offset, nint stride) =>
        LoadHalfStridedPartial128(in origin, offset, stride, Vector128<float>.Count);

    /// <summary>Loads Halves a fixed distance apart into the first lanes.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="stride">The distance between lanes, in elements.</param>
    /// <param name="count">How many lanes exist.</param>
    /// <returns>The elements as floats, 0 in the other lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadHalfStridedPartial128(ref readonly Half origin, nint offset, nint stride, int count)
    {
        Vector128<float> value = default;
        LoadEach(Address(in origin, offset), stride, (float*)&value, count);
        return value;
    }

    /// <summary>Stores floats as Halves a fixed distance apart.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="stride">The distance between lanes, in elements.</param>
    /// <param name="value">The lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalfStrided128(ref Half origin, nint offset, nint stride, Vector128<float> value) =>
        StoreEach(Address(in origin, offset), stride, (float*)&value, Vector128<float>.Count);

    /// <summary>Stores the first lanes as Halves a fixed distance apart.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="offset">The element of the first lane.</param>
    /// <param name="stride">The distance between lanes, in elements.</param>
    /// <param name="value">The lanes.</param>
    /// <param name="count">How many lanes exist.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalfStridedPartial128(ref Half origin, nint offset, nint stride, Vector128<float> value, int count) =>
        StoreEach(Address(in origin, offset), stride, (float*)&value, count);

    /// <summary>Gathers Halves where the mask is set.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="index">The elements.</param>
    /// <param name="mask">Which lanes touch memory.</param>
    /// <returns>The elements as floats, 0 in the other lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GatherHalf128(ref readonly Half origin, Vector128<int> index, Vector128<float> mask)
    {
        Vector128<float> value = default;
        GatherEach(Address(in origin, 0), (int*)&index, (int*)&mask, (float*)&value, Vector128<float>.Count);
        return value;
    }

    /// <summary>Gathers Halves where the mask is set.</summary>
    /// <param name="origin">Element 0.</param>
    /// <param name="index">The elements.</param>
    /// <param name="mask">Which lanes touch memory.</param>
    /// <returns>The elements as floats, 0 in the other lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GatherHalf128(ref readonly Half origin, LongLanes128 index, Vector128<float> mask)
    {
        Vector128<float> value = default;
        GatherEach(Address(in origin, 0), (long*)&index, (int*)&mask, (float*)&value, Vector128<float>.Count);
        return value;
    }
}
