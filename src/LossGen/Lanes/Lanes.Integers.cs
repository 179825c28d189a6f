using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Quotient rounded down; 0 where the divisor is 0.</summary>
    /// <param name="a">The dividend.</param>
    /// <param name="b">The divisor.</param>
    /// <returns>The quotient.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // most divisors are constants
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Modulo(long a, long b) => b == 0 ? 0 : unchecked(a - (b * Divide(a, b)));

    /// <summary>Quotients rounded down; 0 where the divisor is 0.</summary>
    public static Vector128<int> Divide(Vector128<int> a, Vector128<int> b)
    {
        DivideEach((int*)&a, (int*)&b, Vector128<float>.Count);
        return a;
    }

    /// <summary>Quotients rounded down; 0 where the divisor is 0.</summary>
    public static Vector128<long> Divide(Vector128<long> a, Vector128<long> b)
    {
        DivideEach((long*)&a, (long*)&b, Vector128<long>.Count);
        return a;
    }

    /// <summary>Quotients rounded down; 0 where the divisor is 0.</summary>
    public static LongLanes128 Divide(LongLanes128 a, LongLanes128 b)
    {
        DivideEach((long*)&a, (long*)&b, Vector128<float>.Count);
        return a;
    }

    /// <summary>a - b * Divide(a, b), lane by lane; 0 where the divisor is 0.</summary>
    public static Vector128<int> Modulo(Vector128<int> a, Vector128<int> b)
    {
        ModuloEach((int*)&a, (int*)&b, Vector128<float>.Count);
        return a;
    }

    /// <summary>a - b * Divide(a, b), lane by lane; 0 where the divisor is 0.</summary>
    public static Vector128<long> Modulo(Vector128<long> a, Vector128<long> b)
    {
        ModuloEach((long*)&a, (long*)&b, Vector128<long>.Count);
        return a;
    }

    /// <summary>a - b * Divide(a, b), lane by lane; 0 where the divisor is 0.</summary>
    public static LongLanes128 Modulo(LongLanes128 a, LongLanes128 b)
    {
        ModuloEach((long*)&a, (long*)&b, Vector128<float>.Count);
        return a;
    }

    private static void DivideEach<T>(T* a, T* b, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < count; i++)
            a[i] = T.CreateTruncating(Divide(long.CreateTruncating(a[i]), long.CreateTruncating(b[i])));
    }

    private static void ModuloEach<T>(T* a, T* b, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < count; i++)
            a[i] = T.CreateTruncating(Modulo(long.CreateTruncating(a[i]), long.CreateTruncating(b[i])));
    }
}
