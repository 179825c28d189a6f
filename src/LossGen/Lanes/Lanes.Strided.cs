using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// Wider vectors are put together from 128-bit ones: on the processors measured as fast as a gather, and it needs no bound on the stride.
public static unsafe partial class Lanes
{
    /// <summary>Loads elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadStrided128(ref readonly float origin, nint offset, nint stride)
    {
        float* p = Address(in origin, offset);
        return Vector128.Create(*p, p[stride], p[2 * stride], p[3 * stride]);
    }

    /// <summary>Stores to elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStrided128(ref float origin, nint offset, nint stride, Vector128<float> value)
    {
        float* p = Address(in origin, offset);
        *p = value.ToScalar();
        p[stride] = value.GetElement(1);
        p[2 * stride] = value.GetElement(2);
        p[3 * stride] = value.GetElement(3);
    }

    /// <summary>Loads elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadStrided256(ref readonly float origin, nint offset, nint stride) =>
        Vector256.Create(LoadStrided128(in origin, offset, stride), LoadStrided128(in origin, offset + 4 * stride, stride));

    /// <summary>Stores to elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStrided256(ref float origin, nint offset, nint stride, Vector256<float> value)
    {
        StoreStrided128(ref origin, offset, stride, value.GetLower());
        StoreStrided128(ref origin, offset + 4 * stride, stride, value.GetUpper());
    }

    /// <summary>Loads elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadStrided512(ref readonly float origin, nint offset, nint stride) =>
        Vector512.Create(LoadStrided256(in origin, offset, stride), LoadStrided256(in origin, offset + 8 * stride, stride));

    /// <summary>Stores to elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStrided512(ref float origin, nint offset, nint stride, Vector512<float> value)
    {
        StoreStrided256(ref origin, offset, stride, value.GetLower());
        StoreStrided256(ref origin, offset + 8 * stride, stride, value.GetUpper());
    }

    /// <summary>Loads elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadStrided128(ref readonly double origin, nint offset, nint stride)
    {
        double* p = Address(in origin, offset);
        return Vector128.Create(*p, p[stride]);
    }

    /// <summary>Stores to elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStrided128(ref double origin, nint offset, nint stride, Vector128<double> value)
    {
        double* p = Address(in origin, offset);
        *p = value.ToScalar();
        p[stride] = value.GetElement(1);
    }

    /// <summary>Loads elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LoadStrided256(ref readonly double origin, nint offset, nint stride) =>
        Vector256.Create(LoadStrided128(in origin, offset, stride), LoadStrided128(in origin, offset + 2 * stride, stride));

    /// <summary>Stores to elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStrided256(ref double origin, nint offset, nint stride, Vector256<double> value)
    {
        StoreStrided128(ref origin, offset, stride, value.GetLower());
        StoreStrided128(ref origin, offset + 2 * stride, stride, value.GetUpper());
    }

    /// <summary>Loads elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadStrided512(ref readonly double origin, nint offset, nint stride) =>
        Vector512.Create(LoadStrided256(in origin, offset, stride), LoadStrided256(in origin, offset + 4 * stride, stride));

    /// <summary>Stores to elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStrided512(ref double origin, nint offset, nint stride, Vector512<double> value)
    {
        StoreStrided256(ref origin, offset, stride, value.GetLower());
        StoreStrided256(ref origin, offset + 4 * stride, stride, value.GetUpper());
    }

    /// <summary>Loads the first <paramref name="count"/> of elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadStridedPartial128(ref readonly float origin, nint offset, nint stride, int count)
    {
        if (count <= 0) return Vector128<float>.Zero;
        float* p = Address(in origin, offset);

        // What is missing reads the first element again: one lane after the other would go through memory.
        return Vector128.Create(p[0], p[count > 1 ? stride : 0], p[count > 2 ? 2 * stride : 0], p[count > 3 ? 3 * stride : 0]) & FirstLanes128Single(count);
    }

    /// <summary>Loads the first <paramref name="count"/> of elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadStridedPartial256(ref readonly float origin, nint offset, nint stride, int count) =>
        Vector256.Create(LoadStridedPartial128(in origin, offset, stride, count), LoadStridedPartial128(in origin, offset + 4 * stride, stride, count - 4));

    /// <summary>Loads the first <paramref name="count"/> of elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadStridedPartial512(ref readonly float origin, nint offset, nint stride, int count) =>
        Vector512.Create(LoadStridedPartial256(in origin, offset, stride, count), LoadStridedPartial256(in origin, offset + 8 * stride, stride, count - 8));

    /// <summary>Loads the first <paramref name="count"/> of elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadStridedPartial128(ref readonly double origin, nint offset, nint stride, int count)
    {
        if (count <= 0) return Vector128<double>.Zero;
        double* p = Address(in origin, offset);
        return Vector128.Create(p[0], p[count > 1 ? stride : 0]) & FirstLanes128Double(count);
    }

    /// <summary>Loads the first <paramref name="count"/> of elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LoadStridedPartial256(ref readonly double origin, nint offset, nint stride, int count) =>
        Vector256.Create(LoadStridedPartial128(in origin, offset, stride, count), LoadStridedPartial128(in origin, offset + 2 * stride, stride, count - 2));

    /// <summary>Loads the first <paramref name="count"/> of elements that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadStridedPartial512(ref readonly double origin, nint offset, nint stride, int count) =>
        Vector512.Create(LoadStridedPartial256(in origin, offset, stride, count), LoadStridedPartial256(in origin, offset + 4 * stride, stride, count - 4));
}
