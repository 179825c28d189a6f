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

    private static float MultiplyAdd(long rounds) => Vector512.IsHardwareAccelerated ? IndependentMultiplyAdds.Run512(rounds) : IndependentMultiplyAdds.Run256(rounds);
}
