using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LossGen.Runtime;

public static unsafe partial class Lanes
{
    /// <summary>Sets an array to one value.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="origin">The first element.</param>
    /// <param name="count">How many.</param>
    /// <param name="value">The value.</param>
    public static void Fill<T>(ref T origin, nint count, T value)
        where T : unmanaged
    {
        // A span holds at most 2^31 - 1 elements.
        const int Longest = 1 << 30;
        for (; count > Longest; count -= Longest, origin = ref Unsafe.Add(ref origin, Longest)) MemoryMarshal.CreateSpan(ref origin, Longest).Fill(value);
        MemoryMarshal.CreateSpan(ref origin, (int)count).Fill(value);
    }
}
