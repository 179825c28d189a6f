using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// Rows of few elements in lanes across rows: a tile of some positions at once goes through registers, the last of them once more where they are not a multiple.
// Copies: any width gives the same elements.
[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>
    /// Copies as many rows as a vector has lanes, which stand one behind the other, to a panel: element <c>p</c> of row <c>r</c> goes to <c>p</c> times the lanes plus <c>r</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TurnRows128(ref readonly float origin, nint first, nint length, ref float panel)
    {
        int rows = Vector128<float>.Count;
        float* from = Address(in origin, first), to = Address(in panel, 0);
        nint p = 0;
        for (; p <= length - 4; p += 4) Turn128(from + p, length, to + (rows * p));
        if (length < 4)
        {
            for (; p < length; p++) Vector128.Store(LoadStrided128(in origin, first + p, length), to + (rows * p));
        }
        else if (p < length)
        {
            Turn128(from + length - 4, length, to + (rows * (length - 4)));
        }
    }

    /// <summary>The same for the first <paramref name="rows" /> of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnRows128(ref readonly float origin, nint first, nint length, ref float panel, int rows) =>
        Interleave(in origin, first, length, rows, ref panel, 0, Vector128<float>.Count, length);

    /// <summary>Copies a panel back to the rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TurnBack128(ref float target, nint first, nint length, ref readonly float panel)
    {
        int rows = Vector128<float>.Count;
        float* from = Address(in panel, 0), to = Address(in target, first);
        nint p = 0;
        for (; p <= length - 4; p += 4) TurnBack128(from + (rows * p), to + p, length);
        if (length < 4)
        {
            for (; p < length; p++) StoreStrided128(ref target, first + p, length, Vector128.Load(from + (rows * p)));
        }
        else if (p < length)
        {
            TurnBack128(from + (rows * (length - 4)), to + length - 4, length);
        }
    }

    /// <summary>The same for the first <paramref name="rows" /> of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnBack128(ref float target, nint first, nint length, ref readonly float panel, int rows) =>
        Interleave(in panel, 0, Vector128<float>.Count, length, ref target, first, length, rows);

    /// <summary>
    /// Copies as many rows as a vector has lanes, which stand one behind the other, to a panel: element <c>p</c> of row <c>r</c> goes to <c>p</c> times the lanes plus <c>r</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TurnRows128(ref readonly double origin, nint first, nint length, ref double panel)
    {
        int rows = Vector128<double>.Count;
        double* from = Address(in origin, first), to = Address(in panel, 0);
        nint p = 0;
        for (; p <= length - 2; p += 2) Turn128(from + p, length, to + (rows * p));
        if (length < 2)
        {
            for (; p < length; p++) Vector128.Store(LoadStrided128(in origin, first + p, length), to + (rows * p));
        }
        else if (p < length)
        {
            Turn128(from + length - 2, length, to + (rows * (length - 2)));
        }
    }

    /// <summary>The same for the first <paramref name="rows" /> of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnRows128(ref readonly double origin, nint first, nint length, ref double panel, int rows) =>
        Interleave(in origin, first, length, rows, ref panel, 0, Vector128<double>.Count, length);

    /// <summary>Copies a panel back to the rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TurnBack128(ref double target, nint first, nint length, ref readonly double panel)
    {
        int rows = Vector128<double>.Count;
        double* from = Address(in panel, 0), to = Address(in target, first);
        nint p = 0;
        for (; p <= length - 2; p += 2) TurnBack128(from + (rows * p), to + p, length);
        if (length < 2)
        {
            for (; p < length; p++) StoreStrided128(ref target, first + p, length, Vector128.Load(from + (rows * p)));
        }
        else if (p < length)
        {
            TurnBack128(from + (rows * (length - 2)), to + length - 2, length);
        }
    }

    /// <summary>The same for the first <paramref name="rows" /> of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnBack128(ref double target, nint first, nint length, ref readonly double panel, int rows) =>
        Interleave(in panel, 0, Vector128<double>.Count, length, ref target, first, length, rows);
}
