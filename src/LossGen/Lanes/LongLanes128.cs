using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

/// <summary>As many longs as a <see cref="Vector128{T}"/> of float has lanes: two vectors of them.</summary>
/// <param name="lower">The longs of the lower lanes.</param>
/// <param name="upper">The longs of the upper lanes.</param>
[EveryWidth]
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LongLanes128(Vector128<long> lower, Vector128<long> upper)
{
    /// <summary>The longs of the lower lanes.</summary>
    public Vector128<long> Lower { get; } = lower;

    /// <summary>The longs of the upper lanes.</summary>
    public Vector128<long> Upper { get; } = upper;

    /// <summary>The same value in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 Create(long value) => new(Vector128.Create(value), Vector128.Create(value));

    /// <summary>Ints made long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 FromInt(Vector128<int> value) => new(Vector128.WidenLower(value), Vector128.WidenUpper(value));

    /// <summary>The sum, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 operator +(LongLanes128 a, LongLanes128 b) => new(a.Lower + b.Lower, a.Upper + b.Upper);

    /// <summary>The difference, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 operator -(LongLanes128 a, LongLanes128 b) => new(a.Lower - b.Lower, a.Upper - b.Upper);

    /// <summary>The negative, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 operator -(LongLanes128 a) => new(-a.Lower, -a.Upper);

    /// <summary>The product, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 operator *(LongLanes128 a, LongLanes128 b) => new(a.Lower * b.Lower, a.Upper * b.Upper);

    /// <summary>A mask of the float lanes where a equals b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Equals(LongLanes128 a, LongLanes128 b) =>
        Vector128.Narrow(Vector128.Equals(a.Lower, b.Lower), Vector128.Equals(a.Upper, b.Upper)).AsSingle();

    /// <summary>A mask of the float lanes where a is below b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LessThan(LongLanes128 a, LongLanes128 b) =>
        Vector128.Narrow(Vector128.LessThan(a.Lower, b.Lower), Vector128.LessThan(a.Upper, b.Upper)).AsSingle();

    /// <summary>A mask of the float lanes where a is not above b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LessThanOrEqual(LongLanes128 a, LongLanes128 b) =>
        Vector128.Narrow(Vector128.LessThanOrEqual(a.Lower, b.Lower), Vector128.LessThanOrEqual(a.Upper, b.Upper)).AsSingle();

    /// <summary>A mask of the float lanes where a is above b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GreaterThan(LongLanes128 a, LongLanes128 b) => LessThan(b, a);

    /// <summary>A mask of the float lanes where a is not below b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GreaterThanOrEqual(LongLanes128 a, LongLanes128 b) => LessThanOrEqual(b, a);

    /// <summary>The larger, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 Max(LongLanes128 a, LongLanes128 b) => new(Vector128.Max(a.Lower, b.Lower), Vector128.Max(a.Upper, b.Upper));

    /// <summary>The smaller, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 Min(LongLanes128 a, LongLanes128 b) => new(Vector128.Min(a.Lower, b.Lower), Vector128.Min(a.Upper, b.Upper));

    /// <summary>a in the float lanes of the mask, b in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LongLanes128 ConditionalSelect(Vector128<float> mask, LongLanes128 a, LongLanes128 b)
    {
        LongLanes128 wide = FromInt(mask.AsInt32());
        return new(Vector128.ConditionalSelect(wide.Lower, a.Lower, b.Lower), Vector128.ConditionalSelect(wide.Upper, a.Upper, b.Upper));
    }

    /// <summary>The lanes as floats, by way of double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> ToSingle() => Vector128.Narrow(Vector128.ConvertToDouble(Lower), Vector128.ConvertToDouble(Upper));
}
