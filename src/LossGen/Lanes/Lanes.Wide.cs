using System.Numerics;
using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

public static unsafe partial class Lanes
{
    /// <summary>
    /// Adds a row of sums to wider ones. The first time it replaces them; the last time the row gets the result, before that it starts again at zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ref float sums, nint offset, ref double wide, nint row, nint count, bool isFirst, bool isLast)
    {
        float* sum = Address(in sums, offset);
        double* to = Address(in wide, row);
        int lanes = Vector<double>.Count;
        nint i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(sum + i), out Vector<double> low, out Vector<double> high);
            if (!isFirst) (low, high) = (low + Vector.Load(to + i), high + Vector.Load(to + i + lanes));
            Vector.Store(low, to + i);
            Vector.Store(high, to + i + lanes);
            Vector.Store(isLast ? Vector.Narrow(low, high) : Vector<float>.Zero, sum + i);
        }

        for (; i < count; i++)
        {
            to[i] = isFirst ? sum[i] : to[i] + sum[i];
            sum[i] = isLast ? (float)to[i] : 0;
        }
    }
}
