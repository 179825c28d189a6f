using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>
/// Functions of which the compiler knows one argument when it takes them into a kernel: what it works out beforehand is what it would compute.
/// </summary>
public class ConstantArgumentTests
{
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    private static readonly float[] Values = [0, -0f, 0.25f, 0.5f, 1, 2, 3.5f, 100, -1, -2, -3.5f, 1e-40f, 1e30f, float.PositiveInfinity, float.NegativeInfinity, float.NaN];

    [Fact]
    public void Single_precision()
    {
        foreach (float value in Values)
        {
            float[] want =
            [
                VectorMath.XLogY(Unknown(0.5f), value), VectorMath.XLogRatio(Unknown(0.5f), value, Unknown(3f)), VectorMath.Pow(Unknown(2f), value), VectorMath.Pow(Unknown(-2f), value),
                VectorMath.Pow(value, Unknown(3f)), VectorMath.Pow(value, Unknown(2.5f)),
            ];
            Assert.All([Single128(value), Single256(value), Single512(value)], got => AssertSame(want.Select(w => (double)w), got.Select(g => (double)g), value, 1e-6));
        }
    }

    [Fact]
    public void Double_precision()
    {
        foreach (double value in Values)
        {
            double[] want =
            [
                VectorMath.XLogY(Unknown(0.5), value), VectorMath.XLogRatio(Unknown(0.5), value, Unknown(3.0)), VectorMath.Pow(Unknown(2.0), value), VectorMath.Pow(Unknown(-2.0), value),
                VectorMath.Pow(value, Unknown(3.0)), VectorMath.Pow(value, Unknown(2.5)),
            ];
            Assert.All([Double128(value), Double256(value), Double512(value)], got => AssertSame(want, got, value, 1e-14));
        }
    }

    private static void AssertSame(IEnumerable<double> want, IEnumerable<double> got, double value, double tolerance)
    {
        foreach ((double w, double g) in want.Zip(got))
            Assert.True(w.Equals(g) || Math.Abs(w - g) <= tolerance * Math.Abs(w), $"of {value}: {string.Join(", ", got)}, expected {string.Join(", ", want)}");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T Unknown<T>(T value) => value;

    [MethodImpl(Optimized)]
    private static float[] Single128(float value)
    {
        Vector128<float> v = Vector128.Create(value);
        return
        [
            VectorMath.XLogY(Vector128.Create(0.5f), v)[1], VectorMath.XLogRatio(Vector128.Create(0.5f), v, Vector128.Create(3f))[1], VectorMath.Pow(Vector128.Create(2f), v)[1], VectorMath.Pow(Vector128.Create(-2f), v)[1],
            VectorMath.Pow(v, Vector128.Create(3f))[1], VectorMath.Pow(v, Vector128.Create(2.5f))[1],
        ];
    }

    [MethodImpl(Optimized)]
    private static float[] Single256(float value)
    {
        Vector256<float> v = Vector256.Create(value);
        return
        [
            VectorMath.XLogY(Vector256.Create(0.5f), v)[1], VectorMath.XLogRatio(Vector256.Create(0.5f), v, Vector256.Create(3f))[1], VectorMath.Pow(Vector256.Create(2f), v)[1], VectorMath.Pow(Vector256.Create(-2f), v)[1],
            VectorMath.Pow(v, Vector256.Create(3f))[1], VectorMath.Pow(v, Vector256.Create(2.5f))[1],
        ];
    }

    [MethodImpl(Optimized)]
    private static float[] Single512(float value)
    {
        Vector512<float> v = Vector512.Create(value);
        return
        [
            VectorMath.XLogY(Vector512.Create(0.5f), v)[1], VectorMath.XLogRatio(Vector512.Create(0.5f), v, Vector512.Create(3f))[1], VectorMath.Pow(Vector512.Create(2f), v)[1], VectorMath.Pow(Vector512.Create(-2f), v)[1],
            VectorMath.Pow(v, Vector512.Create(3f))[1], VectorMath.Pow(v, Vector512.Create(2.5f))[1],
        ];
    }

    [MethodImpl(Optimized)]
    private static double[] Double128(double value)
    {
        Vector128<double> v = Vector128.Create(value);
        return
        [
            VectorMath.XLogY(Vector128.Create(0.5), v)[1], VectorMath.XLogRatio(Vector128.Create(0.5), v, Vector128.Create(3.0))[1], VectorMath.Pow(Vector128.Create(2.0), v)[1], VectorMath.Pow(Vector128.Create(-2.0), v)[1],
            VectorMath.Pow(v, Vector128.Create(3.0))[1], VectorMath.Pow(v, Vector128.Create(2.5))[1],
        ];
    }

    [MethodImpl(Optimized)]
    private static double[] Double256(double value)
    {
        Vector256<double> v = Vector256.Create(value);
        return
        [
            VectorMath.XLogY(Vector256.Create(0.5), v)[1], VectorMath.XLogRatio(Vector256.Create(0.5), v, Vector256.Create(3.0))[1], VectorMath.Pow(Vector256.Create(2.0), v)[1], VectorMath.Pow(Vector256.Create(-2.0), v)[1],
            VectorMath.Pow(v, Vector256.Create(3.0))[1], VectorMath.Pow(v, Vector256.Create(2.5))[1],
        ];
    }

    [MethodImpl(Optimized)]
    private static double[] Double512(double value)
    {
        Vector512<double> v = Vector512.Create(value);
        return
        [
            VectorMath.XLogY(Vector512.Create(0.5), v)[1], VectorMath.XLogRatio(Vector512.Create(0.5), v, Vector512.Create(3.0))[1], VectorMath.Pow(Vector512.Create(2.0), v)[1], VectorMath.Pow(Vector512.Create(-2.0), v)[1],
            VectorMath.Pow(v, Vector512.Create(3.0))[1], VectorMath.Pow(v, Vector512.Create(2.5))[1],
        ];
    }
}
