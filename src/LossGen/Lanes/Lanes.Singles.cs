using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// The float memory of a double kernel: each vector of lanes meets half a vector of elements, which differs by width.
public static unsafe partial class Lanes
{
    /// <summary>Loads floats into double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadSingle128(ref readonly float origin, nint offset) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(Address(in origin, offset))).AsSingle());

    /// <summary>Loads floats into double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LoadSingle256(ref readonly float origin, nint offset) =>
        FloatsToDouble256(Vector128.Load(Address(in origin, offset)));

    /// <summary>Loads floats into double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadSingle512(ref readonly float origin, nint offset) =>
        FloatsToDouble512(Vector256.Load(Address(in origin, offset)));

    /// <summary>Loads the first <paramref name="count"/> floats into double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadSinglePartial128(ref readonly float origin, nint offset, int count) =>
        count >= Vector128<double>.Count ? LoadSingle128(in origin, offset)
        : count > 0 ? Vector128.CreateScalar((double)*Address(in origin, offset)) : Vector128<double>.Zero;

    /// <summary>Loads the first <paramref name="count"/> floats into double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LoadSinglePartial256(ref readonly float origin, nint offset, int count) =>
        FloatsToDouble256(LoadPartial128(in origin, offset, count));

    /// <summary>Loads the first <paramref name="count"/> floats into double lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadSinglePartial512(ref readonly float origin, nint offset, int count) =>
        FloatsToDouble512(LoadPartial256(in origin, offset, count));

    /// <summary>Stores double lanes to floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingle128(ref float origin, nint offset, Vector128<double> value) =>
        Unsafe.WriteUnaligned(Address(in origin, offset), Vector128.Narrow(value, value).AsInt64().ToScalar());

    /// <summary>Stores double lanes to floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingle256(ref float origin, nint offset, Vector256<double> value) =>
        DoublesToFloat128(value).Store(Address(in origin, offset));

    /// <summary>Stores double lanes to floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingle512(ref float origin, nint offset, Vector512<double> value) =>
        DoublesToFloat256(value).Store(Address(in origin, offset));

    /// <summary>Stores the first <paramref name="count"/> double lanes to floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSinglePartial128(ref float origin, nint offset, Vector128<double> value, int count)
    {
        if (count >= Vector128<double>.Count)
            StoreSingle128(ref origin, offset, value);
        else if (count > 0)
            *Address(in origin, offset) = (float)value.ToScalar();
    }

    /// <summary>Stores the first <paramref name="count"/> double lanes to floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSinglePartial256(ref float origin, nint offset, Vector256<double> value, int count) =>
        StorePartial128(ref origin, offset, DoublesToFloat128(value), count);

    /// <summary>Stores the first <paramref name="count"/> double lanes to floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSinglePartial512(ref float origin, nint offset, Vector512<double> value, int count) =>
        StorePartial256(ref origin, offset, DoublesToFloat256(value), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> FloatsToDouble256(Vector128<float> floats) =>
        Avx.IsSupported
            ? Avx.ConvertToVector256Double(floats)
            : Vector256.Create(Vector128.WidenLower(floats), Vector128.WidenUpper(floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> FloatsToDouble512(Vector256<float> floats) =>
        Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Double(floats)
            : Vector512.Create(FloatsToDouble256(floats.GetLower()), FloatsToDouble256(floats.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> DoublesToFloat128(Vector256<double> doubles) =>
        Avx.IsSupported ? Avx.ConvertToVector128Single(doubles) : Vector128.Narrow(doubles.GetLower(), doubles.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> DoublesToFloat256(Vector512<double> doubles) =>
        Avx512F.IsSupported
            ? Avx512F.ConvertToVector256Single(doubles)
            : Vector256.Create(DoublesToFloat128(doubles.GetLower()), DoublesToFloat128(doubles.GetUpper()));
}
