using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Stores the first <paramref name="count"/> lanes to elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStridedPartial128(ref float origin, nint offset, nint stride, Vector128<float> value, int count)
    {
        float* p = Address(in origin, offset);
        for (int i = 0; i < count; i++)
            p[i * stride] = value.GetElement(i);
    }

    /// <summary>Stores the first <paramref name="count"/> lanes to elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStridedPartial128(ref double origin, nint offset, nint stride, Vector128<double> value, int count)
    {
        double* p = Address(in origin, offset);
        for (int i = 0; i < count; i++)
            p[i * stride] = value.GetElement(i);
    }
}
