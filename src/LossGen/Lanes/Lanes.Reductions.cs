using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// Halves are combined with halves, always in the same order.
public static partial class Lanes
{
    /// <summary>The sum of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumLanes(Vector512<float> value) => SumLanes(value.GetLower() + value.GetUpper());

    /// <summary>The sum of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumLanes(Vector256<float> value) => SumLanes(value.GetLower() + value.GetUpper());

    /// <summary>The sum of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumLanes(Vector128<float> value)
    {
        Vector128<float> pairs = value + Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1));
        return (pairs + Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>The sum of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumLanes(Vector512<double> value) => SumLanes(value.GetLower() + value.GetUpper());

    /// <summary>The sum of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumLanes(Vector256<double> value) => SumLanes(value.GetLower() + value.GetUpper());

    /// <summary>The sum of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumLanes(Vector128<double> value) =>
        (value + Vector128.Shuffle(value, Vector128.Create(1L, 0L))).ToScalar();

    /// <summary>The product of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ProductLanes(Vector512<float> value) => ProductLanes(value.GetLower() * value.GetUpper());

    /// <summary>The product of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ProductLanes(Vector256<float> value) => ProductLanes(value.GetLower() * value.GetUpper());

    /// <summary>The product of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ProductLanes(Vector128<float> value)
    {
        Vector128<float> pairs = value * Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1));
        return (pairs * Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>The product of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ProductLanes(Vector512<double> value) => ProductLanes(value.GetLower() * value.GetUpper());

    /// <summary>The product of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ProductLanes(Vector256<double> value) => ProductLanes(value.GetLower() * value.GetUpper());

    /// <summary>The product of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ProductLanes(Vector128<double> value) =>
        (value * Vector128.Shuffle(value, Vector128.Create(1L, 0L))).ToScalar();

    /// <summary>The largest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLanes(Vector512<float> value) => MaxLanes(Vector256.Max(value.GetLower(), value.GetUpper()));

    /// <summary>The largest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLanes(Vector256<float> value) => MaxLanes(Vector128.Max(value.GetLower(), value.GetUpper()));

    /// <summary>The largest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLanes(Vector128<float> value)
    {
        Vector128<float> pairs = Vector128.Max(value, Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1)));
        return (Vector128.Max(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2)))).ToScalar();
    }

    /// <summary>The largest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxLanes(Vector512<double> value) => MaxLanes(Vector256.Max(value.GetLower(), value.GetUpper()));

    /// <summary>The largest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxLanes(Vector256<double> value) => MaxLanes(Vector128.Max(value.GetLower(), value.GetUpper()));

    /// <summary>The largest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxLanes(Vector128<double> value) =>
        (Vector128.Max(value, Vector128.Shuffle(value, Vector128.Create(1L, 0L)))).ToScalar();

    /// <summary>The smallest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MinLanes(Vector512<float> value) => MinLanes(Vector256.Min(value.GetLower(), value.GetUpper()));

    /// <summary>The smallest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MinLanes(Vector256<float> value) => MinLanes(Vector128.Min(value.GetLower(), value.GetUpper()));

    /// <summary>The smallest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MinLanes(Vector128<float> value)
    {
        Vector128<float> pairs = Vector128.Min(value, Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1)));
        return (Vector128.Min(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2)))).ToScalar();
    }

    /// <summary>The smallest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MinLanes(Vector512<double> value) => MinLanes(Vector256.Min(value.GetLower(), value.GetUpper()));

    /// <summary>The smallest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MinLanes(Vector256<double> value) => MinLanes(Vector128.Min(value.GetLower(), value.GetUpper()));

    /// <summary>The smallest lane; NaN when any lane is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MinLanes(Vector128<double> value) =>
        (Vector128.Min(value, Vector128.Shuffle(value, Vector128.Create(1L, 0L)))).ToScalar();

    /// <summary>The greatest lane in the fewest instructions; which lane a NaN loses to is the machine's choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float PeakLanes(Vector512<float> value) => PeakLanes(Vector256.MaxNative(value.GetLower(), value.GetUpper()));

    /// <summary>The greatest lane in the fewest instructions; which lane a NaN loses to is the machine's choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float PeakLanes(Vector256<float> value) => PeakLanes(Vector128.MaxNative(value.GetLower(), value.GetUpper()));

    /// <summary>The greatest lane in the fewest instructions; which lane a NaN loses to is the machine's choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float PeakLanes(Vector128<float> value)
    {
        value = Vector128.MaxNative(value, Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(value, Vector128.Shuffle(value, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>The greatest lane in the fewest instructions; which lane a NaN loses to is the machine's choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double PeakLanes(Vector512<double> value) => PeakLanes(Vector256.MaxNative(value.GetLower(), value.GetUpper()));

    /// <summary>The greatest lane in the fewest instructions; which lane a NaN loses to is the machine's choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double PeakLanes(Vector256<double> value) => PeakLanes(Vector128.MaxNative(value.GetLower(), value.GetUpper()));

    /// <summary>The greatest lane in the fewest instructions; which lane a NaN loses to is the machine's choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double PeakLanes(Vector128<double> value) =>
        Vector128.MaxNative(value, Vector128.Shuffle(value, Vector128.Create(1L, 0L))).ToScalar();
}
