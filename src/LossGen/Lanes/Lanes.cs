using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

/// <summary>How generated kernels move lanes to and from memory, and what they do across lanes.</summary>
/// <remarks>
/// Origins lie in native or pinned memory; offsets and strides count elements. The partial forms touch <c>count</c> elements only,
/// 1 to one less than the number of lanes, and their other lanes are 0.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Lanes
{
    // The memory is pinned, so its address stays what it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* Address<T>(ref readonly T origin, nint offset)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref Unsafe.AsRef(in origin)) + offset;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly byte AsByte(ref readonly bool origin) => ref As<bool, byte>(in origin);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly TTo As<TFrom, TTo>(ref readonly TFrom origin) => ref Unsafe.As<TFrom, TTo>(ref Unsafe.AsRef(in origin));
}
