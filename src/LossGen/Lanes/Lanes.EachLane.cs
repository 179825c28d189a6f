using System.Numerics;
using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

// What has no instruction of its own goes lane by lane through the stack, converted from the element's type to the lane's.
public static unsafe partial class Lanes
{
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    [MethodImpl(OutOfLine)]
    private static void LoadEach<TElement, TLane>(TElement* source, nint stride, TLane* lanes, int count)
        where TElement : unmanaged, INumberBase<TElement>
        where TLane : unmanaged, INumberBase<TLane>
    {
        for (int i = 0; i < count; i++)
            lanes[i] = TLane.CreateTruncating(source[i * stride]);
    }

    [MethodImpl(OutOfLine)]
    private static void StoreEach<TElement, TLane>(TElement* target, nint stride, TLane* lanes, int count)
        where TElement : unmanaged, INumberBase<TElement>
        where TLane : unmanaged, INumberBase<TLane>
    {
        for (int i = 0; i < count; i++)
            target[i * stride] = TElement.CreateTruncating(lanes[i]);
    }

    // A lane outside the mask keeps what it held; its index may be anything.
    [MethodImpl(OutOfLine)]
    private static void GatherEach<TElement, TIndex, TMask, TLane>(TElement* source, TIndex* index, TMask* mask, TLane* lanes, int count)
        where TElement : unmanaged, INumberBase<TElement>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
        where TMask : unmanaged, IBinaryInteger<TMask>
        where TLane : unmanaged, INumberBase<TLane>
    {
        for (int i = 0; i < count; i++)
        {
            if (TMask.IsNegative(mask[i]))
                lanes[i] = TLane.CreateTruncating(source[nint.CreateTruncating(index[i])]);
        }
    }

    // One after the other, from the first lane of so many bits to the last.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddEach<TElement, TIndex, TTerm>(ref TElement origin, TIndex* places, TTerm* terms, uint lanes)
        where TElement : unmanaged, INumberBase<TElement>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
        where TTerm : unmanaged, INumberBase<TTerm>
    {
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int i = BitOperations.TrailingZeroCount(lanes);
            Unsafe.Add(ref origin, nint.CreateTruncating(places[i])) += TElement.CreateTruncating(terms[i]);
        }
    }
}
