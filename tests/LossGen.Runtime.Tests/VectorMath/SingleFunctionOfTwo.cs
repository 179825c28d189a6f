using System.Runtime.Intrinsics;
using Math32 = LossGen.Runtime.VectorMath;

namespace LossGen.Runtime.Tests;

/// <summary>A float function of two numbers in every form, with its reference in double and its largest error in ulp.</summary>
public sealed record SingleFunctionOfTwo(
    string Name,
    double Ulps,
    Func<double, double, double> Reference,
    Func<float, float, float> Scalar,
    Func<Vector128<float>, Vector128<float>, Vector128<float>> Lanes128,
    Func<Vector256<float>, Vector256<float>, Vector256<float>> Lanes256,
    Func<Vector512<float>, Vector512<float>, Vector512<float>> Lanes512)
{
    public static readonly SingleFunctionOfTwo[] All =
    [
        new("Pow", 1.25, Math.Pow, Math32.Pow, Math32.Pow, Math32.Pow, Math32.Pow),
        new("XLogY", 2, Math32.XLogY, Math32.XLogY, Math32.XLogY, Math32.XLogY, Math32.XLogY),
        new("LogRatio", 1.75, (a, b) => Math.Log(a) - Math.Log(b), Math32.LogRatio, Math32.LogRatio, Math32.LogRatio, Math32.LogRatio) { NearZeros = 1.5e-7 },
        new("LogAddExp", 2.5, Math32.LogAddExp, Math32.LogAddExp, Math32.LogAddExp, Math32.LogAddExp, Math32.LogAddExp) { NearZeros = 2e-7 },
        new("LogGammaDelta", 0.501, Math32.LogGammaDelta, Math32.LogGammaDelta, Math32.LogGammaDelta, Math32.LogGammaDelta, Math32.LogGammaDelta),
        new("DigammaDelta", 0.501, Math32.DigammaDelta, Math32.DigammaDelta, Math32.DigammaDelta, Math32.DigammaDelta, Math32.DigammaDelta),
        new("Max", 0, Math.Max, Math32.Max, Math32.Max, Math32.Max, Math32.Max),
        new("Min", 0, Math.Min, Math32.Min, Math32.Min, Math32.Min, Math32.Min),
    ];

    private static readonly float[] Specials =
    [
        0, -0f, 1, -1, 2, -2, 3, -3, 0.5f, -0.5f, 1.5f, -1.5f, 1e-30f, -1e-30f, 0.99999994f, 1.00000012f, 16777215, -16777215, 16777216, 8388607.5f,
        88, -88, 1e30f, -1e30f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1.17549435e-38f,
    ];

    /// <summary>An absolute error that is allowed beside zeros of the function.</summary>
    public double NearZeros { get; init; }

    /// <summary>Each special number with each; then numbers of all magnitudes, and moderate ones.</summary>
    public static IEnumerable<(Vector512<float> X, Vector512<float> Y)> Sample
    {
        get
        {
            foreach (float x in Specials)
            {
                for (int i = 0; i < Specials.Length; i += Vector512<float>.Count)
                    yield return (Vector512.Create(x), Vector512.Create(Specials, i));
            }

            Random random = new(20250101);
            float[] a = new float[Vector512<float>.Count];
            float[] b = new float[Vector512<float>.Count];
            for (int i = 0; i < 30000; i++)
            {
                for (int lane = 0; lane < a.Length; lane++)
                    (a[lane], b[lane]) = (i % 3) switch
                    {
                        0 => (AnyFloat(random), AnyFloat(random)),
                        1 => ((float)(40 * random.NextDouble()), (float)(80 * random.NextDouble() - 40)),
                        _ => WithResultInRange(random),
                    };
                yield return (Vector512.Create(a), Vector512.Create(b));
            }
        }
    }

    public static SingleFunctionOfTwo Named(string name) => All.Single(function => function.Name == name);

    private static float AnyFloat(Random random) => BitConverter.Int32BitsToSingle((int)random.NextInt64(int.MinValue, 1L << 31));

    // x and y whose power lies between 2^-155 and 2^130.
    private static (float X, float Y) WithResultInRange(Random random)
    {
        float x = Math.Abs(AnyFloat(random));
        return (x, (float)((285 * random.NextDouble() - 155) / Math.Log2(x)));
    }
}
