using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// Calls of their own: inside of a kernel's loops there would be no registers for them.
[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Copies one or two vectors of each of some rows, <paramref name="stride"/> apart, to places <paramref name="panelStride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void CopyColumns128(ref readonly float origin, nint offset, nint stride, ref float panel, nint first, nint panelStride, nint count, int vectors)
    {
        float* from = Address(in origin, offset), to = Address(in panel, first);
        if (vectors == 1)
        {
            for (; count > 0; count--, from += stride, to += panelStride) Vector128.Store(Vector128.Load(from), to);
            return;
        }

        for (; count > 0; count--, from += stride, to += panelStride)
        {
            Vector128<float> second = Vector128.Load(from + Vector128<float>.Count);
            Vector128.Store(Vector128.Load(from), to);
            Vector128.Store(second, to + Vector128<float>.Count);
        }
    }

    /// <summary>Copies one or two vectors of each of some rows, <paramref name="stride"/> apart, to places <paramref name="panelStride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void CopyColumns128(ref readonly double origin, nint offset, nint stride, ref double panel, nint first, nint panelStride, nint count, int vectors)
    {
        double* from = Address(in origin, offset), to = Address(in panel, first);
        if (vectors == 1)
        {
            for (; count > 0; count--, from += stride, to += panelStride) Vector128.Store(Vector128.Load(from), to);
            return;
        }

        for (; count > 0; count--, from += stride, to += panelStride)
        {
            Vector128<double> second = Vector128.Load(from + Vector128<double>.Count);
            Vector128.Store(Vector128.Load(from), to);
            Vector128.Store(second, to + Vector128<double>.Count);
        }
    }
}
