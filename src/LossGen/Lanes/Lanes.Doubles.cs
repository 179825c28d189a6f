using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// The double memory of a float kernel: each vector of lanes meets two vectors of elements.
[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Loads doubles into float lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadDouble128(ref readonly double origin, nint offset)
    {
        double* p = Address(in origin, offset);
        return Vector128.Narrow(Vector128.Load(p), Vector128.Load(p + Vector128<double>.Count));
    }

    /// <summary>Loads the first <paramref name="count"/> doubles into float lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadDoublePartial128(ref readonly double origin, nint offset, int count) =>
        Vector128.Narrow(
            LoadPartial128(in origin, offset, count),
            LoadPartial128(in origin, offset + Vector128<double>.Count, count - Vector128<double>.Count));

    /// <summary>Stores float lanes to doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDouble128(ref double origin, nint offset, Vector128<float> value)
    {
        double* p = Address(in origin, offset);
        Vector128.WidenLower(value).Store(p);
        Vector128.WidenUpper(value).Store(p + Vector128<double>.Count);
    }

    /// <summary>Stores the first <paramref name="count"/> float lanes to doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDoublePartial128(ref double origin, nint offset, Vector128<float> value, int count)
    {
        StorePartial128(ref origin, offset, Vector128.WidenLower(value), count);
        StorePartial128(ref origin, offset + Vector128<double>.Count, Vector128.WidenUpper(value), count - Vector128<double>.Count);
    }
}
