using System.Numerics;
using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

// Lanes in memory, added to elements one after the other.
public static unsafe partial class Lanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEach<TElement, TIndex, TTerm>(ref TElement origin, TIndex* places, TTerm* terms, uint lanes)
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
