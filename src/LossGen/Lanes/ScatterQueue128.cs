using System.ComponentModel;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

/// <summary>
/// Lanes on their way to the elements that they are added to, some vectors of them. Read lane by lane at once, a vector would have to be written first, which
/// takes longer than all else; and of vectors whose lanes share an element, the shares are added up together.
/// </summary>
/// <typeparam name="TIndex">An index: <see cref="int"/> beside terms in <see cref="float"/>, <see cref="long"/> beside <see cref="double"/>.</typeparam>
/// <typeparam name="TTerm">A term.</typeparam>
[EveryWidth]
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct ScatterQueue128<TIndex, TTerm>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
    where TTerm : unmanaged, IBinaryFloatingPointIeee754<TTerm>
{
    private readonly byte* _memory;
    private int _count;

    private ScatterQueue128(byte* memory) => _memory = memory;

    /// <summary>An empty queue, one of four of this thread; what waits in a queue of the same number is lost.</summary>
    /// <param name="number">Its number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScatterQueue128<TIndex, TTerm> Of(int number)
    {
        Debug.Assert(sizeof(TIndex) == sizeof(TTerm), "indices have as many lanes as terms");
        return new(LaneMemory.Queue(number));
    }

    /// <summary>Will add each lane of the mask to <c>origin[index]</c>, the same origin for all vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref double origin, Vector128<TIndex> index, Vector128<TTerm> mask, Vector128<TTerm> value)
    {
        Put(index, mask, value);
        if (_count == LaneMemory.Vectors) End(ref origin);
    }

    /// <summary>Will add each lane of the mask to <c>origin[index]</c>, the same origin for all vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref float origin, Vector128<TIndex> index, Vector128<TTerm> mask, Vector128<TTerm> value)
    {
        Put(index, mask, value);
        if (_count == LaneMemory.Vectors) End(ref origin);
    }

    /// <summary>Adds what waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End(ref double origin)
    {
        if (_count != 0) AddAll(ref origin, _memory, _count);
        _count = 0;
    }

    /// <summary>Adds what waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End(ref float origin)
    {
        if (_count != 0) AddAll(ref origin, _memory, _count);
        _count = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TIndex* Places(byte* memory, int vector) => (TIndex*)(memory + (vector * LaneMemory.Stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTerm* Terms(byte* memory, int vector) => (TTerm*)(memory + ((LaneMemory.Vectors + vector) * LaneMemory.Stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint* Masks(byte* memory) => (uint*)(memory + (2 * LaneMemory.Vectors * LaneMemory.Stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(Vector128<TIndex> index, Vector128<TTerm> mask, Vector128<TTerm> value)
    {
        index.StoreAligned(Places(_memory, _count));
        (value & mask).StoreAligned(Terms(_memory, _count));
        Masks(_memory)[_count] = (uint)mask.ExtractMostSignificantBits();
        _count++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Wide(Vector128<TTerm> terms) => typeof(TTerm) == typeof(float)
        ? Vector128.WidenLower(terms.AsSingle()) + Vector128.WidenUpper(terms.AsSingle())
        : terms.AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddShared<TElement>(ref TElement origin, TIndex place, Vector128<double> sum)
        where TElement : unmanaged, INumberBase<TElement>
    {
        if (!TIndex.IsNegative(place)) Unsafe.Add(ref origin, nint.CreateTruncating(place)) += TElement.CreateTruncating(Lanes.SumLanes(sum));
    }

    // First the lanes that share an element with the first lane of their vector, if they are many, as neighbours of one class or blanks between labels are: one
    // after the other, each addition would wait for the one before. Then the others from the first to the last: so the order of the sums is fixed.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddAll<TElement>(ref TElement origin, byte* memory, int count)
        where TElement : unmanaged, INumberBase<TElement>
    {
        uint* masks = Masks(memory);
        Vector128<double> sum = Vector128<double>.Zero;
        TIndex shared = -TIndex.One;
        for (int k = 0; k < count; k++)
        {
            uint lanes = masks[k];
            if (lanes == 0) continue;
            TIndex place = Places(memory, k)[BitOperations.TrailingZeroCount(lanes)];
            Vector128<TIndex> same = Vector128.Equals(Vector128.LoadAligned(Places(memory, k)), Vector128.Create(place));
            uint shares = (uint)same.ExtractMostSignificantBits() & lanes;
            if (BitOperations.PopCount(shares) < Lanes.ManyShare) continue;
            if (place != shared)
            {
                AddShared(ref origin, shared, sum);
                sum = Vector128<double>.Zero;
                shared = place;
            }

            sum += Wide(Vector128.LoadAligned(Terms(memory, k)) & same.As<TIndex, TTerm>());
            masks[k] = lanes & ~shares;
        }

        AddShared(ref origin, shared, sum);
        for (int k = 0; k < count; k++) Lanes.AddEach(ref origin, Places(memory, k), Terms(memory, k), masks[k]);
    }
}
