using System.Runtime.Intrinsics;
using Math64 = LossGen.Runtime.VectorMath;

namespace LossGen.Runtime.Tests;

/// <summary>A function of two numbers in every form, with the largest error in ulp, and beside zeros absolutely, that docs/numerics.md publishes.</summary>
public sealed record DoubleFunctionOfTwo(
    string Name,
    double Ulps,
    double Absolute,
    Func<double, double, double> Scalar,
    Func<Vector128<double>, Vector128<double>, Vector128<double>> Lanes128,
    Func<Vector256<double>, Vector256<double>, Vector256<double>> Lanes256,
    Func<Vector512<double>, Vector512<double>, Vector512<double>> Lanes512)
{
    public static readonly DoubleFunctionOfTwo[] All =
    [
        new("Pow", 2.5, 0, Math64.Pow, Math64.Pow, Math64.Pow, Math64.Pow),
        new("XLogY", 1.5, 0, Math64.XLogY, Math64.XLogY, Math64.XLogY, Math64.XLogY),
        new("LogAddExp", 1, 1e-15, Math64.LogAddExp, Math64.LogAddExp, Math64.LogAddExp, Math64.LogAddExp),
        new("LogGammaDelta", 8, 1e-15, Math64.LogGammaDelta, Math64.LogGammaDelta, Math64.LogGammaDelta, Math64.LogGammaDelta),
        new("DigammaDelta", 8, 1e-15, Math64.DigammaDelta, Math64.DigammaDelta, Math64.DigammaDelta, Math64.DigammaDelta),
        new("Max", 0, 0, Math64.Max, Math64.Max, Math64.Max, Math64.Max),
        new("Min", 0, 0, Math64.Min, Math64.Min, Math64.Min, Math64.Min),
    ];

    public static DoubleFunctionOfTwo Named(string name) => All.Single(function => function.Name == name);

    public double At(double x, double y) => Lanes128(Vector128.Create(x), Vector128.Create(y)).GetElement(1);
}
