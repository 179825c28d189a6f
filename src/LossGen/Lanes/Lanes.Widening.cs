using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

// Exactly as many bytes are read as there are lanes.
public static unsafe partial class Lanes
{
    /// <summary>Loads bytes into the integer lanes of a float kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadByte128(ref readonly byte origin, nint offset) =>
        BytesToInt128(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(Address(in origin, offset))).AsByte());

    /// <summary>Loads bytes into the integer lanes of a float kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> LoadByte256(ref readonly byte origin, nint offset) =>
        BytesToInt256(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(Address(in origin, offset))).AsByte());

    /// <summary>Loads bytes into the integer lanes of a float kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadByte512(ref readonly byte origin, nint offset) =>
        BytesToInt512(Vector128.Load(Address(in origin, offset)));

    /// <summary>Loads bytes into the integer lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> LoadByteLong128(ref readonly byte origin, nint offset) =>
        BytesToLong128(Vector128.CreateScalarUnsafe((uint)Unsafe.ReadUnaligned<ushort>(Address(in origin, offset))).AsByte());

    /// <summary>Loads bytes into the integer lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> LoadByteLong256(ref readonly byte origin, nint offset) =>
        BytesToLong256(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(Address(in origin, offset))).AsByte());

    /// <summary>Loads bytes into the integer lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> LoadByteLong512(ref readonly byte origin, nint offset) =>
        BytesToLong512(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(Address(in origin, offset))).AsByte());

    /// <summary>Loads ints into the long lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> LoadIntLong128(ref readonly int origin, nint offset) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(Address(in origin, offset))).AsInt32());

    /// <summary>Loads ints into the long lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> LoadIntLong256(ref readonly int origin, nint offset) =>
        IntsToLong256(Vector128.Load(Address(in origin, offset)));

    /// <summary>Loads ints into the long lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> LoadIntLong512(ref readonly int origin, nint offset) =>
        IntsToLong512(Vector256.Load(Address(in origin, offset)));

    /// <summary>Loads the first <paramref name="count"/> ints into the long lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> LoadIntLongPartial128(ref readonly int origin, nint offset, int count) =>
        count >= Vector128<long>.Count ? LoadIntLong128(in origin, offset)
        : count > 0 ? Vector128.CreateScalar((long)*Address(in origin, offset)) : Vector128<long>.Zero;

    /// <summary>Loads the first <paramref name="count"/> ints into the long lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> LoadIntLongPartial256(ref readonly int origin, nint offset, int count) =>
        IntsToLong256(LoadPartial128(in origin, offset, count));

    /// <summary>Loads the first <paramref name="count"/> ints into the long lanes of a double kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> LoadIntLongPartial512(ref readonly int origin, nint offset, int count) =>
        IntsToLong512(LoadPartial256(in origin, offset, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> BytesToInt128(Vector128<byte> bytes) =>
        Sse41.IsSupported
            ? Sse41.ConvertToVector128Int32(bytes)
            : Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> BytesToInt256(Vector128<byte> bytes)
    {
        if (Avx2.IsSupported)
            return Avx2.ConvertToVector256Int32(bytes);
        Vector128<ushort> words = Vector128.WidenLower(bytes);
        return Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> BytesToInt512(Vector128<byte> bytes) =>
        Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Int32(bytes)
            : Vector512.Create(
                BytesToInt256(bytes), BytesToInt256(Vector128.Shuffle(bytes.AsInt64(), Vector128.Create(1L, 0L)).AsByte()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> BytesToLong128(Vector128<byte> bytes) => Vector128.WidenLower(BytesToInt128(bytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> BytesToLong256(Vector128<byte> bytes) => IntsToLong256(BytesToInt128(bytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> BytesToLong512(Vector128<byte> bytes) => IntsToLong512(BytesToInt256(bytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> IntsToLong256(Vector128<int> ints) =>
        Avx2.IsSupported
            ? Avx2.ConvertToVector256Int64(ints)
            : Vector256.Create(Vector128.WidenLower(ints), Vector128.WidenUpper(ints));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> IntsToLong512(Vector256<int> ints) =>
        Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Int64(ints)
            : Vector512.Create(IntsToLong256(ints.GetLower()), IntsToLong256(ints.GetUpper()));

    // The first count bytes (1 to 16), read in at most two overlapping pieces.
    private static Vector128<byte> FirstBytes(byte* source, int count)
    {
        if (count >= Vector128<byte>.Count)
            return Vector128.Load(source);
        if (count >= 8)
        {
            ulong head = Unsafe.ReadUnaligned<ulong>(source);
            // Twice a shift, since a shift by 64 would be one by 0.
            ulong tail = Unsafe.ReadUnaligned<ulong>(source + count - 8) >> (8 * (15 - count)) >> 8;
            return Vector128.Create(head, tail).AsByte();
        }

        ulong bytes = 0;
        if (count >= 4)
        {
            ulong tail = Unsafe.ReadUnaligned<uint>(source + count - 4);
            bytes = Unsafe.ReadUnaligned<uint>(source) | (tail << (8 * (count - 4)));
        }
        else if (count > 0)
        {
            bytes = source[0] | ((ulong)source[count >> 1] << (8 * (count >> 1))) | ((ulong)source[count - 1] << (8 * (count - 1)));
        }

        return Vector128.CreateScalar(bytes).AsByte();
    }
}
