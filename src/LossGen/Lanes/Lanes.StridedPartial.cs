using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Loads the first <paramref name="count"/> of elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadStridedPartial128(ref readonly float origin, nint offset, nint stride, int count)
    {
        float* p = Address(in origin, offset);
        Vector128<float> value = Vector128<float>.Zero;
        for (int i = 0; i < count; i++)
            value = value.WithElement(i, p[i * stride]);
        return value;
    }

    /// <summary>Stores the first <paramref name="count"/> lanes to elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStridedPartial128(ref float origin, nint offset, nint stride, Vector128<float> value, int count)
    {
        float* p = Address(in origin, offset);
        for (int i = 0; i < count; i++)
            p[i * stride] = value.GetElement(i);
    }

    /// <summary>Loads the first <paramref name="count"/> of elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadStridedPartial128(ref readonly double origin, nint offset, nint stride, int count)
    {
        double* p = Address(in origin, offset);
        Vector128<double> value = Vector128<double>.Zero;
        for (int i = 0; i < count; i++)
            value = value.WithElement(i, p[i * stride]);
        return value;
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
