using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LossGen.Runtime;

public static unsafe partial class Lanes
{
    /// <summary>The first element on a cache line, of memory that does not move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Aligned(Span<float> room) => ref *(float*)LineOf(ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(room)));

    /// <summary>The first element on a cache line, of memory that does not move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref double Aligned(Span<double> room) => ref *(double*)LineOf(ref Unsafe.As<double, byte>(ref MemoryMarshal.GetReference(room)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint LineOf(ref byte first) => ((nint)Unsafe.AsPointer(ref first) + 63) & ~(nint)63;
}
