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

    /// <summary>Quotient rounded down; 0 where the divisor is 0.</summary>
    /// <param name="a">The dividend.</param>
    /// <param name="b">The divisor.</param>
    /// <returns>The quotient.</returns>
    public static long Divide(long a, long b)
    {
        // The one overflow, long.MinValue / -1, wraps like every other operation on integers.
        if (b is 0 or -1) return unchecked(-a) * -b;
        long quotient = a / b;
        return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
    }

    /// <summary>a - b * Divide(a, b); 0 where the divisor is 0.</summary>
    /// <param name="a">The dividend.</param>
    /// <param name="b">The divisor.</param>
    /// <returns>The remainder, with the divisor's sign.</returns>
    public static long Modulo(long a, long b) => b == 0 ? 0 : unchecked(a - (b * Divide(a, b)));
}
