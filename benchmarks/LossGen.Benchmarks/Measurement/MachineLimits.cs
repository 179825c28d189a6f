using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LossGen.Benchmarks.Measurement;

/// <summary>What one thread of the machine reaches at best.</summary>
/// <param name="NativeTriad">Bytes a nanosecond of a = b + s c on 16 M floats in C, with stores past the cache; null without C.</param>
/// <param name="ManagedTriad">The same in C#.</param>
/// <param name="NativeOperations">Floating-point operations a nanosecond of independent multiply-adds in C; null without C.</param>
/// <param name="ManagedOperations">The same in C#.</param>
public sealed unsafe record MachineLimits(double? NativeTriad, double ManagedTriad, double? NativeOperations, double ManagedOperations)
{
    private const int Length = 1 << 24, Rounds = 15, Accumulators = 12;
    private const long Repeats = 1 << 20;

    public double Triad => Math.Max(NativeTriad ?? 0, ManagedTriad);

    public double Operations => Math.Max(NativeOperations ?? 0, ManagedOperations);

    public static MachineLimits Measure(nint library)
    {
        float* a = Allocate(0), b = Allocate(1), c = Allocate(2);
        try
        {
            double managedTriad = Best(() => TriadOnce(a, b, c), 12.0 * Length);
            double managedOperations = Best(() => MultiplyAdd(Repeats), 2.0 * Accumulators * (Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count) * Repeats);
            if (library == 0) return new(null, managedTriad, null, managedOperations);
            delegate* unmanaged<float*, float*, float*, long, void> triad = (delegate* unmanaged<float*, float*, float*, long, void>)NativeLibrary.GetExport(library, "triad");
            delegate* unmanaged<long, double> multiplyAdd = (delegate* unmanaged<long, double>)NativeLibrary.GetExport(library, "multiply_add");
            long lanes = ((delegate* unmanaged<long>)NativeLibrary.GetExport(library, "lane_count"))();
            return new(
                Best(() => triad(a, b, c, Length), 12.0 * Length),
                managedTriad,
                Best(() => multiplyAdd(Repeats), 2.0 * Accumulators * lanes * Repeats),
                managedOperations);
        }
        finally
        {
            NativeMemory.AlignedFree(a);
            NativeMemory.AlignedFree(b);
            NativeMemory.AlignedFree(c);
        }
    }

    private static float* Allocate(float value)
    {
        float* start = (float*)NativeMemory.AlignedAlloc((nuint)Length * sizeof(float), 64);
        new Span<float>(start, Length).Fill(value);
        return start;
    }

    private static double Best(Action run, double amount)
    {
        double best = double.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            Clock clock = Clock.Start();
            run();
            best = Math.Min(best, clock.Nanoseconds);
        }

        return amount / best;
    }

    private static void TriadOnce(float* a, float* b, float* c)
    {
        for (int i = 0; i < Length; i += Vector256<float>.Count)
            (Vector256.LoadAligned(b + i) + (3 * Vector256.LoadAligned(c + i))).StoreAlignedNonTemporal(a + i);
    }

    private static float MultiplyAdd(long rounds) => Vector512.IsHardwareAccelerated ? MultiplyAdd512(rounds) : MultiplyAdd256(rounds);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAdd256(long rounds)
    {
        Vector256<float> a = Vector256.Create(0.999999f), b = Vector256.Create(1e-7f);
        Vector256<float> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (long i = 0; i < rounds; i++)
        {
            s0 = Vector256.FusedMultiplyAdd(s0, a, b);
            s1 = Vector256.FusedMultiplyAdd(s1, a, b);
            s2 = Vector256.FusedMultiplyAdd(s2, a, b);
            s3 = Vector256.FusedMultiplyAdd(s3, a, b);
            s4 = Vector256.FusedMultiplyAdd(s4, a, b);
            s5 = Vector256.FusedMultiplyAdd(s5, a, b);
            s6 = Vector256.FusedMultiplyAdd(s6, a, b);
            s7 = Vector256.FusedMultiplyAdd(s7, a, b);
            s8 = Vector256.FusedMultiplyAdd(s8, a, b);
            s9 = Vector256.FusedMultiplyAdd(s9, a, b);
            s10 = Vector256.FusedMultiplyAdd(s10, a, b);
            s11 = Vector256.FusedMultiplyAdd(s11, a, b);
        }

        return Vector256.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAdd512(long rounds)
    {
        Vector512<float> a = Vector512.Create(0.999999f), b = Vector512.Create(1e-7f);
        Vector512<float> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (long i = 0; i < rounds; i++)
        {
            s0 = Vector512.FusedMultiplyAdd(s0, a, b);
            s1 = Vector512.FusedMultiplyAdd(s1, a, b);
            s2 = Vector512.FusedMultiplyAdd(s2, a, b);
            s3 = Vector512.FusedMultiplyAdd(s3, a, b);
            s4 = Vector512.FusedMultiplyAdd(s4, a, b);
            s5 = Vector512.FusedMultiplyAdd(s5, a, b);
            s6 = Vector512.FusedMultiplyAdd(s6, a, b);
            s7 = Vector512.FusedMultiplyAdd(s7, a, b);
            s8 = Vector512.FusedMultiplyAdd(s8, a, b);
            s9 = Vector512.FusedMultiplyAdd(s9, a, b);
            s10 = Vector512.FusedMultiplyAdd(s10, a, b);
            s11 = Vector512.FusedMultiplyAdd(s11, a, b);
        }

        return Vector512.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }
}
