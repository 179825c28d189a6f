using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

/// <summary>
/// The vectors that a loop stores one behind the other. Stores around the caches take aligned vectors only, so where the output is not aligned
/// each vector is turned by as many lanes as it is off, and joined with what the one before has left.
/// </summary>
/// <typeparam name="TPath">How they reach memory.</typeparam>
/// <remarks>The memory is pinned; its first element stands at a multiple of an element's size.</remarks>
[EveryWidth]
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct VectorOutput128<TPath>
    where TPath : struct, IMemoryPath
{
    private readonly int off; // floats from the aligned address before
    private readonly Vector128<int> turn;
    private readonly Vector128<float> own; // lanes of the aligned vector that a vector itself fills
    private Vector128<float> before; // turned
    private bool hasBefore;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private VectorOutput128(void* first)
    {
        this = default;
        if (typeof(TPath) != typeof(AroundCaches))
            return;
        off = (int)((nint)first / sizeof(float)) & (Vector128<float>.Count - 1);
        turn = (Vector128<int>.Indices - Vector128.Create(off)) & Vector128.Create(Vector128<float>.Count - 1);
        own = Vector128.GreaterThanOrEqual(Vector128<int>.Indices, Vector128.Create(off)).AsSingle();
    }

    /// <summary>Begins with the vector at an offset.</summary>
    /// <param name="origin">The first element of the output.</param>
    /// <param name="offset">Elements from there.</param>
    /// <returns>An output without vectors.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorOutput128<TPath> From(ref float origin, nint offset) => new((float*)Unsafe.AsPointer(ref origin) + offset);

    /// <inheritdoc cref="From(ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorOutput128<TPath> From(ref double origin, nint offset) => new((double*)Unsafe.AsPointer(ref origin) + offset);

    /// <summary>Stores the next vector.</summary>
    /// <param name="origin">The first element of the output.</param>
    /// <param name="offset">Elements from there: where the vector before ended.</param>
    /// <param name="value">The vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float origin, nint offset, Vector128<float> value)
    {
        if (typeof(TPath) == typeof(AroundCaches)) Around((float*)Unsafe.AsPointer(ref origin) + offset, value);
        else value.StoreUnsafe(ref origin, (nuint)offset);
    }

    /// <inheritdoc cref="Store(ref float, nint, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref double origin, nint offset, Vector128<double> value)
    {
        if (typeof(TPath) == typeof(AroundCaches)) Around((float*)((double*)Unsafe.AsPointer(ref origin) + offset), value.AsSingle());
        else value.StoreUnsafe(ref origin, (nuint)offset);
    }

    /// <summary>Stores what is left of the last vector; others may follow it by ordinary stores.</summary>
    /// <param name="origin">The first element of the output.</param>
    /// <param name="offset">Elements from there: where the last vector ended.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void End(ref float origin, nint offset) => End((float*)Unsafe.AsPointer(ref origin) + offset);

    /// <inheritdoc cref="End(ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void End(ref double origin, nint offset) => End((float*)((double*)Unsafe.AsPointer(ref origin) + offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Around(float* target, Vector128<float> value)
    {
        Vector128<float> turned = Vector128.ShuffleNative(value, turn);
        if (hasBefore)
            Lanes.Select(own, turned, before).StoreAlignedNonTemporal(target - off);
        else
            Lanes.StoreFirst(target, value, Vector128<float>.Count - off);
        before = turned;
        hasBefore = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void End(float* target)
    {
        if (typeof(TPath) == typeof(AroundCaches) && hasBefore)
            Lanes.StoreFirst(target - off, before, off);
    }
}
