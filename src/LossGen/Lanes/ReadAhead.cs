using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

/// <summary>Announces what a loop is going to read, on the paths that do. It reads nothing, and addresses behind the end of an array do no harm.</summary>
/// <typeparam name="TPath">How vectors travel.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ReadAhead<TPath>
    where TPath : struct, IMemoryPath
{
    /// <summary>A page, behind whose end the processor begins anew by itself; that of a few arrays fits the first cache.</summary>
    private const int Distance = 4096;

    private const int Line = 64;

    /// <summary>Announces what the vectors some steps later read.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="origin">The first element of the array.</param>
    /// <param name="offset">Elements from there: where this step reads.</param>
    /// <param name="count">How many elements a step reads; what is more than 8 lines is not announced.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void From<T>(ref T origin, nint offset, [ConstantExpected] int count)
        where T : unmanaged
    {
        if (typeof(TPath) == typeof(InCaches) || !Sse.IsSupported)
            return;
        int bytes = count * sizeof(T);
        byte* ahead = (byte*)((T*)Unsafe.AsPointer(ref origin) + offset) + Distance;
        Sse.Prefetch0(ahead);
        if (bytes > Line) Sse.Prefetch0(ahead + Line);
        if (bytes > 2 * Line) Sse.Prefetch0(ahead + (2 * Line));
        if (bytes > 3 * Line) Sse.Prefetch0(ahead + (3 * Line));
        if (bytes > 4 * Line) Sse.Prefetch0(ahead + (4 * Line));
        if (bytes > 5 * Line) Sse.Prefetch0(ahead + (5 * Line));
        if (bytes > 6 * Line) Sse.Prefetch0(ahead + (6 * Line));
        if (bytes > 7 * Line) Sse.Prefetch0(ahead + (7 * Line));
    }
}
